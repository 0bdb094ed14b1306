"""Co API odpowiada programom, i strona kodów, po polsku."""

SENTENCES: dict[str, str] = {
    "error.api.version_unknown": "Wersji „{given}” tego API nie ma. Pomiń ten nagłówek albo wyślij {known}.",
    "error.http.not_readable": "Tego zapytania nie da się odczytać. Sprawdź, jak jest zbudowane.",
    "error.body.not_json": (
        "To nie jest JSON albo nic o tym nie mówi. Wyślij JSON z nagłówkiem Content-Type: application/json."
    ),
    "error.field.unknown": "Nie ma tu pola „{field}”. Sprawdź jego nazwę.",
    "error.idempotency.other_request": (
        "Ten Idempotency-Key przyszedł już z innym zapytaniem. Użyj nowego klucza dla każdego zapytania."
    ),
    "error.idempotency.still_running": "To samo zapytanie jest właśnie wykonywane. Zapytaj ponownie za chwilę.",
    "error.idempotency.answer_lost": (
        "To zapytanie zaczęto i co najmniej częściowo wykonano, ale odpowiedź przepadła. Sprawdź, jak jest, zanim "
        "wyślesz je z nowym kluczem."
    ),
    "error.idempotency.key_not_understood": "Idempotency-Key ma od 1 do 255 widocznych znaków ASCII. Wyślij inny.",
    "error.cursor.not_understood": "Ten kursor nie należy tu do żadnej listy. Zacznij od początku bez niego.",
    "error.api_token.scope": "Ten klucz dostępu nie obejmuje {scope}. Utwórz taki, który obejmuje.",
    "error.api_token.makes_none": "Taki klucz dostępu nie tworzy innych. Zaloguj się i utwórz go tam.",
    "error.api_token.lasts": (
        "Klucz dostępu działa najwyżej {days} dni i kończy się później niż teraz. Wybierz inny koniec."
    ),
    "error.api_token.member_inactive": "Ta osoba już tu nie należy. Najpierw ją aktywuj.",
    "error.request.from_elsewhere": (
        "O tę zmianę prosiła strona z innej witryny. Użyj stron studia albo klucza dostępu."
    ),
    "api.problem.400": "Nie do odczytania",
    "api.problem.401": "Bez zalogowania",
    "api.problem.403": "Niedozwolone",
    "api.problem.404": "Nie znaleziono",
    "api.problem.405": "Metoda niedozwolona",
    "api.problem.409": "Nie w tym stanie",
    "api.problem.413": "Za duże",
    "api.problem.422": "Niezrozumiałe",
    "api.problem.429": "Za często",
    "api.problem.500": "Awaria",
    "api.problem.503": "Nie teraz",
    "api.problem.refusal": "Codzienne nie",
    "api.problem.other": "Niemożliwe",
    "api.codes.title": "Kody i ich znaczenie",
    "api.codes.lead": (
        "Każde nie ma kod, który nigdy się nie zmienia, i zdanie, które mówi, co się stało i co zrobić. Programy "
        "kierują się kodem, a ludzie czytają zdanie."
    ),
    "api.codes.code": "Kod",
    "api.codes.sentence": "Co się stało i co zrobić",
}
