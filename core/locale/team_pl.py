"""Karty i PIN-y obsługi, po polsku: co kto ma, wydawanie i odbieranie; zawsze na „ty”."""

SENTENCES: dict[str, str] = {
    # what cannot be done
    "error.staff_card.none": "{name} nie ma karty obsługi. Najpierw ją wydaj.",
    "error.staff_card.letters_without_a_font": (
        "Karta obsługi ({name}) ma litery, których nie narysuje żadna tutejsza czcionka: {letters} Zapisz je inaczej."
    ),
}
