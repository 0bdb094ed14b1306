"""Lo que lee en una consola quien cuida de los terminales, y el equipo que demuestra quién es; siempre de tú."""

SENTENCES: dict[str, str] = {
    "error.kiosk.no_data": "Ningún terminal guarda sus datos en {folder}. Di dónde con --data.",
    "error.kiosk.not_paired": (
        "El terminal de {folder} nunca se vinculó: ningún servidor puede saber de quién son estos intentos."
    ),
    "error.kiosk.data_damaged": (
        "{file} está dañado ({why}). Arranca el terminal, que salva lo que se pueda leer, o usa `tessera "
        "journal export`."
    ),
    "error.journal.not_an_export": "Este archivo no empieza como un diario exportado. Usa el que se escribió.",
    "error.journal.of_another_studio": (
        "Este diario es de un terminal de {studio} que aquí no se conoce. Impórtalo donde se vinculó."
    ),
    "error.file.cannot_be_read": "{file} no se puede leer: {why}. Revisa el nombre.",
    # staff who prove who they are
    "pin.NOT_A_STAFF_CARD": "No es una tarjeta del equipo. Muestra la tuya.",
    "pin.CARD_NOT_KNOWN_HERE": (
        "Esta tarjeta del equipo no está en este terminal, o no tiene PIN. Ambas cosas se arreglan en las "
        "páginas del equipo."
    ),
    "pin.PIN_NOT_WHOLE": "Un PIN tiene seis cifras. Escríbelas todas.",
    "pin.PIN_WRONG": "La tarjeta y el PIN no van juntos. Prueba otra vez.",
    "pin.WAIT": "Demasiados intentos. Espera un rato y prueba otra vez.",
    "pin.PIN_IS_OVER": "Demasiados intentos. Pon un PIN nuevo en las páginas del equipo.",
    "error.pin.not_a_pin": "Un PIN tiene seis cifras. Escribe seis.",
    "error.pin.too_easy": "Este PIN es el primero que probaría cualquiera. Elige otro.",
    "error.pin.wrong": "Este PIN no encaja. Prueba otra vez.",
    "error.pin.wait": "Demasiados intentos. Espera un rato y prueba otra vez.",
    "error.pin.is_over": "Demasiados intentos. Pon un PIN nuevo.",
    "error.pin.card_changed": "La tarjeta del equipo acaba de cambiar. Pon el PIN otra vez.",
    "error.pin.none": "Aún no hay PIN. Pon uno en las páginas del equipo.",
    "error.backup.no_program": (
        "Falta {program} en este equipo, así que no se puede copiar la base PostgreSQL. Instala los programas "
        "cliente de PostgreSQL."
    ),
    "error.backup.failed": (
        "La base no se ha copiado: {why}. Las copias anteriores se conservan. Comprueba el disco y la base."
    ),
}
