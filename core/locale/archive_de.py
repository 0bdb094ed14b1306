"""Was von alten Versuchen gesagt wird, die ins Archiv gelegt wurden, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "error.archive.month_not_found": (
        "Aus {month} liegt hier nichts im Archiv. `tessera archive list` nennt die Monate, die es gibt."
    ),
    "error.archive.attempt_not_found": "Einen Versuch {id} gibt es hier nicht. Bitte die Kennung prüfen.",
}
