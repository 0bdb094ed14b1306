"""Les webhooks et ce qui leur manque, et une nuit avec beaucoup de suspensions, en français."""

SENTENCES: dict[str, str] = {
    "error.webhook.not_found": "Ce webhook n’est pas dans ce studio. Veuillez recharger la liste.",
    "error.webhook_call.not_found": "Cet appel n’existe plus. Veuillez recharger la liste.",
    "error.webhook.not_https": "Un webhook a besoin d’une adresse qui commence par https://. Veuillez en donner une.",
    "error.webhook.address_not_understood": (
        "Cette adresse ne peut pas être appelée. Veuillez l’écrire en entier, par exemple https://example.org/hook."
    ),
    "error.webhook.address_is_inside": (
        "{host} n’est pas sur l’internet ouvert, et le serveur n’appelle rien d’autre. Veuillez donner une "
        "adresse publique."
    ),
    "error.webhook.no_such_kind": "Personne n’est informé de {kind}. Veuillez choisir dans la liste des événements.",
    "error.webhook.too_many": "Il y a déjà {most} webhooks, c’est le maximum. Veuillez d’abord en supprimer un.",
    "error.webhook.paused": "Ce webhook est en pause. Veuillez d’abord le reprendre.",
    "desk.webhook.trouble.NO_ADDRESS": "Le nom de son adresse est inconnu. Veuillez vérifier l’adresse.",
    "desk.webhook.trouble.INSIDE": (
        "Son nom mène à une adresse interne à un réseau, qui n’est jamais appelée. Veuillez donner une "
        "adresse publique."
    ),
    "desk.webhook.trouble.NO_CONNECTION": (
        "Personne n’a répondu à son adresse. Veuillez vérifier que le destinataire fonctionne."
    ),
    "desk.webhook.trouble.NOT_TRUSTED": (
        "Son certificat n’est pas digne de confiance. Veuillez renouveler le certificat."
    ),
    "desk.webhook.trouble.TOO_SLOW": "La réponse a mis trop de temps. Veuillez d’abord répondre, puis travailler.",
    "desk.webhook.trouble.NOT_HTTP": "La réponse n’est pas du HTTP. Veuillez vérifier l’adresse et le port.",
    "desk.webhook.trouble.REDIRECTED": (
        "L’appel a été renvoyé ailleurs, ce qui n’est pas suivi. Veuillez donner l’adresse finale."
    ),
    "desk.webhook.trouble.REFUSED": "Le destinataire n’a pas accepté l’appel. Son propre journal dit pourquoi.",
    "desk.webhook.trouble.KEY": (
        "Son secret a été scellé avec la clé d’une autre installation. Veuillez en donner un nouveau."
    ),
    "desk.webhook.paused.FAILING": (
        "Depuis des jours aucun appel n’arrive, donc plus rien n’est envoyé. Réparez le destinataire, puis reprenez."
    ),
    "desk.webhook.paused.GONE": "Le destinataire ne veut plus d’appels. Reprenez-le si c’était une erreur.",
    "error.report.span_too_long": "Un rapport couvre au plus {most} jours. Veuillez choisir une durée plus courte.",
    "error.policy.no_such_version": "Il n’y a pas de version {version} des règles. Veuillez en choisir une qui existe.",
    "desk.inbox.kind.suspension-spike": "Beaucoup de suspensions",
    "desk.inbox.spike": "Suspensions la nuit dernière : {count}. Les autres nuits : {usual} en moyenne.",
    "desk.inbox.spike.policy": (
        "La version {version} des règles compte depuis {since}. Vérifiez qu’elle fait ce qui était voulu."
    ),
    "desk.inbox.spike.no_policy": (
        "Aucune règle n’a changé ces derniers temps. Vérifiez si des bornes étaient en panne ou si un cours "
        "n’a pas été annulé."
    ),
    "desk.inbox.spike.otherwise": "Les suspensions restent. Celles qui sont sans motif peuvent être levées une à une.",
    "desk.inbox.price.off_the_list": "Retiré de la liste ; rien d’autre ne change.",
    "desk.inbox.kind.webhook-paused": "Webhook en pause",
    "desk.inbox.webhook": "Le webhook vers {host} est en pause.",
    "desk.inbox.webhook.otherwise": (
        "Il n’apprend rien tant que personne ne le reprend. Ce qui a plus de trois jours n’est plus envoyé."
    ),
}
