"""Was nur gehört und nie gelesen wird, auf Deutsch. Keine Namen, und kein Grund, den eine Schlange nicht hören darf."""

SENTENCES: dict[str, str] = {
    "spoken.on": (
        "Die Sprachausgabe ist an. Mit der Tabulatortaste oder den Pfeiltasten geht es von Taste zu Taste, "
        "mit der Eingabetaste wählst du. F8 sagt es noch einmal, F2 beendet die Sprachausgabe."
    ),
    "spoken.off": "Die Sprachausgabe ist aus.",
    "spoken.switched_on": "ist an",
    "spoken.switched_off": "ist aus",
    "spoken.time": "{hour} Uhr {minute}",
    "spoken.time.whole": "{hour} Uhr",
    "spoken.not_yet": "Der Check-in öffnet um {time}. Nimm Platz und zeig die Karte dann noch einmal.",
    "spoken.staff.number": "Deine Nummer ist {count}.",
    "face.help.speech": "Vorlesen",
    "face.help.slow": "Dreimal so lang",
    "face.help.still": "Keine Bewegung",
    "face.help.steps": "Schritt für Schritt",
}
