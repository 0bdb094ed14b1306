"""Tarjetas y PIN del equipo, en español: qué tiene cada persona, dar y retirar; siempre de tú."""

SENTENCES: dict[str, str] = {
    "desk.page.staff": "Equipo",
    # the page of staff
    "desk.staff.lead": "Con tarjeta y PIN alguien es del equipo en cada terminal, también sin red.",
    "desk.staff.lead.more": "Nadie puede consultar un PIN. Solo se puede poner uno nuevo.",
    "desk.staff.for_an_owner": "La propiedad da las tarjetas y pone el PIN de cualquiera. Tu propio PIN lo pones tú.",
    "desk.staff.you": "Eres tú",
    "desk.staff.role.OWNER": "Propiedad",
    "desk.staff.role.MANAGER": "Responsable",
    "desk.staff.role.FRONT_DESK": "Recepción",
    "desk.staff.role.INSTRUCTOR": "Clases",
    "desk.staff.ready": "Listo para terminales",
    "desk.staff.card": "Tarjeta del equipo",
    "desk.staff.card.given": "Dada: {moment}",
    "desk.staff.card.none": "Ninguna",
    "desk.staff.pin": "PIN personal",
    "desk.staff.pin.set": "Puesto",
    "desk.staff.pin.none": "Ninguno",
    "desk.staff.pin.newer_card": "Por poner para la nueva tarjeta",
    "desk.staff.pin.over": "Demasiados intentos: pon otro",
    # a card: given, printed, taken away
    "desk.staff.give": "Dar una tarjeta",
    "desk.staff.give.again": "Dar otra tarjeta",
    "desk.staff.give.sure": "La tarjeta actual de {name} dejará de valer y habrá que poner el PIN de nuevo.",
    "desk.staff.give.do": "Sí, otra tarjeta",
    "desk.staff.given": "{name} tiene una tarjeta nueva. Imprímela y luego pon el PIN.",
    "desk.staff.print": "Imprimir la tarjeta",
    "desk.staff.take": "Retirar la tarjeta",
    "desk.staff.take.sure": "Cada terminal deja de aceptar la tarjeta de {name} en cuanto sabe del servidor.",
    "desk.staff.take.because": "Por qué",
    "desk.staff.take.hint": "Perdida de camino a casa",
    "desk.staff.take.missing": "Escribe por qué. Se guarda con la tarjeta.",
    "desk.staff.take.do": "Retirar esta tarjeta",
    "desk.staff.taken": "{name} ya no tiene tarjeta.",
    # a PIN
    "desk.staff.set": "Poner el PIN",
    "desk.staff.set.new": "PIN nuevo, seis cifras",
    "desk.staff.set.again": "El mismo otra vez",
    "desk.staff.set.differ": "Los dos no son iguales. Escríbelos otra vez.",
    "desk.staff.set.do": "Guardar este PIN",
    "desk.staff.set.done": "El PIN de {name} está puesto.",
    "desk.staff.leave": "Dejarlo",
    # what cannot be done
    "error.staff.no_such_email": "Nadie del equipo entra con {email}. Revisa la dirección.",
    "error.staff_card.not_a_picture": (
        "Una tarjeta del equipo se dibuja como ARCHIVO.pdf o ARCHIVO.png, y {file} no es ninguno."
    ),
    "error.staff_card.none": "{name} no tiene tarjeta del equipo. Da una primero.",
    "error.staff_card.letters_without_a_font": (
        "La tarjeta del equipo de {name} tiene letras que ninguna fuente de aquí "
        "puede dibujar: {letters} Escríbelas de otra forma."
    ),
}
