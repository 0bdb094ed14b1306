"""The kiosk as a machine, in English: what it refuses to be set up as, door and lamp, and its self-test."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST is “{given}”, but a kiosk's screen is for its own machine alone. "
        "Leave it out; the kiosk listens at 127.0.0.1."
    ),
}
