"""Was liest, wer Kioske betreut, und das Team, das sich ausweist, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "error.kiosk.no_data": "In {folder} liegen keine Daten eines Kiosks. Bitte mit --data sagen, wo sie sind.",
    "error.kiosk.not_paired": (
        "Der Kiosk in {folder} war nie gekoppelt; der Server kann nicht wissen, wessen Vorgänge das sind."
    ),
    "error.kiosk.data_damaged": (
        "{file} ist beschädigt ({why}). Den Kiosk starten, er rettet, was lesbar ist, oder `tessera journal export`."
    ),
    "error.journal.not_an_export": (
        "Diese Datei fängt nicht an wie ein ausgelesenes Journal. Bitte die Datei nehmen, die geschrieben wurde."
    ),
    "error.journal.of_another_studio": (
        "Dieses Journal stammt von einem Kiosk von {studio}, den es hier nicht gibt. Bitte dort einlesen, wo er"
        " gekoppelt war."
    ),
    "error.file.cannot_be_read": "{file} lässt sich nicht lesen: {why}. Bitte den Namen prüfen.",
    # staff who prove who they are
    "pin.NOT_A_STAFF_CARD": "Das ist keine Karte vom Team. Bitte die eigene zeigen.",
    "pin.CARD_NOT_KNOWN_HERE": "Diese Karte ist nicht auf diesem Kiosk oder hat keine PIN. Die Team-Seiten helfen.",
    "pin.PIN_NOT_WHOLE": "Eine PIN hat sechs Ziffern. Bitte alle eintippen.",
    "pin.PIN_WRONG": "Karte und PIN passen nicht zusammen. Bitte noch einmal versuchen.",
    "pin.WAIT": "Das waren zu viele Versuche. Bitte etwas warten, dann noch einmal.",
    "pin.PIN_IS_OVER": "Das waren zu viele Versuche. Bitte auf den Team-Seiten eine neue PIN setzen.",
    "error.pin.not_a_pin": "Eine PIN hat sechs Ziffern. Bitte sechs eintippen.",
    "error.pin.too_easy": "Diese PIN würde jeder zuerst probieren. Bitte eine andere wählen.",
    "error.pin.wrong": "Diese PIN passt nicht. Bitte noch einmal versuchen.",
    "error.pin.wait": "Das waren zu viele Versuche. Bitte etwas warten, dann noch einmal.",
    "error.pin.is_over": "Das waren zu viele Versuche. Bitte eine neue PIN setzen.",
    "error.pin.card_changed": "Die Karte vom Team wurde gerade gewechselt. Bitte die PIN noch einmal setzen.",
    "error.pin.none": "Es ist noch keine PIN gesetzt. Bitte auf den Team-Seiten eine setzen.",
    "error.backup.no_program": (
        "{program} fehlt auf diesem Rechner, deshalb lässt sich die PostgreSQL-Datenbank nicht sichern. Bitte "
        "die Client-Programme von PostgreSQL installieren."
    ),
    "error.backup.failed": (
        "Die Datenbank wurde nicht gesichert: {why}. Die früheren Sicherungen bleiben. Bitte Festplatte und "
        "Datenbank prüfen."
    ),
}
