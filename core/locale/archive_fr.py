"""Ce qui est dit des anciennes tentatives mises aux archives, en français ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    "error.archive.month_not_found": (
        "Rien de {month} n'est aux archives ici. `tessera archive list` nomme les mois qui y sont."
    ),
    "error.archive.attempt_not_found": "Il n'y a pas de tentative {id} ici. Vérifiez son identifiant.",
}
