"""Ce qui ne se peut pas avec les versions des règles et les fonctions, en français."""

SENTENCES: dict[str, str] = {
    "error.policy.two_rules": "Un type de cours a ici deux règles à lui. Veuillez n’en envoyer qu’une pour chacun.",
    "error.policy.starts_when": (
        "Une version ne peut pas commencer le {given}. Veuillez choisir un jour du {least} au {most}."
    ),
    "error.feature.is_off": (
        "Dans ce studio, {feature} est désactivé. La personne propriétaire du studio peut l’activer."
    ),
}
