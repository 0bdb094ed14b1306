"""Cartes et codes PIN de l’équipe, en français : ce que chacun a, donner et retirer ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    "desk.page.staff": "Équipe",
    # the page of staff
    "desk.staff.lead": "Avec une carte et un code PIN, on fait partie de l’équipe à chaque borne, même sans réseau.",
    "desk.staff.lead.more": "Personne ne peut consulter un code PIN. On peut seulement en définir un nouveau.",
    "desk.staff.for_an_owner": (
        "Les cartes et les codes PIN de tous reviennent aux propriétaires. Vous définissez le vôtre."
    ),
    "desk.staff.you": "C’est vous",
    "desk.staff.role.OWNER": "Propriétaire",
    "desk.staff.role.MANAGER": "Responsable",
    "desk.staff.role.FRONT_DESK": "Accueil",
    "desk.staff.role.INSTRUCTOR": "Cours",
    "desk.staff.ready": "Prêt pour les bornes",
    "desk.staff.card": "Carte d’équipe",
    "desk.staff.card.given": "Donnée : {moment}",
    "desk.staff.card.none": "Aucune",
    "desk.staff.pin": "Code PIN",
    "desk.staff.pin.set": "Défini",
    "desk.staff.pin.none": "Aucun",
    "desk.staff.pin.newer_card": "À définir pour la nouvelle carte",
    "desk.staff.pin.over": "Trop d’essais : à redéfinir",
    # a card: given, printed, taken away
    "desk.staff.give": "Donner une carte",
    "desk.staff.give.again": "Donner une nouvelle carte",
    "desk.staff.give.sure": "La carte actuelle de {name} n’ouvrira plus rien, et le code PIN sera à redéfinir.",
    "desk.staff.give.do": "Oui, une nouvelle carte",
    "desk.staff.given": "{name} a une nouvelle carte. Imprimez-la, puis définissez le code PIN.",
    "desk.staff.print": "Imprimer la carte",
    "desk.staff.take": "Retirer la carte",
    "desk.staff.take.sure": "Chaque borne refusera la carte de {name} dès qu’elle joindra le serveur.",
    "desk.staff.take.because": "Pourquoi",
    "desk.staff.take.hint": "Perdue en rentrant",
    "desk.staff.take.missing": "Écrivez pourquoi. C’est gardé avec la carte.",
    "desk.staff.take.do": "Retirer cette carte",
    "desk.staff.taken": "{name} n’a plus de carte.",
    # a PIN
    "desk.staff.set": "Définir le code PIN",
    "desk.staff.set.new": "Nouveau code PIN, six chiffres",
    "desk.staff.set.again": "Le même encore une fois",
    "desk.staff.set.differ": "Ces deux codes ne sont pas les mêmes. Tapez-les encore une fois.",
    "desk.staff.set.do": "Garder ce code PIN",
    "desk.staff.set.done": "Le code PIN de {name} est défini.",
    "desk.staff.leave": "Ne rien changer",
    # what cannot be done
    "error.staff.no_such_email": "Personne de l’équipe ne se connecte avec {email}. Vérifiez l’adresse.",
    "error.staff_card.not_a_picture": (
        "Une carte d’équipe se dessine en FICHIER.pdf ou FICHIER.png ; {file} n’est ni l’un ni l’autre."
    ),
    "error.staff_card.none": "{name} n’a pas de carte d’équipe. Donnez-en d’abord une.",
    "error.staff_card.letters_without_a_font": (
        "La carte d’équipe de {name} a des lettres qu’aucune police d’ici ne "
        "sait tracer : {letters} Écrivez-les autrement."
    ),
}
