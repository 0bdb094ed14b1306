"""Karten und PINs des Personals auf Deutsch: was jede und jeder hat, geben und wegnehmen."""

SENTENCES: dict[str, str] = {
    "desk.page.staff": "Personal",
    # the page of staff
    "desk.staff.lead": "Mit Karte und PIN gehört jemand an jedem Kiosk zum Personal, auch ohne Netz.",
    "desk.staff.lead.more": "Eine PIN kann niemand nachsehen. Sie lässt sich nur neu setzen.",
    "desk.staff.for_an_owner": (
        "Karten und PINs für alle vergibt, wem das Studio gehört. Die eigene PIN setzen alle selbst."
    ),
    "desk.staff.you": "Das sind Sie",
    "desk.staff.role.OWNER": "Inhaberschaft",
    "desk.staff.role.MANAGER": "Leitung",
    "desk.staff.role.FRONT_DESK": "Empfang",
    "desk.staff.role.INSTRUCTOR": "Kursleitung",
    "desk.staff.ready": "Bereit für Kioske",
    "desk.staff.card": "Personalkarte",
    "desk.staff.card.given": "Gegeben: {moment}",
    "desk.staff.card.none": "Keine",
    "desk.staff.pin": "PIN",
    "desk.staff.pin.set": "Gesetzt",
    "desk.staff.pin.none": "Keine",
    "desk.staff.pin.newer_card": "Für die neue Karte zu setzen",
    "desk.staff.pin.over": "Zu oft versucht: neu setzen",
    # a card: given, printed, taken away
    "desk.staff.give": "Karte geben",
    "desk.staff.give.again": "Neue Karte geben",
    "desk.staff.give.sure": "Die jetzige Karte von {name} gilt dann nicht mehr, und die PIN ist neu zu setzen.",
    "desk.staff.give.do": "Ja, eine neue Karte",
    "desk.staff.given": "{name} hat eine neue Karte. Jetzt drucken, dann die PIN setzen.",
    "desk.staff.print": "Karte drucken",
    "desk.staff.take": "Karte wegnehmen",
    "desk.staff.take.sure": "Jeder Kiosk lehnt die Karte von {name} ab, sobald er vom Server hört.",
    "desk.staff.take.because": "Warum",
    "desk.staff.take.hint": "Auf dem Heimweg verloren",
    "desk.staff.take.missing": "Bitte den Grund schreiben. Er bleibt bei der Karte stehen.",
    "desk.staff.take.do": "Diese Karte wegnehmen",
    "desk.staff.taken": "{name} hat keine Karte mehr.",
    # a PIN
    "desk.staff.set": "PIN setzen",
    "desk.staff.set.new": "Neue PIN, sechs Ziffern",
    "desk.staff.set.again": "Dieselbe noch einmal",
    "desk.staff.set.differ": "Diese beiden sind nicht gleich. Bitte beide noch einmal tippen.",
    "desk.staff.set.do": "Diese PIN nehmen",
    "desk.staff.set.done": "Die PIN von {name} ist gesetzt.",
    "desk.staff.leave": "So lassen",
    # what cannot be done
    "error.staff.no_such_email": "Mit {email} meldet sich hier niemand an. Bitte die Adresse prüfen.",
    "error.staff_card.not_a_picture": (
        "Eine Personalkarte wird als DATEI.pdf oder DATEI.png gezeichnet; {file} ist keines davon."
    ),
    "error.staff_card.none": "{name} hat keine Personalkarte. Bitte zuerst eine geben.",
    "error.staff_card.letters_without_a_font": (
        "Die Personalkarte von {name} hat Buchstaben, die keine Schrift hier "
        "zeichnen kann: {letters} Bitte anders schreiben."
    ),
}
