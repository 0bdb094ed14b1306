"""The kiosk as a machine, in English: what it refuses to be set up as, door and lamp, and its self-test."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST is “{given}”, but a kiosk's screen is for its own machine alone. "
        "Leave it out; the kiosk listens at 127.0.0.1."
    ),
    "error.door.no_gpio": (
        "The door or a lamp hangs on {chip}, but this machine has no `gpiod` package. "
        "Install it (pip install gpiod), or take the line out of the settings."
    ),
    "error.door.no_such_line": (
        "The line {line} of {chip} cannot be had: it is not there, or another program holds it, or this user may not. "
        "`gpioinfo` says which lines there are."
    ),
}
