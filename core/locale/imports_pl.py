"""Co mówi się o plikach z innego systemu, po polsku."""

SENTENCES: dict[str, str] = {
    "error.import.no_such_kind": "Wiersze nie mogą być „{given}”. Wybierz jedno z: {known}.",
    "error.import.no_such_system": "Kolumny systemu „{given}” nie są tu znane. Wybierz jeden z {known} albo żaden.",
    "error.import.no_such_column": "W tym pliku nie ma dokładnie jednej kolumny „{column}”. Jego kolumny: {known}.",
    "error.import.no_such_field": "Kolumna nie może być „{field}”. Wybierz jedno z: {known}.",
    "error.import.no_such_choice": "„{given}” nie mówi, która kolumna jest czym. Napisz KOLUMNA=POLE.",
    "error.import.field_twice": "Dwie kolumny nie mogą być obie „{field}”. Pomiń jedną z nich.",
    "error.import.columns_missing": (
        "Żadna kolumna nie jest rozpoznana jako {fields}. Wskaż, która nią jest. Niejednoznaczne: {doubtful}."
    ),
    "error.import.no_such_order": "Dni nie mogą być zapisane „{given}”. Wybierz jedno z: {known}.",
    "error.import.days_mixed": "W „{column}” część dat zaczyna się od dnia, a część od miesiąca. Popraw plik.",
    "error.import.days_ambiguous": (
        "W „{column}” nic nie mówi, czy {example} zaczyna się od dnia, czy od miesiąca. Podaj, od czego."
    ),
    "error.import.no_header": "Pierwszy wiersz nie jest nagłówkiem kolumn. Wyeksportuj plik ponownie z nagłówkiem.",
    "error.import.empty": "W tym pliku nic nie ma. Wyeksportuj go ponownie.",
    "error.import.too_many_columns": "Ten plik ma więcej niż {most} kolumn. Wyeksportuj ich mniej.",
    "error.import.too_many_rows": "Ten plik ma więcej niż {most} wierszy. Wyślij go w częściach.",
    "error.import.not_text": "Ten plik nie jest czytelnym tekstem. Wyeksportuj go jako CSV w UTF-8.",
    "error.import.spreadsheet": "To własny plik arkusza kalkulacyjnego. Zapisz go tam jako CSV.",
    "error.import.utf_16": "Ten plik jest zapisany w UTF-16. Zapisz go jako CSV w UTF-8.",
    "error.import.line_too_long": "Wiersz {row} ma ponad {most} znaków i nie ma końca. Sprawdź, czy to właściwy plik.",
    "error.import.quotes": "Od wiersza {row} cudzysłowy do siebie nie pasują. Popraw wiersz albo wyeksportuj ponownie.",
    "error.pass.taken_over_before": "Ten karnet, „{title}”, został już przejęty. Sprawdź karnety tej osoby.",
    "desk.import.verdict.NEW": "Nowe",
    "desk.import.verdict.SAME": "Bez zmian",
    "desk.import.verdict.CHANGED": "Zmienione",
    "desk.import.verdict.PROBLEM": "Nieprzejęte",
    "desk.import.not_a_day": "„{column}” to {given}, a to nie jest dzień. Zapisz tak: 2026-11-21.",
    "desk.import.not_a_clock": "„{column}” to {given}, a to nie jest godzina. Zapisz tak: 18:30.",
    "desk.import.not_a_moment": "„{column}” to {given}, a to nie jest dzień z godziną. Zapisz tak: 2026-11-21 18:30.",
    "desk.import.not_a_phone": "„{column}” to {given}: nie jest to numer telefonu albo zepsuł go arkusz. Popraw go.",
    "desk.import.not_a_count": "„{column}” to {given}, a to nie jest liczba całkowita. Popraw ją.",
    "desk.import.not_yes_or_no": "„{column}” to {given}, czyli ani tak, ani nie. Popraw.",
    "desk.import.not_a_pass_type": (
        "„{column}” to {given}, a to nie jest rodzaj karnetu. Napisz PUNCH_PASS, UNLIMITED_SERIES albo FULL_COURSE."
    ),
    "desk.import.not_a_language": (
        "„{column}” to {given}, a tego się tu nie używa. Napisz en, de, fr, es, pl albo ar lub pomiń kolumnę."
    ),
    "desk.import.formula": "„{column}” to {given}, czyli formuła. Wpisz samą wartość.",
    "desk.import.signs": "„{column}” to {given}, ze znakami, które nie są tekstem. Wpisz na nowo.",
    "desk.import.too_many_cells": (
        "Wiersz ma więcej komórek niż jest kolumn: {given}. Może brakuje cudzysłowu wokół przecinka."
    ),
    "desk.import.row_twice": "Wiersz {row} dotyczy tego samego. Liczy się tylko on.",
    "desk.import.no_identity": (
        "Bez identyfikatora, adresu e-mail lub numeru nie da się rozpoznać tego wiersza. Dodaj coś z tego."
    ),
    "desk.import.email_of_several": "Kilka osób ma adres {email}. Podaj identyfikator lub numer właściwej.",
    "desk.import.email_of_another": "{name} ma adres {email}. Jeden adres to jedna osoba; popraw jeden z nich.",
    "desk.import.number_of_another": "{name} ma numer {number}. Popraw jeden z nich.",
    "desk.import.member_unknown": "Nikogo takiego jak „{given}” tu nie ma. Najpierw zaimportuj osoby.",
    "desk.import.member_erased": "Tę osobę usunięto na jej życzenie i plik jej nie przywróci.",
    "desk.import.changes": "Teraz inaczej: {fields}.",
    "desk.import.known_here": "Jest już tutaj, z numerem {number}.",
    "desk.import.left_alone": "W pliku też inaczej, a zmienia się to tylko ręcznie: {fields}.",
    "desk.import.pass_changed": (
        "Ten karnet już przejęto, a plik mówi teraz co innego. Zostaje to, co jest tutaj; popraw ręcznie."
    ),
    "desk.import.reservation_changed": (
        "To miejsce już przejęto, a plik mówi teraz co innego. Zostaje to, co jest tutaj; popraw ręcznie."
    ),
    "desk.import.pass_over": (
        "Ten karnet się skończył albo jest wykorzystany. Przejmuje się tylko te, które jeszcze kogoś wpuszczą."
    ),
    "desk.import.plan_unknown": (
        "Żaden rodzaj karnetu nie nazywa się „{title}”, a plik mówi za mało, by go utworzyć. Dodaj go albo "
        "kolumnę z jego typem."
    ),
    "desk.import.plan_twice": "Kilka rodzajów karnetu nazywa się „{title}”. Podaj typ albo liczbę sprzedanych wejść.",
    "desk.import.plan_of_another_type": "Rodzaj karnetu „{title}” jest innego typu. Popraw plik albo zmień nazwę.",
    "desk.import.makes_plan": "Powstanie do tego rodzaj karnetu „{title}”.",
    "desk.import.punches_missing": "„{title}” to karnet na wejścia, a wiersz nie mówi, ile ich zostało. Dodaj liczbę.",
    "desk.import.punches_not_for_this": (
        "„{title}” nie jest rozliczany na wejścia, a wiersz mówi, ile ich zostało. Popraw jedno z dwojga."
    ),
    "desk.import.session_not_said": "Wiersz nie mówi, jakie zajęcia albo kiedy. Uzupełnij.",
    "desk.import.in_the_past": "{when} już minęło. Przejmuje się tylko przyszłe miejsca.",
    "desk.import.session_unknown": "Nie ma „{title}” dnia {when}. Najpierw dodaj zajęcia do kalendarza.",
    "desk.import.session_twice": "„{title}” jest kilka razy dnia {when}. Podaj, w którym lokalu.",
    "desk.import.venue_unknown": "Żaden lokal nie nazywa się „{name}”. Zapisz tak jak tutaj.",
}
