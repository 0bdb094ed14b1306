"""El terminal como máquina, en español: cómo no se deja configurar, la puerta y la lámpara, y su autoprueba."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST es «{given}», pero la pantalla de un terminal es solo para su propia máquina. "
        "Quítalo; el terminal escucha en 127.0.0.1."
    ),
    "error.door.no_gpio": (
        "La puerta o una lámpara depende de {chip}, pero esta máquina no tiene el paquete `gpiod`. "
        "Instálalo (pip install gpiod), o quita la línea de los ajustes."
    ),
    "error.door.no_such_line": (
        "La línea {line} de {chip} no está disponible: no existe, otro programa la tiene, o este usuario no "
        "puede usarla. `gpioinfo` dice qué líneas hay."
    ),
}
