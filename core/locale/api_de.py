"""Was die API Programmen antwortet, und die Seite der Codes, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "error.api.version_unknown": (
        "Eine Version „{given}“ dieser API gibt es nicht. Die Kopfzeile weglassen oder {known} senden."
    ),
    "error.http.not_readable": "Diese Anfrage lässt sich nicht lesen. Bitte prüfen, wie sie gestellt ist.",
    "error.body.not_json": (
        "Das ist kein JSON oder sagt es nicht. Bitte JSON senden, mit Content-Type: application/json."
    ),
    "error.field.unknown": "Ein Feld „{field}“ gibt es hier nicht. Bitte den Namen prüfen.",
    "error.idempotency.other_request": (
        "Dieser Idempotency-Key kam schon mit einer anderen Anfrage. Bitte für jede Anfrage einen neuen nehmen."
    ),
    "error.idempotency.still_running": "Dieselbe Anfrage wird gerade ausgeführt. Bitte gleich noch einmal fragen.",
    "error.idempotency.answer_lost": (
        "Diese Anfrage wurde begonnen und mindestens zum Teil ausgeführt, ihre Antwort ist aber verloren. Bitte "
        "erst nachsehen, wie es steht, und sie dann mit einem neuen Schlüssel senden."
    ),
    "error.idempotency.key_not_understood": (
        "Ein Idempotency-Key hat 1 bis 255 sichtbare ASCII-Zeichen. Bitte einen anderen senden."
    ),
    "error.cursor.not_understood": "Dieser Cursor gehört hier zu keiner Liste. Bitte ohne ihn von vorn anfangen.",
    "error.api_token.scope": "Dieses Zugangswort umfasst {scope} nicht. Bitte eines machen, das es tut.",
    "error.api_token.makes_none": "Ein Zugangswort wie dieses macht keine weiteren. Bitte anmelden und es dort machen.",
    "error.api_token.lasts": (
        "Ein Zugangswort gilt höchstens {days} Tage und endet später als jetzt. Bitte ein anderes Ende wählen."
    ),
    "error.api_token.member_inactive": "Dieses Mitglied gehört nicht mehr dazu. Bitte es zuerst wieder aufnehmen.",
    "error.request.from_elsewhere": (
        "Diese Änderung verlangte eine Seite von anderswo. Bitte die Seiten des Studios oder ein Zugangswort benutzen."
    ),
    "api.problem.400": "Nicht lesbar",
    "api.problem.401": "Nicht angemeldet",
    "api.problem.403": "Nicht erlaubt",
    "api.problem.404": "Nicht gefunden",
    "api.problem.405": "Methode nicht erlaubt",
    "api.problem.409": "So, wie es steht, nicht",
    "api.problem.413": "Zu groß",
    "api.problem.422": "Nicht verstanden",
    "api.problem.429": "Zu oft",
    "api.problem.500": "Störung",
    "api.problem.503": "Gerade nicht",
    "api.problem.refusal": "Ein alltägliches Nein",
    "api.problem.other": "Nicht möglich",
    "api.codes.title": "Codes und was sie bedeuten",
    "api.codes.lead": (
        "Jedes Nein hat einen Code, der sich nie ändert, und einen Satz, der sagt, was geschah und was zu tun "
        "ist. Programme richten sich nach dem Code, Menschen lesen den Satz."
    ),
    "api.codes.code": "Kennung",
    "api.codes.sentence": "Was geschah und was zu tun ist",
}
