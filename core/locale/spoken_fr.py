"""Ce qui s'entend et ne se lit jamais, en français. Ni noms, ni raisons qu'une file n'a pas à entendre."""

SENTENCES: dict[str, str] = {
    "spoken.on": (
        "La voix est activée. Passez d’un bouton à l’autre avec la touche Tab ou les flèches, et choisissez "
        "avec Entrée. F8 répète, F2 arrête la voix."
    ),
    "spoken.off": "La voix est arrêtée.",
    "spoken.switched_on": "est activé",
    "spoken.switched_off": "est désactivé",
    "spoken.time": "{hour} heures {minute}",
    "spoken.time.whole": "{hour} heures",
    "spoken.not_yet": "L’accueil ouvre à {time}. Installez-vous, et montrez votre carte à ce moment-là.",
    "spoken.staff.number": "Votre numéro est le {count}.",
    "face.help.speech": "Voix",
    "face.help.slow": "Trois fois plus de temps",
    "face.help.still": "Sans mouvement",
    "face.help.steps": "Défilement",
}
