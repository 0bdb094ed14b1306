"""Co mówi się o dawnych próbach odłożonych do archiwum, po polsku."""

SENTENCES: dict[str, str] = {
    "error.archive.month_not_found": (
        "Z {month} nic tu nie odłożono. `tessera archive list` wymienia miesiące, które są."
    ),
    "error.archive.attempt_not_found": "Nie ma tu próby {id}. Proszę sprawdzić jej identyfikator.",
}
