"""La borne comme machine, en français : ce qu'elle refuse d'être, la porte et la lampe, et son autotest."""

SENTENCES: dict[str, str] = {
    "error.settings.kiosk_is_only_here": (
        "TESSERA_KIOSK_HOST vaut « {given} », mais l’écran d’une borne n’est que pour sa propre machine. "
        "Enlevez-le ; la borne écoute sur 127.0.0.1."
    ),
    "error.door.no_gpio": (
        "La porte ou une lampe dépend de {chip}, mais cette machine n’a pas le paquet `gpiod`. Installez-le "
        "(pip install gpiod), ou ôtez la ligne des réglages."
    ),
    "error.door.no_such_line": (
        "La ligne {line} de {chip} n’est pas disponible : elle n’existe pas, un autre programme la tient, "
        "ou cet utilisateur n’y a pas droit. `gpioinfo` dit quelles lignes existent."
    ),
}
