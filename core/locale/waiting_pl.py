"""Czekanie na miejsce na pełnych zajęciach, po polsku."""

SENTENCES: dict[str, str] = {
    "history.RELEASED": "Miejsce zwolniono, bo nikt nie przyszedł na czas",
    "error.waiting.not_found": "Tego wpisu nie ma tu na żadnej liście oczekujących. Wczytaj listę ponownie.",
    "error.waiting.place_is_free": "Na tych zajęciach jest wolne miejsce. Zarezerwuj je zamiast czekać.",
    "error.waiting.no_offer": (
        "Teraz żadne miejsce nie jest proponowane. Gdy się zwolni, dowie się o nim następna osoba z listy."
    ),
    "error.waiting.offer_is_over": "Ta propozycja wygasła. Wczytaj listę ponownie: być może nadal na niej jesteś.",
    "error.waiting.is_over": "To czekanie już się skończyło. Sprawdź rezerwacje albo zapisz się na listę ponownie.",
    "error.waiting.too_late_to_offer": (
        "Przed początkiem zajęć nikt nie zdążyłby odpowiedzieć na propozycję. Zarezerwuj miejsce od razu."
    ),
    # on a member's own pages
    "my.waits": "Lista oczekujących",
    "my.wait.auto": "Zarezerwuj mi je, gdy się zwolni. Tuż przed początkiem najpierw zapytaj.",
    "my.wait.auto.on": "Gdy miejsce się zwolni, zarezerwujemy je dla ciebie; tuż przed początkiem najpierw zapytamy.",
    "my.told.waiting_auto": "Jesteś na liście. Gdy zwolni się miejsce, zarezerwujemy je dla ciebie i napiszemy.",
}
