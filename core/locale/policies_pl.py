"""Czego nie da się zrobić z wersjami zasad i z funkcjami, po polsku."""

SENTENCES: dict[str, str] = {
    "error.policy.two_rules": "Jeden rodzaj zajęć ma tu dwie własne zasady. Wyślij po jednej dla każdego.",
    "error.policy.starts_when": "Wersja nie może zacząć się {given}. Wybierz dzień od {least} do {most}.",
    "error.feature.is_off": "W tym studiu {feature} jest wyłączone. Właściciel studia może to włączyć.",
}
