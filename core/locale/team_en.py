"""Staff's cards and PINs in English: what each of them has, giving one, taking it away."""

SENTENCES: dict[str, str] = {
    # what cannot be done
    "error.staff_card.none": "{name} has no staff card. Please give one first.",
    "error.staff_card.letters_without_a_font": (
        "The staff card of {name} has letters that no font here can draw: {letters} Please write them otherwise."
    ),
}
