"""Co tylko słychać, a nigdy się nie czyta, po polsku. Bez imion i bez powodów, których kolejka nie musi znać."""

SENTENCES: dict[str, str] = {
    "spoken.on": (
        "Mowa jest włączona. Przechodź między przyciskami klawiszem Tab albo strzałkami i wybieraj "
        "klawiszem Enter. F8 powtarza, F2 wyłącza mowę."
    ),
    "spoken.off": "Mowa jest wyłączona.",
    "spoken.switched_on": "jest włączone",
    "spoken.switched_off": "jest wyłączone",
    "spoken.time": "{hour} {minute}",
    "spoken.time.whole": "{hour} zero zero",
    "spoken.not_yet": "Wejście od {time}. Usiądź i pokaż wtedy kartę jeszcze raz.",
    "spoken.staff.number": "Twój numer to {count}.",
    "face.help.speech": "Mowa",
    "face.help.slow": "Trzy razy dłużej",
    "face.help.still": "Bez ruchu",
    "face.help.steps": "Krok po kroku",
}
