"""Les membres sans carte ou à plusieurs, en français : un foyer, une recherche par numéro ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    # refusals
    "refusal.NOT_LED_BY_CARD.what": "Cette carte ne fait pas entrer cette personne.",
    "refusal.NOT_LED_BY_CARD.do": "Appelez l’équipe : nous l’enregistrons par son nom.",
    "refusal.NOT_LED_BY_CARD.staff": (
        "La carte n’est pas celle d’une personne qui accompagne ce membre, ou elle ne l’est plus."
    ),
    "refusal.FINDING_NEEDS_SERVER.what": "La connexion vient d’être perdue.",
    "refusal.FINDING_NEEDS_SERVER.do": "Rien n’a été déduit. Montrez votre carte, ou appelez l’équipe.",
    "refusal.FINDING_NEEDS_SERVER.staff": "Trouvé par numéro, mais le serveur est parti avant l’enregistrement.",
    "face.no.NOT_LED_BY_CARD.main": "Pas sur cette carte",
    "face.no.NOT_LED_BY_CARD.more": "Cette carte ne fait pas entrer cette personne.",
    "face.no.NOT_LED_BY_CARD.do": "Appelez l’équipe : nous l’enregistrons par son nom.",
    "face.no.FINDING_NEEDS_SERVER.main": "La connexion est perdue",
    "face.no.FINDING_NEEDS_SERVER.more": "Votre arrivée n’est pas enregistrée et rien n’a été déduit.",
    "face.no.FINDING_NEEDS_SERVER.do": "Montrez votre carte, ou appelez l’équipe.",
    "desk.inbox.dispute.NOT_LED_BY_CARD": (
        "Visite de {who} à {session} avec la carte d’une personne qui ne l’accompagne pas."
    ),
    "desk.inbox.dispute.FINDING_NEEDS_SERVER": (
        "Visite de {who} à {session} par numéro, alors que le serveur était absent."
    ),
    # a household
    "household.who": "Qui est là aujourd’hui ?",
    "household.who.more": "Touchez les personnes présentes, puis enregistrez tout le monde.",
    "household.in_since": "Arrivée à {time}",
    "household.several": "Plus d’un cours",
    "household.see_staff": "Demandez à l’accueil",
    "household.nobody": "Touchez quelqu’un",
    "household.person": "Personne {number}",
    "household.go.one": "Enregistrer {count} personne",
    "household.go.many": "Enregistrer {count} personnes",
    "household.more_time": "Plus de temps",
    "household.which": "Quel cours pour {name} ?",
    "household.done": "C’est enregistré",
    "household.done.some": "Pas tout le monde",
    "household.done.none": "Personne n’est enregistré",
    "household.done.more": "Bon cours.",
    "household.done.some.more": "Pour les autres, appelez l’équipe.",
    "household.is_in": "Sur place",
    "household.is_not_in": "Pas enregistré",
    "household.undo": "Tout annuler",
    # without a card
    "find.open": "Pas de carte ?",
    "find.number": "Votre numéro de membre",
    "find.number.more": "Il figure sur votre carte et dans chacun de nos messages.",
    "find.pin": "Votre code PIN",
    "find.pin.more": "Les six chiffres que vous avez choisis.",
    "find.birthday": "Votre anniversaire",
    "find.birthday.more": "Jour et mois, deux chiffres chacun : 0412 est le quatre décembre.",
    "find.entered": "{count} chiffres sur {of}",
    "find.next": "Suivant",
    "find.go": "Enregistrer",
    "find.back": "Retour",
    "find.leave": "Arrêter",
    "find.clear": "Effacer",
    "find.delete": "Effacer le dernier chiffre",
    "find.NOT_FOUND": "Ces deux ne vont pas ensemble. Veuillez réessayer.",
    "find.WAIT": "Trop d’essais. Appelez l’équipe.",
    "find.NO_NETWORK": "Il faut une connexion, et il n’y en a pas pour le moment. Appelez l’équipe.",
    "find.OFF": "Montrez votre carte, ou appelez l’équipe.",
    # what staff and programs cannot do
    "error.household.with_oneself": "On ne s’accompagne pas soi-même. Choisissez quelqu’un d’autre.",
    "error.household.too_many": "Une carte accompagne {most} personnes au plus.",
    "error.find.not_a_pin": "Le code PIN d’un membre a six chiffres.",
}
