"""Lo que solo se oye y nunca se lee, en español. Sin nombres, ni motivos que una cola no deba oír."""

SENTENCES: dict[str, str] = {
    "spoken.on": (
        "La voz está activada. Ve de botón en botón con la tecla Tab o con las flechas, y elige con Intro. "
        "F8 lo repite, F2 apaga la voz."
    ),
    "spoken.off": "La voz está apagada.",
    "spoken.switched_on": "está activado",
    "spoken.switched_off": "está desactivado",
    "spoken.time": "{hour} y {minute}",
    "spoken.time.whole": "{hour} en punto",
    "spoken.not_yet": "La entrada abre a las {time}. Toma asiento y muestra la tarjeta entonces.",
    "spoken.staff.number": "Tu número es el {count}.",
    "face.help.speech": "Voz",
    "face.help.slow": "El triple de tiempo",
    "face.help.still": "Sin movimiento",
    "face.help.steps": "Paso a paso",
}
