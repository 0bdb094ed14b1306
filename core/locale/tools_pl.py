"""Co w konsoli czyta osoba, która opiekuje się kioskami, i obsługa, która się przedstawia; zawsze na „ty”."""

SENTENCES: dict[str, str] = {
    "error.kiosk.no_data": "Żaden kiosk nie trzyma danych w {folder}. Wskaż miejsce przez --data.",
    "error.kiosk.not_paired": "Kiosk w {folder} nigdy nie był sparowany, więc żaden serwer nie wie, czyje to próby.",
    "error.kiosk.data_damaged": (
        "{file} jest uszkodzony ({why}). Uruchom kiosk, który ocali, co da się odczytać, albo użyj `tessera "
        "journal export`."
    ),
    "error.journal.not_an_export": (
        "Ten plik nie zaczyna się jak wyeksportowany dziennik. Weź ten, który został zapisany."
    ),
    "error.journal.of_another_studio": (
        "Ten dziennik jest z kiosku {studio}, którego tu nie znamy. Zaimportuj go tam, gdzie go sparowano."
    ),
    "error.file.cannot_be_read": "Nie można odczytać {file}: {why}. Sprawdź nazwę.",
    # staff who prove who they are
    "pin.NOT_A_STAFF_CARD": "To nie karta obsługi. Pokaż swoją.",
    "pin.CARD_NOT_KNOWN_HERE": (
        "Tej karty obsługi nie ma w tym kiosku albo nie ma ona PIN-u. Jedno i drugie ustawisz na stronach obsługi."
    ),
    "pin.PIN_NOT_WHOLE": "PIN ma sześć cyfr. Wpisz wszystkie.",
    "pin.PIN_WRONG": "Karta i PIN do siebie nie pasują. Spróbuj ponownie.",
    "pin.WAIT": "Zbyt wiele prób. Poczekaj chwilę i spróbuj ponownie.",
    "pin.PIN_IS_OVER": "Zbyt wiele prób. Ustaw nowy PIN na stronach obsługi.",
    "error.pin.not_a_pin": "PIN ma sześć cyfr. Wpisz sześć.",
    "error.pin.too_easy": "Ten PIN każdy sprawdziłby jako pierwszy. Wybierz inny.",
    "error.pin.wrong": "Ten PIN nie pasuje. Spróbuj ponownie.",
    "error.pin.wait": "Zbyt wiele prób. Poczekaj chwilę i spróbuj ponownie.",
    "error.pin.is_over": "Zbyt wiele prób. Ustaw nowy PIN.",
    "error.pin.card_changed": "Karta obsługi właśnie się zmieniła. Ustaw PIN ponownie.",
    "error.pin.none": "Nie ma jeszcze PIN-u. Ustaw go na stronach obsługi.",
    "error.backup.no_program": (
        "Na tym komputerze brakuje {program}, więc bazy PostgreSQL nie da się skopiować. Proszę zainstalować "
        "programy klienckie PostgreSQL."
    ),
    "error.backup.failed": (
        "Baza nie została skopiowana: {why}. Wcześniejsze kopie pozostają. Proszę sprawdzić dysk i bazę."
    ),
}
