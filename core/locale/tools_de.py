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
}
