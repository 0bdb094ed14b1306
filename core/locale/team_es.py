"""Tarjetas y PIN del equipo, en español: qué tiene cada persona, dar y retirar; siempre de tú."""

SENTENCES: dict[str, str] = {
    # what cannot be done
    "error.staff_card.none": "{name} no tiene tarjeta del equipo. Da una primero.",
    "error.staff_card.letters_without_a_font": (
        "La tarjeta del equipo de {name} tiene letras que ninguna fuente de aquí puede dibujar: "
        "{letters} Escríbelas de otra forma."
    ),
}
