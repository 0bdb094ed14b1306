"""Ce que lit dans un terminal qui s'occupe des bornes, et l'équipe qui prouve qui elle est ; toujours « vous »."""

SENTENCES: dict[str, str] = {
    "error.kiosk.no_data": "Aucune borne ne garde ses données dans {folder}. Dites où avec --data.",
    "error.kiosk.not_paired": (
        "La borne de {folder} n’a jamais été associée : aucun serveur ne peut savoir de qui viennent ces passages."
    ),
    "error.kiosk.data_damaged": (
        "{file} est abîmé ({why}). Démarrez la borne, qui sauve ce qui peut être lu, ou utilisez `tessera "
        "journal export`."
    ),
    "error.journal.not_an_export": "Ce fichier ne commence pas comme un journal exporté. Prenez celui qui a été écrit.",
    "error.journal.of_another_studio": (
        "Ce journal vient d’une borne de {studio} qui n’est pas connue ici. Importez-le là où elle a été associée."
    ),
    "error.file.cannot_be_read": "{file} ne peut pas être lu : {why}. Vérifiez le nom.",
    # staff who prove who they are
    "pin.NOT_A_STAFF_CARD": "Ce n’est pas une carte de l’équipe. Montrez la vôtre.",
    "pin.CARD_NOT_KNOWN_HERE": (
        "Cette carte de l’équipe n’est pas sur cette borne, ou n’a pas de code PIN. Les pages de l’équipe "
        "règlent les deux."
    ),
    "pin.PIN_NOT_WHOLE": "Un code PIN a six chiffres. Tapez-les tous.",
    "pin.PIN_WRONG": "La carte et le code PIN ne vont pas ensemble. Veuillez réessayer.",
    "pin.WAIT": "Trop d’essais. Attendez un moment, puis réessayez.",
    "pin.PIN_IS_OVER": "Trop d’essais. Choisissez un nouveau code PIN sur les pages de l’équipe.",
    "error.pin.not_a_pin": "Un code PIN a six chiffres. Tapez-en six.",
    "error.pin.too_easy": "Ce code PIN est le premier que l’on essaierait. Choisissez-en un autre.",
    "error.pin.wrong": "Ce code PIN ne convient pas. Veuillez réessayer.",
    "error.pin.wait": "Trop d’essais. Attendez un moment, puis réessayez.",
    "error.pin.is_over": "Trop d’essais. Choisissez un nouveau code PIN.",
    "error.pin.card_changed": "La carte de l’équipe vient d’être changée. Choisissez à nouveau le code PIN.",
    "error.pin.none": "Aucun code PIN n’est encore choisi. Choisissez-en un sur les pages de l’équipe.",
    "error.backup.no_program": (
        "{program} manque sur cette machine ; la base PostgreSQL ne peut pas être copiée. Installez les "
        "programmes clients de PostgreSQL."
    ),
    "error.backup.failed": (
        "La base n'a pas été copiée : {why}. Les copies précédentes restent. Vérifiez le disque et la base."
    ),
}
