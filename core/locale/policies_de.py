"""Was mit Fassungen der Regeln und mit Funktionen nicht geht, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "error.policy.two_rules": "Eine Kursart hat hier zwei eigene Regeln. Bitte für jede nur eine senden.",
    "error.policy.starts_when": (
        "Am {given} kann keine Fassung beginnen. Bitte einen Tag von {least} bis {most} wählen."
    ),
    "error.feature.is_off": (
        "In diesem Studio ist {feature} ausgeschaltet. Wer das Studio besitzt, kann es einschalten."
    ),
}
