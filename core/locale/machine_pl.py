"""Kiosk jako maszyna, po polsku: czym nie chce być, drzwi i lampa oraz jego autotest."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST ma wartość „{given}”, ale ekran kiosku jest tylko dla jego własnej maszyny. "
        "Usuń to; kiosk nasłuchuje na 127.0.0.1."
    ),
    "error.door.no_gpio": (
        "Drzwi lub lampa są podłączone do {chip}, ale ta maszyna nie ma pakietu `gpiod`. Zainstaluj go (pip "
        "install gpiod) albo usuń tę linię z ustawień."
    ),
    "error.door.no_such_line": (
        "Linia {line} w {chip} jest niedostępna: nie ma jej, zajmuje ją inny program albo ten użytkownik "
        "nie ma do niej prawa. `gpioinfo` mówi, jakie są linie."
    ),
}
