"""What is said of old attempts that were put away, in English."""

SENTENCES: dict[str, str] = {
    "error.archive.month_not_found": (
        "In {month} nothing was put away here. `tessera archive list` names the months that there are."
    ),
    "error.archive.attempt_not_found": "There is no attempt {id} here. Please check its id.",
}
