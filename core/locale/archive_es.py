"""Lo que se dice de los intentos antiguos que están en el archivo; siempre de tú."""

SENTENCES: dict[str, str] = {
    "error.archive.month_not_found": (
        "De {month} no hay nada en el archivo. `tessera archive list` nombra los meses que hay."
    ),
    "error.archive.attempt_not_found": "Aquí no hay ningún intento {id}. Comprueba su identificador.",
}
