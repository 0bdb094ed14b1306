"""Briefe an Mitglieder auf Deutsch: was in ihnen steht, auf welche man verzichten kann, und was nicht geht."""

SENTENCES: dict[str, str] = {
    "letter.hello": "Hallo {name},",
    "letter.footer": "{studio} schreibt dir, weil du dort Mitglied bist.",
    "letter.unsubscribe": "Solche Mails nicht mehr schicken",
    "letter.page": "Deine Seite öffnen",
    "letter.contest": "War es anders? Sag es auf deiner Seite oder am Empfang, dann sieht es sich jemand an.",
    "letter.when": "{moment} bis {until}",
    "letter.fact.class": "Kurs",
    "letter.fact.when": "Wann",
    "letter.fact.where": "Wo",
    "letter.fact.with": "Mit",
    "letter.fact.from": "Von",
    "letter.fact.until": "Bis",
    "letter.fact.pass": "Dein Pass",
    "letter.fact.punches": "Punkte übrig",
    "letter.fact.reason": "Grund",
    "letter.fact.held_until": "Für dich gehalten bis",
    "letter.fact.missed": "Gefehlt",
    "letter.cannot_come": (
        "Wenn du nicht kommen kannst, gib den Platz bitte auf deiner Seite frei, damit ihn jemand anderes bekommt."
    ),
    "letter.cannot_come.free_until": (
        "Wenn du nicht kommen kannst, gib den Platz bitte auf deiner Seite frei. Bis {moment} ist sein Punkt "
        "sofort wieder frei, später erst in der Nacht nach dem Kurs."
    ),
    "letter.cannot_come.late": (
        "Wenn du nicht kommen kannst, gib den Platz bitte trotzdem auf deiner Seite frei. Sein Punkt ist in "
        "der Nacht nach dem Kurs wieder frei."
    ),
    "letter.punch.free": "Sein Punkt ist wieder frei.",
    "letter.punch.waits": (
        "Es war spät, darum bleibt sein Punkt bis zur Nacht nach dem Kurs zurückgelegt; dann ist er wieder frei."
    ),
    "letter.pass.new": "Einen neuen bekommst du am Empfang.",
    "letter.RESERVED.subject": "Dein Platz: {title}, {day}",
    "letter.RESERVED.lead": "Dein Platz ist reserviert.",
    "letter.PLACE_BOOKED.subject": "Du hast einen Platz: {title}, {day}",
    "letter.PLACE_BOOKED.lead": "Ein Platz wurde frei und wie gewünscht für dich reserviert.",
    "letter.GIVEN_BACK.subject": "Dein Platz gilt wieder: {title}, {day}",
    "letter.GIVEN_BACK.lead": (
        "Was dir diesen Platz nahm, wurde zurückgenommen, und er war noch frei. Er gehört wieder dir."
    ),
    "letter.CANCELLED.subject": "Freigegeben: {title}, {day}",
    "letter.CANCELLED.lead": "Dein Platz ist freigegeben, und andere können ihn bekommen.",
    "letter.CANCELLED.staff": "Das Studio hat deinen Platz freigegeben.",
    "letter.AUTO_CANCELLED.subject": "Nicht mehr reserviert: {title}, {day}",
    "letter.AUTO_CANCELLED.lead": "Dieser Platz ist nicht mehr für dich reserviert.",
    "letter.AUTO_CANCELLED.absence": (
        "Mit diesem Pass wurde ein Kurs versäumt, und die Zeit zum Erklären ist vorbei. Darum bekommen andere"
        " diesen Platz."
    ),
    "letter.AUTO_CANCELLED.pause": (
        "Reservieren und Check-in ruhen für dich bis {moment}. Darum bekommen andere diesen Platz."
    ),
    "letter.AUTO_CANCELLED.PASS_PAUSED": (
        "Dein Pass {pass_title} ist zu dieser Zeit pausiert. Darum bekommen andere diesen Platz."
    ),
    "letter.AUTO_CANCELLED.PASS_CANCELLED": (
        "Dein Pass {pass_title} wurde storniert. Darum bekommen andere diesen Platz."
    ),
    "letter.AUTO_CANCELLED.PASS_ENDED": (
        "Dein Pass {pass_title} endet vor diesem Kurs. Darum bekommen andere diesen Platz."
    ),
    "letter.SESSION_CANCELLED.subject": "Abgesagt: {title}, {day}",
    "letter.SESSION_CANCELLED.lead": "Es tut uns leid: Dieser Kurs findet nicht statt.",
    "letter.SESSION_CANCELLED.others": "Auf deiner Seite findest du andere Kurse.",
    "letter.WAITING_LEFT.subject": "Abgesagt: {title}, {day}",
    "letter.WAITING_LEFT.line": "Du standest auf der Warteliste. Dort wird kein Platz mehr gehalten oder angeboten.",
    "letter.PLACE_OFFERED.subject": "Ein Platz ist frei: {title}, {day}",
    "letter.PLACE_OFFERED.lead": (
        "Du stehst auf der Warteliste, und ein Platz wurde frei. Er wird kurze Zeit für dich gehalten."
    ),
    "letter.PLACE_OFFERED.else": "Wenn du ihn bis dahin nicht nimmst, wird die nächste Person gefragt.",
    "letter.PLACE_OFFERED.button": "Platz nehmen",
    "letter.OFFER_RAN_OUT.subject": "Das Angebot ist abgelaufen: {title}, {day}",
    "letter.OFFER_RAN_OUT.lead": (
        "Der Platz, der für dich gehalten wurde, wird der nächsten Person auf der Warteliste angeboten."
    ),
    "letter.NO_SHOW.subject": "Du hast gefehlt: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.subject": "Entschuldigt: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.lead": "Das Studio hat dein Fehlen entschuldigt.",
    "letter.NO_SHOW_EXCUSED.outage": "Unser Check-in ging zu dieser Zeit nicht, darum ist dein Fehlen entschuldigt.",
    "letter.NO_SHOW_EXCUSED.back": "Es zählt nicht. Was es dich gekostet hat, ist zurückgenommen.",
    "letter.NO_SHOW_UNDONE.subject": "Du warst da: {title}, {day}",
    "letter.NO_SHOW_UNDONE.lead": (
        "Wir hatten notiert, dass du fehltest, und wissen jetzt, dass du da warst. Das tut uns leid."
    ),
    "letter.NO_SHOW_UNDONE.back": (
        "Die Strafe ist zurückgenommen: Das Fehlen zählt nicht mehr, und was es dich kostete, gehört wieder dir."
    ),
    "letter.NO_SHOW_UNDONE.punch": "Der abgezogene Punkt ist wieder auf {title}.",
    "letter.SUSPENDED.subject": "Reservieren und Check-in ruhen bis {day}",
    "letter.SUSPENDED.lead": "In dieser Zeit kannst du nicht reservieren und nicht einchecken.",
    "letter.SUSPENDED.night": (
        "Es wurden Kurse ohne Absage versäumt, darum kannst du in dieser Zeit nicht reservieren und nicht einchecken."
    ),
    "letter.SUSPENDED.places": "Deine Plätze in dieser Zeit sind freigegeben, ihre Punkte sind frei.",
    "letter.REINSTATED.subject": "Du kannst wieder reservieren und einchecken",
    "letter.REINSTATED.served": "Die Pause ist vorbei.",
    "letter.REINSTATED.lifted": "Die Pause wurde aufgehoben.",
    "letter.REINSTATED.again": "Schön, dass du wieder da bist. Deine Pässe gelten wie zuvor.",
    "letter.REMINDER.subject": "Zur Erinnerung: {title}, {day}",
    "letter.REMINDER.lead": "Dein Kurs beginnt um {clock}.",
    "letter.REMINDER.door": "Zeig an der Tür deine Karte oder den Code auf deiner Seite.",
    "letter.CHECK_IN_SOON.text": (
        "{studio}: {title} beginnt um {clock}. Zum Check-in: deine Karte, oder dein Code auf {link}"
    ),
    "letter.LAST_CALL.text": (
        "{studio}: {title} beginnt um {clock}, du bist noch nicht da. Du kommst nicht? Bitte gib den Platz frei: {link}"
    ),
    "letter.CHECKED_IN.subject": "Eingecheckt: {title}, {day}",
    "letter.CHECKED_IN.lead": "Du hast um {clock} eingecheckt.",
    "letter.CHECKED_IN.not_you": "Das warst nicht du? Bitte sag es am Empfang.",
    "letter.PASS_RUNS_OUT.subject": "Dein Pass läuft bald ab: {title}",
    "letter.PASS_RUNS_OUT.lead": "Auf diesem Pass ist nicht mehr viel übrig.",
    "letter.PASS_RAN_OUT.subject": "Dein Pass ist abgelaufen: {title}",
    "letter.PASS_RAN_OUT.lead": "Dieser Pass zahlt keine Kurse mehr.",
    "letter.SIGN_IN_WANTED.subject": "Dein Link zum Anmelden bei {studio}",
    "letter.SIGN_IN_WANTED.lead": (
        "Mit diesem Link meldest du dich auf deiner Seite an. Er gilt einmal, und bis {clock}."
    ),
    "letter.SIGN_IN_WANTED.not_you": (
        "Wenn du nicht darum gebeten hast, brauchst du nichts zu tun: Ohne ihn kommt niemand hinein."
    ),
    "letter.SIGN_IN_WANTED.button": "Anmelden",
    "letter.DATA_WANTED.subject": "Deine Daten bei {studio}",
    "letter.DATA_WANTED.lead": "Die Kopie deiner Daten, um die du gebeten hast, liegt auf deiner Seite bereit.",
    "letter.group.REMINDERS": "Erinnerungen vor einem Kurs",
    "letter.group.CHECK_INS": "Bestätigungen eines Check-ins",
    "letter.group.PASSES": "Neues zu deinen Pässen",
    "letter.channel.MAIL": "per Mail",
    "letter.channel.SMS": "per SMS",
    "letter.stop.title": "Weniger Post",
    "letter.stop.ask": "Soll {studio} dir das nicht mehr schicken?",
    "letter.stop.which": "{group}, {channel}",
    "letter.stop.do": "Nicht mehr schicken",
    "letter.stop.done": "Das bekommst du nicht mehr:",
    "letter.stop.back": "Doch wieder schicken",
    "letter.stop.again": "Das bekommst du wieder:",
    "letter.stop.must": (
        "Was aus deinen Plätzen wird, Strafen und Links zum Anmelden kommen immer: Das soll niemand verpassen."
    ),
    "letter.stop.none": "Dieser Link öffnet nichts",
    "letter.stop.none.more": "Nimm den Link am Fuß einer Mail, oder frag am Empfang.",
    "letter.CONTEST_ANSWERED.subject": "Eine Antwort: {title}, {day}",
    "letter.CONTEST_ANSWERED.lead": (
        "Du hast uns gesagt, dass es anders war. Jemand hat es sich angesehen, und das Fehlen bleibt bestehen."
    ),
    "error.letter.not_found": "Diesen Brief gibt es nicht. Laden Sie die Liste noch einmal.",
    "error.letter.on_its_way": "Dieser Brief ist noch unterwegs. Warten Sie, bis er gesendet ist.",
    "error.letter.emptied": "Vom Inhalt dieses Briefs ist nichts aufgehoben. Lassen Sie einen neuen schreiben.",
    "error.letter.no_address": "Es gibt keine Adresse dafür. Tragen Sie eine beim Mitglied ein.",
    "error.letter.no_choice": "„{group}“ lässt sich für {channel} nicht wählen. Wählen Sie unter den angebotenen.",
    "error.letter.not_wanted": (
        "Das Mitglied möchte solche Briefe nicht. Fragen Sie erst; wählen lässt es sich auf der Mitgliedsseite."
    ),
    "error.letter.link_unknown": "Dieser Link öffnet nichts. Nehmen Sie den Link am Fuß einer Mail.",
}
