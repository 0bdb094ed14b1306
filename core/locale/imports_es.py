"""Lo que se dice de los archivos de otro sistema, en español."""

SENTENCES: dict[str, str] = {
    "error.import.no_such_kind": "Las filas no pueden ser «{given}». Elige entre: {known}.",
    "error.import.no_such_system": "Aquí no se conocen las columnas de «{given}». Elige entre {known}, o ninguno.",
    "error.import.no_such_column": "En este archivo no hay una única columna «{column}». Sus columnas son: {known}.",
    "error.import.no_such_field": "Una columna no puede ser «{field}». Elige entre: {known}.",
    "error.import.no_such_choice": "«{given}» no dice qué columna es qué. Escribe COLUMNA=CAMPO.",
    "error.import.field_twice": "Dos columnas no pueden ser ambas «{field}». Deja fuera una de ellas.",
    "error.import.columns_missing": (
        "No se reconoce ninguna columna como {fields}. Di cuál es. Columnas ambiguas: {doubtful}."
    ),
    "error.import.no_such_order": "Los días no pueden estar escritos como «{given}». Elige entre: {known}.",
    "error.import.days_mixed": "En «{column}» unas fechas empiezan por el día y otras por el mes. Corrige el archivo.",
    "error.import.days_ambiguous": "En «{column}» nada dice si {example} empieza por el día o por el mes. Indícalo.",
    "error.import.no_header": "La primera línea no es una cabecera de columnas. Exporta el archivo otra vez con ella.",
    "error.import.empty": "En este archivo no hay nada. Expórtalo otra vez.",
    "error.import.too_many_columns": "Este archivo tiene más de {most} columnas. Exporta menos.",
    "error.import.too_many_rows": "Este archivo tiene más de {most} filas. Envíalo en varias partes.",
    "error.import.not_text": "Este archivo no es un texto que se pueda leer. Expórtalo como CSV en UTF-8.",
    "error.import.spreadsheet": "Este es el archivo propio de una hoja de cálculo. Guárdalo allí como CSV.",
    "error.import.utf_16": "Este archivo está en UTF-16. Guárdalo como CSV en UTF-8.",
    "error.import.line_too_long": (
        "La línea {row} tiene más de {most} caracteres y no termina. Comprueba que sea el archivo correcto."
    ),
    "error.import.quotes": "Desde la línea {row} las comillas no cuadran. Corrige la línea, o exporta otra vez.",
    "error.pass.taken_over_before": "Este bono, «{title}», ya se tomó antes. Mira los bonos del socio.",
    "desk.import.verdict.NEW": "Nuevo",
    "desk.import.verdict.SAME": "Igual que antes",
    "desk.import.verdict.CHANGED": "Cambiado",
    "desk.import.verdict.PROBLEM": "No tomado",
    "desk.import.not_a_day": "«{column}» es {given}, que no es un día. Escríbelo así: 2026-11-21.",
    "desk.import.not_a_clock": "«{column}» es {given}, que no es una hora. Escríbela así: 18:30.",
    "desk.import.not_a_moment": "«{column}» es {given}, que no es un día con hora. Escríbelo así: 2026-11-21 18:30.",
    "desk.import.not_a_phone": (
        "«{column}» es {given}: no es un teléfono, o una hoja de cálculo lo estropeó. Corrígelo."
    ),
    "desk.import.not_a_count": "«{column}» es {given}, que no es un número entero. Corrígelo.",
    "desk.import.not_yes_or_no": "«{column}» es {given}, que no es ni sí ni no. Corrígelo.",
    "desk.import.not_a_pass_type": (
        "«{column}» es {given}, que no es un tipo de bono. Escribe PUNCH_PASS, UNLIMITED_SERIES o FULL_COURSE."
    ),
    "desk.import.not_a_language": (
        "«{column}» es {given}, que aquí no se habla. Escribe en, de, fr, es, pl o ar, o deja fuera la columna."
    ),
    "desk.import.formula": "«{column}» es {given}, que es una fórmula. Escribe el valor mismo.",
    "desk.import.signs": "«{column}» es {given}, con signos que no son texto. Escríbelo de nuevo.",
    "desk.import.too_many_cells": (
        "La fila tiene más celdas que columnas: {given}. Quizá falten comillas alrededor de una coma."
    ),
    "desk.import.row_twice": "La línea {row} trata de lo mismo. Solo cuenta esa.",
    "desk.import.no_identity": (
        "Sin identificador, correo ni número no se reconocería esta fila otra vez. Añade uno de ellos."
    ),
    "desk.import.email_of_several": (
        "Varios socios tienen el correo {email}. Di con identificador o número de quién se trata."
    ),
    "desk.import.email_of_another": (
        "{name} tiene el correo {email}. Una dirección es un socio; corrige una de las dos."
    ),
    "desk.import.number_of_another": "{name} tiene el número {number}. Corrige uno de los dos.",
    "desk.import.member_unknown": "Aquí nadie es «{given}». Importa primero los socios.",
    "desk.import.member_erased": "Este socio se borró a petición propia y no vuelve con un archivo.",
    "desk.import.changes": "Ahora distinto: {fields}.",
    "desk.import.known_here": "Ya está aquí, con el número {number}.",
    "desk.import.left_alone": "También distinto en el archivo, y solo se cambia a mano: {fields}.",
    "desk.import.pass_changed": (
        "Este bono ya se tomó antes y ahora el archivo dice otra cosa. Lo de aquí se queda; corrígelo a mano."
    ),
    "desk.import.reservation_changed": (
        "Esta plaza ya se tomó antes y ahora el archivo dice otra cosa. Lo de aquí se queda; corrígelo a mano."
    ),
    "desk.import.pass_over": "Este bono ha terminado o está gastado. Solo se toma lo que aún deja entrar a alguien.",
    "desk.import.plan_unknown": (
        "Ninguna modalidad se llama «{title}», y el archivo no dice lo bastante para crearla. Añade la modalidad, "
        "o una columna con su tipo."
    ),
    "desk.import.plan_twice": "Varias modalidades se llaman «{title}». Indica el tipo, o cuántos usos se vendieron.",
    "desk.import.plan_of_another_type": (
        "La modalidad «{title}» es de otro tipo. Corrige el archivo, o cambia el nombre de la modalidad."
    ),
    "desk.import.makes_plan": "Para ello se crea la modalidad «{title}».",
    "desk.import.punches_missing": "«{title}» es un bono de usos, y la fila no dice cuántos quedan. Añádelos.",
    "desk.import.punches_not_for_this": (
        "«{title}» no se paga por usos, pero la fila dice cuántos quedan. Corrige una de las dos cosas."
    ),
    "desk.import.session_not_said": "La fila no dice qué clase, o cuándo. Añádelo.",
    "desk.import.in_the_past": "{when} ya pasó. Solo se toman las plazas futuras.",
    "desk.import.session_unknown": "No hay «{title}» el {when}. Añade primero la sesión al calendario.",
    "desk.import.session_twice": "Hay varias «{title}» el {when}. Di en qué sede.",
    "desk.import.venue_unknown": "Ninguna sede se llama «{name}». Escríbela como aquí.",
}
