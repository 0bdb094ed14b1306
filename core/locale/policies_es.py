"""Lo que no se puede hacer con las versiones de las reglas y con las funciones, en español."""

SENTENCES: dict[str, str] = {
    "error.policy.two_rules": "Un tipo de clase tiene aquí dos reglas propias. Envía una sola para cada uno.",
    "error.policy.starts_when": "Una versión no puede empezar el {given}. Elige un día del {least} al {most}.",
    "error.feature.is_off": "En este estudio, {feature} está desactivado. Quien es dueño del estudio puede activarlo.",
}
