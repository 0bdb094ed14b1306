"""Staff at the kiosk in German: what became of what they did, why it could not be done, reasons to choose from."""

SENTENCES: dict[str, str] = {
    # who staff are
    "pin.PIN_ALONE_IS_OVER": "An diesem Kiosk reicht eine PIN allein gerade nicht. Bitte mit Karte und PIN anmelden.",
    "pin.PIN_OF_TWO": "Diese PIN allein reicht nicht. Bitte mit Karte und PIN anmelden.",
    "staff.no_network": "Dafür braucht es den Server des Studios, und der antwortet gerade nicht.",
    "staff.signed_out": "Du bist abgemeldet. Bitte zeig deine Karte vom Team noch einmal.",
    # done
    "staff.done.check_in": "{name} ist für {title} eingecheckt.",
    "staff.done.check_in_punch": "{name} ist für {title} eingecheckt. Noch auf der Karte: {punches}.",
    "staff.done.again": "{name} war schon da. Es wurde nichts abgezogen.",
    "staff.done.many": "{count} von {of} sind eingecheckt.",
    "staff.done.undo": "Der Check-in von {name} ist zurückgenommen.",
    "staff.done.undo_punch": "Der Check-in von {name} ist zurückgenommen. Das Feld ist wieder auf der Karte.",
    "staff.done.override": "Dieser Grund zählt für {name} bis {until} nicht.",
    "staff.done.no_show": "{name} ist als nicht gekommen vermerkt.",
    "staff.done.lift_suspension": "{name} darf ab jetzt wieder einchecken.",
    "staff.done.hand_out_card": "{name} hat eine Karte bis {until}.",
    "staff.done.out_of_order": "Dieser Kiosk ist außer Betrieb, bis du ihn wieder freigibst.",
    "staff.done.back_in_order": "Dieser Kiosk ist wieder da.",
    "face.trouble.BY_STAFF.main": "Dieser Kiosk macht Pause",
    "face.trouble.BY_STAFF.again": "Das Team hat ihn außer Betrieb genommen und gibt ihn wieder frei.",
    # not done
    "staff.not.refused": "{name} kann nicht für {title} eingecheckt werden.",
    "staff.not.choose": "Bitte wähl den Termin.",
    "staff.not.undo_too_late": "Es sind mehr als zehn Minuten vergangen. Auf den Team-Seiten geht es noch.",
    "staff.not.no_visit": "Es gibt keinen Check-in von {name}, der zurückgenommen werden könnte.",
    "staff.not.no_reason": "Bitte sag, warum. Der Grund bleibt mit deinem Namen stehen.",
    "staff.not.may_not": "Das darf nur, wer sich um Mitglieder kümmert.",
    "staff.not.no_override": "Das kann für {name} niemand aufheben, oder nicht so lange.",
    "staff.not.no_place": "{name} hat keinen offenen Platz, der vermerkt werden könnte.",
    "staff.not.not_begun": "Der Termin hat noch nicht angefangen.",
    "staff.not.no_suspension": "{name} ist gerade nicht gesperrt.",
    "staff.not.not_known_here": (
        "Dieser Kiosk kennt das Mitglied noch nicht. Sobald der Server da ist, erfährt er davon."
    ),
    "staff.not.card_end": "Eine Karte auf Zeit braucht ein Ende, das noch kommt, und das in höchstens sieben Tagen.",
    # reasons to choose from; the sentence itself is kept
    "staff.because.forgot_card": "Karte vergessen",
    "staff.because.lost_card": "Karte verloren",
    "staff.because.card_unreadable": "Karte ist nicht lesbar",
    "staff.because.came_with_others": "Mit anderen gekommen",
    "staff.because.wrong_person": "Falsche Person",
    "staff.because.wrong_session": "Falscher Termin",
    "staff.because.not_staying": "Bleibt nicht",
    "staff.because.spoke_with_them": "Miteinander gesprochen",
    "staff.because.paid_at_the_desk": "Am Empfang bezahlt",
    "staff.because.our_mistake": "Unser Versehen",
    "staff.because.nobody_came": "Niemand kam",
    "staff.because.called_off_too_late": "Zu spät abgesagt",
    "staff.because.does_not_read": "Liest keine Karten",
    "staff.because.being_cleaned": "Wird geputzt",
    "staff.because.to_be_moved": "Zieht um",
    # lists of what staff did
    "staff.act.CHECK_IN": "Eingecheckt",
    "staff.act.UNDO": "Check-in zurückgenommen",
    "staff.act.OVERRIDE": "Grund aufgehoben",
    "staff.act.NO_SHOW": "Als nicht gekommen vermerkt",
    "staff.act.LIFT_SUSPENSION": "Sperre aufgehoben",
    "staff.act.HAND_OUT_CARD": "Karte ausgegeben",
    "staff.act.OUT_OF_ORDER": "Kiosk außer Betrieb",
    "staff.act.BACK_IN_ORDER": "Kiosk wieder in Betrieb",
    "staff.came_of.DONE": "Es gilt.",
    "staff.came_of.WITHOUT_EFFECT": "Es hat nichts geändert: es war schon anders.",
    "staff.came_of.REFUSED": "Die Regeln der Tür sagten Nein.",
    "staff.came_of.DISPUTED": "Es gilt, und wartet im Eingang.",
    "staff.came_of.HELD_BACK": "Es wurde nicht ausgeführt, und wartet im Eingang.",
    # when the server hears of it
    "refusal.STAFF_NOT_ALLOWED.what": "Wir konnten nicht prüfen, wer dich eingelassen hat.",
    "refusal.STAFF_NOT_ALLOWED.do": "Bitte frag am Empfang.",
    "refusal.STAFF_NOT_ALLOWED.staff": (
        "Wer sie eingelassen hat, hat sich nicht ausgewiesen, oder arbeitet nicht mehr hier."
    ),
    "error.staff.not_proven": (
        "Nichts beweist, dass das Team das an diesem Kiosk tat. Frag, wen es nennt, und leg es dann beiseite."
    ),
    "error.staff.grant_is_over": "Die Anmeldung ist zu lange her. Bitte melde dich neu an.",
    "error.act.not_about_a_member": "Das nennt etwas, das nicht zu diesem Mitglied gehört.",
    "error.card.known_already": "Diese Karte gehört schon jemandem. Bitte gib eine andere aus.",
    "error.act.undo_too_late": "Am Kiosk geht das nur {minutes} Minuten lang. Auf den Team-Seiten geht es weiter.",
    "error.act.session_not_begun": "Was nicht angefangen hat, kann niemand versäumt haben. Bitte leg es beiseite.",
}
