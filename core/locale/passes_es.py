"""Lo que se dice de los bonos en pausa, cedidos, ampliados o terminados, y de las sesiones sin bono."""

SENTENCES: dict[str, str] = {
    "refusal.PASS_PAUSED.what": "Tu bono está en pausa.",
    "refusal.PASS_PAUSED.do": "Llama al equipo y buscamos una solución.",
    "refusal.PASS_PAUSED.staff": "El bono está en pausa cuando empieza la sesión. Al terminar la pausa vuelve a valer.",
    "face.no.PASS_PAUSED.main": "Tu bono está en pausa",
    "face.no.PASS_PAUSED.more": "Vuelve a valer a partir del {date}.",
    "face.no.PASS_PAUSED.more.nameless": "Hoy no vale.",
    "desk.inbox.dispute.PASS_PAUSED": "{who} vino a {session} con un bono en pausa.",
    "history.PASS_PAUSED": "Plaza liberada porque el bono quedó en pausa",
    "history.PASS_CANCELLED": "Plaza liberada porque el bono se anuló",
    "history.PASS_ENDED": "Plaza liberada porque el bono termina antes",
    "error.plan.first_use_needs_days": (
        "Un bono que empieza con el primer uso necesita un número de días. Indica cuántos."
    ),
    "error.pass.has_reservations": "Plazas aún reservadas con este bono: {count}. Libéralas primero.",
    "error.pass.is_cancelled": "«{title}» está anulado y ya no se puede cambiar. Elige otro bono.",
    "error.pass.has_ended": "«{title}» ha terminado. Amplíalo primero, o vende un bono nuevo.",
    "error.pass.has_no_end": "«{title}» no tiene un final que mover. No hay nada que hacer.",
    "error.pass.end_not_later": "El nuevo final no es posterior al que tiene. Elige un día más tarde.",
    "error.pass.is_paused": "«{title}» está en pausa. Termina primero la pausa.",
    "error.pass.paused_already": (
        "«{title}» ya está en pausa en ese tiempo. Elige otro periodo, o termina antes esa pausa."
    ),
    "error.pass.not_paused": "«{title}» no está en pausa ni tiene ninguna prevista. Carga el bono otra vez.",
    "error.pass.same_member": "Este bono ya es de ese socio. Elige a otra persona.",
    "error.pause.in_the_past": "Una pausa no puede empezar en el pasado. Haz que empiece ahora, o amplía el bono.",
    "error.session.sells_no_drop_ins": "«{title}» no se puede pagar en recepción. Registra la entrada con un bono.",
    "error.session.free_sells_no_drop_ins": "Una sesión gratuita no tiene precio. Deja fuera uno de los dos.",
}
