"""Ce qui est dit des forfaits en pause, cédés, prolongés ou terminés, et des séances sans forfait."""

SENTENCES: dict[str, str] = {
    "refusal.PASS_PAUSED.what": "Votre forfait est en pause.",
    "refusal.PASS_PAUSED.do": "Appelez l’équipe, nous trouverons une solution.",
    "refusal.PASS_PAUSED.staff": (
        "Le forfait est en pause au début de la séance. Mettre fin à la pause le rend de nouveau valable."
    ),
    "face.no.PASS_PAUSED.main": "Votre forfait est en pause",
    "face.no.PASS_PAUSED.more": "Il sera de nouveau valable à partir du {date}.",
    "face.no.PASS_PAUSED.more.nameless": "Il n’est pas valable aujourd’hui.",
    "desk.inbox.dispute.PASS_PAUSED": "Visite de {who} à {session} avec un forfait en pause.",
    "history.PASS_PAUSED": "Place rendue, car le forfait a été mis en pause",
    "history.PASS_CANCELLED": "Place rendue, car le forfait a été annulé",
    "history.PASS_ENDED": "Place rendue, car le forfait se termine avant",
    "error.plan.first_use_needs_days": (
        "Un forfait qui commence à la première visite a besoin d’un nombre de jours. Veuillez l’indiquer."
    ),
    "error.pass.has_reservations": "Places encore réservées sur ce forfait : {count}. Veuillez d’abord les rendre.",
    "error.pass.is_cancelled": "« {title} » a été annulé et ne peut plus être modifié. Choisissez un autre forfait.",
    "error.pass.has_ended": "« {title} » est terminé. Prolongez-le d’abord, ou vendez un nouveau forfait.",
    "error.pass.has_no_end": "« {title} » n’a pas de fin à déplacer. Il n’y a rien à faire.",
    "error.pass.end_not_later": "La nouvelle fin n’est pas après l’ancienne. Choisissez un jour plus tardif.",
    "error.pass.is_paused": "« {title} » est en pause. Mettez d’abord fin à la pause.",
    "error.pass.paused_already": (
        "« {title} » est déjà en pause à ce moment. Choisissez une autre période, ou mettez d’abord fin à cette pause."
    ),
    "error.pass.not_paused": (
        "« {title} » n’est pas en pause, et aucune pause n’est prévue. Veuillez recharger le forfait."
    ),
    "error.pass.same_member": "Ce forfait appartient déjà à ce membre. Choisissez quelqu’un d’autre.",
    "error.pause.in_the_past": (
        "Une pause ne peut pas commencer dans le passé. Faites-la commencer maintenant, ou prolongez le forfait."
    ),
    "error.session.sells_no_drop_ins": (
        "« {title} » ne peut pas être payée à l’accueil. Enregistrez la visite avec un forfait."
    ),
    "error.session.free_sells_no_drop_ins": "Une séance gratuite n’a pas de prix. Laissez de côté l’un des deux.",
}
