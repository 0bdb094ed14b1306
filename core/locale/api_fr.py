"""Ce que l’API répond aux programmes, et la page des codes, en français."""

SENTENCES: dict[str, str] = {
    "error.api.version_unknown": (
        "La version « {given} » de cette API n’existe pas. Omettez l’en-tête, ou envoyez {known}."
    ),
    "error.http.not_readable": "Cette requête est illisible. Vérifiez comment elle est faite.",
    "error.body.not_json": (
        "Ce n’est pas du JSON, ou rien ne le dit. Envoyez du JSON, avec Content-Type: application/json."
    ),
    "error.field.unknown": "Il n’y a pas de champ « {field} » ici. Vérifiez son nom.",
    "error.idempotency.other_request": (
        "Cette Idempotency-Key a déjà servi pour une autre requête. Prenez une nouvelle clé pour chaque requête."
    ),
    "error.idempotency.still_running": "La même requête est en cours d’exécution. Redemandez dans un instant.",
    "error.idempotency.answer_lost": (
        "Cette requête a été commencée et au moins en partie exécutée, mais sa réponse est perdue. Regardez où en "
        "sont les choses avant de la renvoyer avec une nouvelle clé."
    ),
    "error.idempotency.key_not_understood": (
        "Une Idempotency-Key compte de 1 à 255 caractères ASCII visibles. Envoyez-en une autre."
    ),
    "error.cursor.not_understood": "Ce curseur n’appartient à aucune liste ici. Recommencez sans lui.",
    "error.api_token.scope": "Ce jeton d’accès ne couvre pas {scope}. Veuillez en créer un qui le couvre.",
    "error.api_token.makes_none": (
        "Un jeton d’accès comme celui-ci n’en crée pas d’autres. Connectez-vous et créez-le là."
    ),
    "error.api_token.lasts": (
        "Un jeton d’accès dure au plus {days} jours et finit plus tard que maintenant. Choisissez une autre fin."
    ),
    "error.api_token.member_inactive": "Ce membre ne fait plus partie du studio. Réactivez-le d’abord.",
    "error.request.from_elsewhere": (
        "Cette modification vient d’une page d’un autre site. Utilisez les pages du studio, ou un jeton."
    ),
    "api.problem.400": "Illisible",
    "api.problem.401": "Pas connecté",
    "api.problem.403": "Pas autorisé",
    "api.problem.404": "Introuvable",
    "api.problem.405": "Méthode refusée",
    "api.problem.409": "Impossible dans cet état",
    "api.problem.413": "Trop grand",
    "api.problem.422": "Pas compris",
    "api.problem.429": "Trop souvent",
    "api.problem.500": "Panne",
    "api.problem.503": "Pas maintenant",
    "api.problem.refusal": "Un non de tous les jours",
    "api.problem.other": "Pas possible",
    "api.codes.title": "Les codes et leur sens",
    "api.codes.lead": (
        "Chaque non a un code qui ne change jamais, et une phrase qui dit ce qui s’est passé et que faire. Les "
        "programmes suivent le code ; les personnes lisent la phrase."
    ),
    "api.codes.code": "Code d’erreur",
    "api.codes.sentence": "Ce qui s’est passé, et que faire",
}
