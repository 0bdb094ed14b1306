"""Warten auf einen Platz in einem vollen Termin, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "history.RELEASED": "Der Platz wurde freigegeben, da niemand rechtzeitig kam",
    "error.waiting.not_found": "Dieser Eintrag steht hier auf keiner Warteliste. Bitte die Liste neu laden.",
    "error.waiting.place_is_free": "In diesem Termin ist ein Platz frei. Bitte reservieren statt zu warten.",
    "error.waiting.no_offer": "Gerade ist kein Platz angeboten. Sobald einer frei ist, erfährt es die nächste Person.",
    "error.waiting.offer_is_over": (
        "Dieses Angebot ist abgelaufen. Bitte die Liste neu laden: der Platz in der Reihe kann noch gelten."
    ),
    "error.waiting.is_over": (
        "Dieses Warten ist zu Ende. Bitte die Reservierungen ansehen oder neu auf die Liste setzen."
    ),
    "error.waiting.too_late_to_offer": (
        "Vor Beginn könnte niemand mehr auf ein Angebot antworten. Bitte den Platz gleich reservieren."
    ),
    # on a member's own pages
    "my.waits": "Warteliste",
    "my.wait.auto": "Für mich reservieren, sobald einer frei ist. Kurz vor Beginn werde ich erst gefragt.",
    "my.wait.auto.on": "Sobald einer frei ist, wird er für dich reserviert; kurz vor Beginn wirst du erst gefragt.",
    "my.told.waiting_auto": (
        "Du stehst auf der Liste. Sobald ein Platz frei ist, wird er für dich reserviert, und wir schreiben dir."
    ),
}
