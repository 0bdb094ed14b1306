"""Karten und PINs des Personals auf Deutsch: was jede und jeder hat, geben und wegnehmen."""

SENTENCES: dict[str, str] = {
    # what cannot be done
    "error.staff_card.none": "{name} hat keine Personalkarte. Bitte zuerst eine geben.",
    "error.staff_card.letters_without_a_font": (
        "Die Personalkarte von {name} hat Buchstaben, die keine Schrift hier zeichnen kann: "
        "{letters} Bitte anders schreiben."
    ),
}
