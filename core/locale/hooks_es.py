"""Los webhooks y lo que les falta, y una noche con muchas suspensiones, en español."""

SENTENCES: dict[str, str] = {
    "error.webhook.not_found": "Este webhook no está en este estudio. Carga la lista otra vez.",
    "error.webhook_call.not_found": "Esta llamada ya no existe. Carga la lista otra vez.",
    "error.webhook.not_https": "Un webhook necesita una dirección que empiece por https://. Indica una así.",
    "error.webhook.address_not_understood": (
        "No se puede llamar a esta dirección. Escríbela entera, por ejemplo https://example.org/hook."
    ),
    "error.webhook.address_is_inside": (
        "{host} no está en la internet abierta, y el servidor no llama a nada más. Indica una dirección pública."
    ),
    "error.webhook.no_such_kind": "A nadie se le cuenta {kind}. Elige de la lista de eventos.",
    "error.webhook.too_many": "Ya hay {most} webhooks, que es el máximo. Borra uno primero.",
    "error.webhook.paused": "Este webhook está en pausa. Reanúdalo primero.",
    "desk.webhook.trouble.NO_ADDRESS": "El nombre de su dirección no se conoce. Comprueba la dirección.",
    "desk.webhook.trouble.INSIDE": (
        "Su nombre lleva a una dirección interna de una red, a la que nunca se llama. Indica una dirección pública."
    ),
    "desk.webhook.trouble.NO_CONNECTION": "Nadie respondió en su dirección. Mira si el receptor funciona.",
    "desk.webhook.trouble.NOT_TRUSTED": "Su certificado no es de confianza. Renueva el certificado.",
    "desk.webhook.trouble.TOO_SLOW": "Tardó demasiado en responder. Que responda primero y trabaje después.",
    "desk.webhook.trouble.NOT_HTTP": "Lo que respondió no es HTTP. Comprueba la dirección y el puerto.",
    "desk.webhook.trouble.REDIRECTED": "Envió la llamada a otro sitio, y eso no se sigue. Indica la dirección final.",
    "desk.webhook.trouble.REFUSED": "Respondió que no aceptó la llamada. Su propio registro dice por qué.",
    "desk.webhook.trouble.KEY": "Su secreto se selló con la clave de otra instalación. Dale un secreto nuevo.",
    "desk.webhook.paused.FAILING": (
        "Desde hace días no llega ninguna llamada, así que no se envían más. Arregla el receptor y reanúdalo."
    ),
    "desk.webhook.paused.GONE": "El receptor dice que no quiere más llamadas. Si no era lo previsto, reanúdalo.",
    "error.report.span_too_long": "Un informe abarca como mucho {most} días. Elige un tiempo más corto.",
    "error.policy.no_such_version": "No hay una versión {version} de las reglas. Elige una de las que hay.",
    "desk.inbox.kind.suspension-spike": "Muchas suspensiones",
    "desk.inbox.spike": "Suspensiones anoche: {count}. Otras noches: {usual} de media.",
    "desk.inbox.spike.policy": (
        "La versión {version} de las reglas cuenta desde {since}. Mira si hace lo que se quería."
    ),
    "desk.inbox.spike.no_policy": (
        "Últimamente no cambió ninguna regla. Mira si hubo quioscos averiados o una clase sin cancelar."
    ),
    "desk.inbox.spike.otherwise": "Las suspensiones siguen. Las que no tengan motivo se pueden levantar una a una.",
    "desk.inbox.price.off_the_list": "Sale de la lista; nada más cambia.",
    "desk.inbox.kind.webhook-paused": "Webhook en pausa",
    "desk.inbox.webhook": "El webhook a {host} está en pausa.",
    "desk.inbox.webhook.otherwise": (
        "No se le cuenta nada hasta que alguien lo reanude. Lo que tenga más de tres días ya no se envía."
    ),
}
