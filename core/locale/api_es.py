"""Lo que la API responde a los programas, y la página de códigos, en español."""

SENTENCES: dict[str, str] = {
    "error.api.version_unknown": "No existe la versión «{given}» de esta API. Quita el encabezado o envía {known}.",
    "error.http.not_readable": "Esta petición no se puede leer. Revisa cómo se hizo.",
    "error.body.not_json": "Esto no es JSON, o no lo dice. Envía JSON, con Content-Type: application/json.",
    "error.field.unknown": "Aquí no hay ningún campo «{field}». Revisa su nombre.",
    "error.idempotency.other_request": (
        "Esta Idempotency-Key ya llegó con otra petición. Usa una clave nueva para cada petición."
    ),
    "error.idempotency.still_running": (
        "La misma petición se está haciendo ahora mismo. Pregunta otra vez en un momento."
    ),
    "error.idempotency.answer_lost": (
        "Esta petición se empezó y se hizo al menos en parte, pero su respuesta se perdió. Mira cómo están las "
        "cosas antes de enviarla con una clave nueva."
    ),
    "error.idempotency.key_not_understood": (
        "Una Idempotency-Key tiene de 1 a 255 caracteres ASCII visibles. Envía otra."
    ),
    "error.cursor.not_understood": "Este cursor no es de ninguna lista de aquí. Empieza otra vez sin él.",
    "error.api_token.scope": "Este código de acceso no incluye {scope}. Crea uno que lo incluya.",
    "error.api_token.makes_none": "Un código de acceso como este no crea otros. Inicia sesión y créalo allí.",
    "error.api_token.lasts": (
        "Un código de acceso dura como mucho {days} días y termina más tarde que ahora. Elige otro final."
    ),
    "error.api_token.member_inactive": "Esta persona ya no es miembro. Actívala primero.",
    "error.request.from_elsewhere": (
        "Este cambio lo pidió una página de otro sitio. Usa las páginas del estudio, o un código de acceso."
    ),
    "api.problem.400": "No se puede leer",
    "api.problem.401": "Sin sesión",
    "api.problem.403": "No permitido",
    "api.problem.404": "No encontrado",
    "api.problem.405": "Método no permitido",
    "api.problem.409": "No tal como está",
    "api.problem.413": "Demasiado grande",
    "api.problem.422": "No se entiende",
    "api.problem.429": "Demasiado a menudo",
    "api.problem.500": "Avería",
    "api.problem.503": "Ahora no",
    "api.problem.refusal": "Un no de todos los días",
    "api.problem.other": "No es posible",
    "api.codes.title": "Los códigos y lo que significan",
    "api.codes.lead": (
        "Cada no tiene un código que nunca cambia y una frase que dice qué pasó y qué hacer. Los programas "
        "siguen el código; las personas leen la frase."
    ),
    "api.codes.code": "Código",
    "api.codes.sentence": "Qué pasó y qué hacer",
}
