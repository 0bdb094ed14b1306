"""The kiosk as a machine, in German: what it refuses to be set up as, door and lamp, and its self-test."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST ist „{given}“, aber der Bildschirm eines Kiosks gehört nur der Maschine selbst. "
        "Bitte weglassen; der Kiosk lauscht auf 127.0.0.1."
    ),
    "error.door.no_gpio": (
        "Tür oder Lampe hängt an {chip}, aber dieser Maschine fehlt das Paket `gpiod`. "
        "Bitte installieren (pip install gpiod) oder die Zeile aus den Einstellungen nehmen."
    ),
    "error.door.no_such_line": (
        "Die Leitung {line} von {chip} ist nicht zu haben: Es gibt sie nicht, ein anderes Programm hält sie, oder "
        "dieser Benutzer darf es nicht. `gpioinfo` sagt, welche Leitungen es gibt."
    ),
}
