"""The kiosk as a machine, in German: what it refuses to be set up as, door and lamp, and its self-test."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST ist „{given}“, aber der Bildschirm eines Kiosks gehört nur der Maschine selbst. "
        "Bitte weglassen; der Kiosk lauscht auf 127.0.0.1."
    ),
}
