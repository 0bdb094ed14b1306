"""Was über Pässe gesagt wird, die pausieren, weitergegeben oder verlängert werden, und über Termine ohne Pass."""

SENTENCES: dict[str, str] = {
    "refusal.PASS_PAUSED.what": "Dein Pass ist pausiert.",
    "refusal.PASS_PAUSED.do": "Ruf das Team, und wir finden einen Weg.",
    "refusal.PASS_PAUSED.staff": "Der Pass ist bei Kursbeginn pausiert. Endet die Pause, gilt er wieder.",
    "face.no.PASS_PAUSED.main": "Dein Pass ist pausiert",
    "face.no.PASS_PAUSED.more": "Er gilt wieder ab {date}.",
    "face.no.PASS_PAUSED.more.nameless": "Er gilt heute nicht.",
    "desk.inbox.dispute.PASS_PAUSED": "{who} kam mit einem pausierten Pass zu {session}.",
    "history.PASS_PAUSED": "Aufgegeben, weil der Pass pausiert wurde",
    "history.PASS_CANCELLED": "Aufgegeben, weil der Pass storniert wurde",
    "history.PASS_ENDED": "Aufgegeben, weil der Pass vorher endet",
    "error.plan.first_use_needs_days": (
        "Ein Pass, der mit der ersten Nutzung beginnt, braucht eine Zahl von Tagen. Bitte angeben."
    ),
    "error.pass.has_reservations": "Noch reservierte Plätze auf diesem Pass: {count}. Bitte zuerst aufgeben.",
    "error.pass.is_cancelled": (
        "„{title}“ wurde storniert und lässt sich nicht mehr ändern. Bitte einen anderen Pass wählen."
    ),
    "error.pass.has_ended": "„{title}“ ist abgelaufen. Bitte zuerst verlängern oder einen neuen Pass verkaufen.",
    "error.pass.has_no_end": "„{title}“ hat kein Ende, das sich verschieben ließe. Es ist nichts zu tun.",
    "error.pass.end_not_later": "Das neue Ende liegt nicht nach dem bisherigen. Bitte einen späteren Tag wählen.",
    "error.pass.is_paused": "„{title}“ ist pausiert. Bitte zuerst die Pause beenden.",
    "error.pass.paused_already": (
        "„{title}“ ist in dieser Zeit schon pausiert. Bitte eine andere Zeit wählen oder jene Pause zuerst beenden."
    ),
    "error.pass.not_paused": "„{title}“ ist nicht pausiert, und keine Pause steht bevor. Bitte den Pass neu laden.",
    "error.pass.same_member": "Dieser Pass gehört diesem Mitglied schon. Bitte jemand anderen wählen.",
    "error.pause.in_the_past": (
        "Eine Pause kann nicht in der Vergangenheit beginnen. Bitte jetzt beginnen lassen oder den Pass verlängern."
    ),
    "error.session.sells_no_drop_ins": (
        "„{title}“ lässt sich nicht am Tresen bezahlen. Bitte mit einem Pass einchecken."
    ),
    "error.session.free_sells_no_drop_ins": (
        "Ein kostenloser Termin hat keinen Preis. Bitte eines von beiden weglassen."
    ),
}
