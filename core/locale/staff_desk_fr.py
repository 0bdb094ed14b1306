"""L'équipe à la borne, en français : ce qu'est devenu ce qu'elle a fait, pourquoi non, et des raisons au choix."""

SENTENCES: dict[str, str] = {
    # who staff are
    "pin.PIN_ALONE_IS_OVER": (
        "Un code PIN seul n’ouvre rien à cette borne pour le moment. Identifiez-vous avec carte et code PIN."
    ),
    "pin.PIN_OF_TWO": "Ce code PIN seul ne suffit pas. Identifiez-vous avec votre carte et votre code PIN.",
    "staff.no_network": "Cela demande le serveur du studio, et il ne répond pas pour le moment.",
    "staff.signed_out": "Votre session est fermée. Montrez à nouveau votre carte de l’équipe.",
    # done
    "staff.done.check_in": "L’arrivée de {name} à {title} est enregistrée.",
    "staff.done.check_in_punch": "L’arrivée de {name} à {title} est enregistrée. Entrées restantes : {punches}.",
    "staff.done.again": "L’arrivée de {name} l’était déjà. Rien n’a été déduit.",
    "staff.done.many": "Arrivées enregistrées : {count} sur {of}.",
    "staff.done.undo": "L’arrivée de {name} est annulée.",
    "staff.done.undo_punch": "L’arrivée de {name} est annulée. L’entrée est rendue au carnet.",
    "staff.done.override": "Cette raison ne compte pas pour {name} jusqu’à {until}.",
    "staff.done.no_show": "L’absence de {name} est notée.",
    "staff.done.lift_suspension": "{name} peut de nouveau entrer dès maintenant.",
    "staff.done.hand_out_card": "{name} a une carte jusqu’à {until}.",
    "staff.done.out_of_order": "Cette borne est hors service jusqu’à ce que vous la remettiez en service.",
    "staff.done.back_in_order": "Cette borne est de nouveau en service.",
    "face.trouble.BY_STAFF.main": "Cette borne fait une pause",
    "face.trouble.BY_STAFF.again": "L’équipe l’a mise hors service et la remettra en service.",
    # not done
    "staff.not.refused": "{name} : arrivée à {title} impossible.",
    "staff.not.choose": "Veuillez choisir la séance.",
    "staff.not.undo_too_late": "Plus de dix minutes ont passé. Les pages du studio peuvent encore l’annuler.",
    "staff.not.no_visit": "Il n’y a pas d’arrivée de {name} à annuler.",
    "staff.not.no_reason": "Veuillez dire pourquoi. C’est gardé avec votre nom.",
    "staff.not.may_not": "Cela revient aux personnes qui s’occupent des membres.",
    "staff.not.no_override": "Personne ne peut lever cela pour {name}, ou pas aussi longtemps.",
    "staff.not.no_place": "Il n’y a pas de place de {name} à marquer.",
    "staff.not.not_begun": "La séance n’a pas encore commencé.",
    "staff.not.no_suspension": "Pas de suspension pour {name} en ce moment.",
    "staff.not.not_known_here": (
        "Cette borne ne connaît pas encore ce membre. Avec le serveur, ce sera le cas dans un instant."
    ),
    "staff.not.card_end": "Une carte provisoire a besoin d’une fin encore à venir, dans les sept jours.",
    # reasons to choose from; the sentence itself is kept
    "staff.because.forgot_card": "Carte oubliée",
    "staff.because.lost_card": "Carte perdue",
    "staff.because.card_unreadable": "Carte illisible",
    "staff.because.came_with_others": "Venu avec d’autres",
    "staff.because.wrong_person": "Autre personne",
    "staff.because.wrong_session": "Autre séance",
    "staff.because.not_staying": "Ne reste pas",
    "staff.because.spoke_with_them": "Nous en avons parlé",
    "staff.because.paid_at_the_desk": "Payé à l’accueil",
    "staff.because.our_mistake": "Notre faute",
    "staff.because.nobody_came": "Personne n’est venu",
    "staff.because.called_off_too_late": "Annulé trop tard",
    "staff.because.does_not_read": "Ne lit pas les cartes",
    "staff.because.being_cleaned": "En nettoyage",
    "staff.because.to_be_moved": "À déplacer",
    # lists of what staff did
    "staff.act.CHECK_IN": "Arrivée enregistrée",
    "staff.act.UNDO": "Arrivée annulée",
    "staff.act.OVERRIDE": "Raison levée",
    "staff.act.NO_SHOW": "Absence notée",
    "staff.act.LIFT_SUSPENSION": "Suspension levée",
    "staff.act.HAND_OUT_CARD": "Carte remise",
    "staff.act.OUT_OF_ORDER": "Borne hors service",
    "staff.act.BACK_IN_ORDER": "Borne remise en service",
    "staff.came_of.DONE": "C’est valable.",
    "staff.came_of.WITHOUT_EFFECT": "Cela n’a rien changé : les choses étaient déjà autrement.",
    "staff.came_of.REFUSED": "Les règles de la porte ont dit non.",
    "staff.came_of.DISPUTED": "C’est valable, et à voir dans « À traiter ».",
    "staff.came_of.HELD_BACK": "Ce n’est pas fait, et attend dans « À traiter ».",
    # when the server hears of it
    "refusal.STAFF_NOT_ALLOWED.what": "Nous n’avons pas pu vérifier qui vous a fait entrer.",
    "refusal.STAFF_NOT_ALLOWED.do": "Veuillez demander à l’accueil.",
    "refusal.STAFF_NOT_ALLOWED.staff": (
        "Qui a fait entrer cette personne n’a pas prouvé travailler ici, ou n’y travaille plus."
    ),
    "error.staff.not_proven": (
        "Rien ne prouve que l’équipe l’a fait. Demandez à la personne nommée, puis mettez-le de côté."
    ),
    "error.staff.grant_is_over": "Votre identification est trop ancienne. Identifiez-vous à nouveau.",
    "error.act.not_about_a_member": (
        "Cela nomme une place, une visite ou une suspension qui n’est pas celle de ce membre."
    ),
    "error.card.known_already": "Cette carte est déjà à quelqu’un. Remettez-en une autre.",
    "error.act.undo_too_late": (
        "À une borne, cela ne vaut que {minutes} minutes. Les pages du studio peuvent encore l’annuler."
    ),
    "error.act.session_not_begun": (
        "Personne ne peut avoir manqué une séance qui n’avait pas commencé. Mettez cela de côté."
    ),
}
