"""Las cartas a los miembros en español: lo que dicen, de cuáles se puede prescindir, y lo que no se puede."""

SENTENCES: dict[str, str] = {
    "letter.hello": "Hola {name}:",
    "letter.footer": "{studio} te escribe porque eres miembro.",
    "letter.unsubscribe": "No recibir más correos como este",
    "letter.page": "Abrir tu página",
    "letter.contest": "¿Fue de otra manera? Dilo en tu página o en recepción, y alguien lo mirará.",
    "letter.when": "{moment} a {until}",
    "letter.fact.class": "Clase",
    "letter.fact.when": "Cuándo",
    "letter.fact.where": "Dónde",
    "letter.fact.with": "Con",
    "letter.fact.from": "Desde",
    "letter.fact.until": "Hasta",
    "letter.fact.pass": "Bono",
    "letter.fact.punches": "Usos restantes",
    "letter.fact.reason": "Motivo",
    "letter.fact.held_until": "Guardada para ti hasta",
    "letter.fact.missed": "No asististe",
    "letter.cannot_come": "Si no puedes venir, deja la plaza en tu página para que otra persona pueda tenerla.",
    "letter.cannot_come.free_until": (
        "Si no puedes venir, deja la plaza en tu página. Hasta {moment} su uso queda libre enseguida; "
        "después, solo en la noche tras la clase."
    ),
    "letter.cannot_come.late": (
        "Si no puedes venir, deja la plaza en tu página de todos modos. Su uso queda libre en la noche tras la clase."
    ),
    "letter.punch.free": "Su uso vuelve a estar libre.",
    "letter.punch.waits": (
        "Era tarde, así que su uso queda apartado hasta la noche tras la clase; después vuelve a estar libre."
    ),
    "letter.pass.new": "En recepción puedes obtener uno nuevo.",
    "letter.RESERVED.subject": "Tu plaza: {title}, {day}",
    "letter.RESERVED.lead": "Tu plaza está reservada.",
    "letter.PLACE_BOOKED.subject": "Tienes plaza: {title}, {day}",
    "letter.PLACE_BOOKED.lead": "Quedó libre una plaza y se reservó para ti, como habías pedido.",
    "letter.GIVEN_BACK.subject": "Tu plaza vuelve a valer: {title}, {day}",
    "letter.GIVEN_BACK.lead": "Lo que te quitó esta plaza se ha anulado, y seguía libre. Vuelve a ser tuya.",
    "letter.CANCELLED.subject": "Plaza dejada: {title}, {day}",
    "letter.CANCELLED.lead": "Tu plaza queda libre y otras personas pueden tenerla.",
    "letter.CANCELLED.staff": "El estudio ha dejado libre tu plaza.",
    "letter.AUTO_CANCELLED.subject": "Ya no está reservada: {title}, {day}",
    "letter.AUTO_CANCELLED.lead": "Esta plaza ya no está reservada para ti.",
    "letter.AUTO_CANCELLED.absence": (
        "Se faltó a una clase de este bono y pasó el plazo para explicarlo, así que esta plaza queda para "
        "otras personas."
    ),
    "letter.AUTO_CANCELLED.pause": (
        "Tus reservas y entradas están en pausa hasta {moment}, así que esta plaza queda para otras personas."
    ),
    "letter.AUTO_CANCELLED.PASS_PAUSED": (
        "Tu bono {pass_title} está en pausa en esa fecha, así que esta plaza queda para otras personas."
    ),
    "letter.AUTO_CANCELLED.PASS_CANCELLED": (
        "Tu bono {pass_title} está anulado, así que esta plaza queda para otras personas."
    ),
    "letter.AUTO_CANCELLED.PASS_ENDED": (
        "Tu bono {pass_title} termina antes de esta clase, así que esta plaza queda para otras personas."
    ),
    "letter.SESSION_CANCELLED.subject": "Cancelada: {title}, {day}",
    "letter.SESSION_CANCELLED.lead": "Lo sentimos: esta clase no se celebra.",
    "letter.SESSION_CANCELLED.others": "En tu página encuentras otras clases.",
    "letter.WAITING_LEFT.subject": "Cancelada: {title}, {day}",
    "letter.WAITING_LEFT.line": "Estabas en la lista de espera. Allí ya no se guarda ni se ofrece ninguna plaza.",
    "letter.PLACE_OFFERED.subject": "Hay una plaza libre: {title}, {day}",
    "letter.PLACE_OFFERED.lead": "Estás en la lista de espera y quedó libre una plaza. Se te guarda un rato.",
    "letter.PLACE_OFFERED.else": "Si no la tomas antes, se pregunta a la siguiente persona.",
    "letter.PLACE_OFFERED.button": "Tomar la plaza",
    "letter.OFFER_RAN_OUT.subject": "La oferta ha terminado: {title}, {day}",
    "letter.OFFER_RAN_OUT.lead": (
        "La plaza que se te guardaba se ofrece a la siguiente persona de la lista de espera."
    ),
    "letter.NO_SHOW.subject": "Te echamos de menos: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.subject": "Ausencia disculpada: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.lead": "El estudio ha disculpado tu ausencia.",
    "letter.NO_SHOW_EXCUSED.outage": (
        "Nuestra entrada no funcionaba en ese momento, así que tu ausencia queda disculpada."
    ),
    "letter.NO_SHOW_EXCUSED.back": "No cuenta. Lo que te costó se devuelve.",
    "letter.NO_SHOW_UNDONE.subject": "Sí estuviste: {title}, {day}",
    "letter.NO_SHOW_UNDONE.lead": "Habíamos anotado que faltaste, y ahora sabemos que viniste. Lo sentimos.",
    "letter.NO_SHOW_UNDONE.back": (
        "La penalización se retira: la ausencia ya no cuenta, y lo que te costó vuelve a ser tuyo."
    ),
    "letter.NO_SHOW_UNDONE.punch": "El uso que quitó ha vuelto a {title}.",
    "letter.SUSPENDED.subject": "Reservas y entrada en pausa hasta {day}",
    "letter.SUSPENDED.lead": "Durante este tiempo no puedes reservar ni entrar.",
    "letter.SUSPENDED.night": (
        "Se faltó a clases sin avisar, así que durante este tiempo no puedes reservar ni entrar."
    ),
    "letter.SUSPENDED.places": "Tus plazas de ese tiempo quedan libres, y sus usos también.",
    "letter.REINSTATED.subject": "Puedes volver a reservar y entrar",
    "letter.REINSTATED.served": "La pausa ha terminado.",
    "letter.REINSTATED.lifted": "La pausa se ha levantado.",
    "letter.REINSTATED.again": "Nos alegra tenerte de vuelta. Tus bonos valen como antes.",
    "letter.REMINDER.subject": "Recordatorio: {title}, {day}",
    "letter.REMINDER.lead": "Tu clase empieza a las {clock}.",
    "letter.REMINDER.door": "En la puerta, muestra tu tarjeta o el código de tu página.",
    "letter.CHECK_IN_SOON.text": (
        "{studio}: {title} empieza a las {clock}. Para entrar: tu tarjeta, o tu código en {link}"
    ),
    "letter.LAST_CALL.text": (
        "{studio}: {title} empieza a las {clock} y aún no has entrado. ¿No vienes? Deja la plaza: {link}"
    ),
    "letter.CHECKED_IN.subject": "Entrada registrada: {title}, {day}",
    "letter.CHECKED_IN.lead": "Entraste a las {clock}.",
    "letter.CHECKED_IN.not_you": "¿No eras tú? Dilo en recepción.",
    "letter.PASS_RUNS_OUT.subject": "Tu bono se acaba pronto: {title}",
    "letter.PASS_RUNS_OUT.lead": "A este bono ya le queda poco.",
    "letter.PASS_RAN_OUT.subject": "Tu bono se ha acabado: {title}",
    "letter.PASS_RAN_OUT.lead": "Este bono ya no paga más clases.",
    "letter.SIGN_IN_WANTED.subject": "Tu enlace para entrar en {studio}",
    "letter.SIGN_IN_WANTED.lead": "Con este enlace entras en tu página. Sirve una vez, y hasta las {clock}.",
    "letter.SIGN_IN_WANTED.not_you": "Si no lo pediste, no hace falta hacer nada: sin él nadie entra.",
    "letter.SIGN_IN_WANTED.button": "Entrar",
    "letter.DATA_WANTED.subject": "Tus datos en {studio}",
    "letter.DATA_WANTED.lead": "La copia de tus datos que pediste está lista en tu página.",
    "letter.group.REMINDERS": "Recordatorios antes de una clase",
    "letter.group.CHECK_INS": "Confirmaciones de una entrada",
    "letter.group.PASSES": "Noticias de tus bonos",
    "letter.channel.MAIL": "por correo",
    "letter.channel.SMS": "por SMS",
    "letter.stop.title": "Menos mensajes",
    "letter.stop.ask": "¿Quieres que {studio} no te los envíe más?",
    "letter.stop.which": "{group}, {channel}",
    "letter.stop.do": "No enviar más",
    "letter.stop.done": "Ya no recibirás:",
    "letter.stop.back": "Volver a enviarlos",
    "letter.stop.again": "Vuelves a recibir:",
    "letter.stop.must": (
        "Lo que pasa con tus plazas, las penalizaciones y los enlaces para entrar se envían siempre: nadie "
        "debe perdérselo."
    ),
    "letter.stop.none": "Este enlace no abre nada",
    "letter.stop.none.more": "Usa el enlace al pie de un correo, o pregunta en recepción.",
    "letter.CONTEST_ANSWERED.subject": "Una respuesta: {title}, {day}",
    "letter.CONTEST_ANSWERED.lead": "Nos dijiste que fue de otra manera. Alguien lo miró, y la ausencia se mantiene.",
    "error.letter.not_found": "Esa carta no existe. Vuelve a cargar la lista.",
    "error.letter.on_its_way": "Esta carta aún está en camino. Espera a que se envíe.",
    "error.letter.emptied": "No se guarda nada de lo que decía esta carta. Pide que se escriba otra.",
    "error.letter.no_address": "No hay dirección a la que enviarla. Anota una para el miembro.",
    "error.letter.no_choice": "«{group}» no se puede elegir para {channel}. Elige entre lo que se ofrece.",
    "error.letter.not_wanted": "Este miembro no quiere cartas como esta. Pregúntale antes; se elige en su página.",
    "error.letter.link_unknown": "Este enlace no abre nada. Usa el enlace al pie de un correo.",
}
