"""Cartes et codes PIN de l’équipe, en français : ce que chacun a, donner et retirer ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    # what cannot be done
    "error.staff_card.none": "{name} n’a pas de carte d’équipe. Donnez-en d’abord une.",
    "error.staff_card.letters_without_a_font": (
        "La carte d’équipe de {name} a des lettres qu’aucune police d’ici ne sait tracer : "
        "{letters} Écrivez-les autrement."
    ),
}
