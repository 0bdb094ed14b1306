"""Attendre une place dans une séance complète, en français."""

SENTENCES: dict[str, str] = {
    "history.RELEASED": "Place libérée, personne n’étant arrivé à temps",
    "error.waiting.not_found": "Cette inscription n’est sur aucune liste d’attente ici. Veuillez recharger la liste.",
    "error.waiting.place_is_free": "Il reste une place libre dans cette séance. Veuillez la réserver sans attendre.",
    "error.waiting.no_offer": (
        "Aucune place n’est proposée pour l’instant. Dès qu’une place se libère, la personne suivante est prévenue."
    ),
    "error.waiting.offer_is_over": (
        "Cette proposition a pris fin. Veuillez recharger la liste : vous y êtes peut-être encore."
    ),
    "error.waiting.is_over": (
        "Cette attente est terminée. Veuillez regarder les réservations, ou vous inscrire de nouveau sur la liste."
    ),
    "error.waiting.too_late_to_offer": (
        "Personne ne pourrait répondre avant le début de la séance. Veuillez plutôt réserver la place directement."
    ),
    # on a member's own pages
    "my.waits": "Liste d’attente",
    "my.wait.auto": "La réserver pour moi dès qu’elle se libère. Peu avant le début, me demander d’abord.",
    "my.wait.auto.on": (
        "Dès qu’une place se libère, elle vous est réservée ; peu avant le début, on vous demande d’abord."
    ),
    "my.told.waiting_auto": (
        "Vous êtes sur la liste. Dès qu’une place se libère, elle vous est réservée, et nous vous écrivons."
    ),
}
