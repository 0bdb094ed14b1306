"""Karty i PIN-y obsługi, po polsku: co kto ma, wydawanie i odbieranie; zawsze na „ty”."""

SENTENCES: dict[str, str] = {
    "desk.page.staff": "Obsługa",
    # the page of staff
    "desk.staff.lead": "Kto ma kartę i PIN, jest obsługą przy każdym kiosku, także bez sieci.",
    "desk.staff.lead.more": "PIN-u nikt nie podejrzy. Można tylko ustawić nowy.",
    "desk.staff.for_an_owner": "Karty i PIN-y wszystkich nadaje osoba z rolą właściciela. Własny PIN ustawiasz ty.",
    "desk.staff.you": "To ty",
    "desk.staff.role.OWNER": "Właściciel",
    "desk.staff.role.MANAGER": "Kierownictwo",
    "desk.staff.role.FRONT_DESK": "Recepcja",
    "desk.staff.role.INSTRUCTOR": "Zajęcia",
    "desk.staff.ready": "Gotowe do kiosków",
    "desk.staff.card": "Karta obsługi",
    "desk.staff.card.given": "Wydana: {moment}",
    "desk.staff.card.none": "Brak",
    "desk.staff.pin": "PIN",
    "desk.staff.pin.set": "Ustawiony",
    "desk.staff.pin.none": "Brak",
    "desk.staff.pin.newer_card": "Do ustawienia dla nowej karty",
    "desk.staff.pin.over": "Za dużo prób: ustaw nowy",
    # a card: given, printed, taken away
    "desk.staff.give": "Wydaj kartę",
    "desk.staff.give.again": "Wydaj nową kartę",
    "desk.staff.give.sure": "Obecna karta ({name}) przestanie działać, a PIN trzeba będzie ustawić od nowa.",
    "desk.staff.give.do": "Tak, nowa karta",
    "desk.staff.given": "Nowa karta wydana ({name}). Wydrukuj ją, potem ustaw PIN.",
    "desk.staff.print": "Drukuj kartę",
    "desk.staff.take": "Odbierz kartę",
    "desk.staff.take.sure": "Każdy kiosk przestanie przyjmować tę kartę ({name}), gdy tylko połączy się z serwerem.",
    "desk.staff.take.because": "Dlaczego",
    "desk.staff.take.hint": "Zgubiona w drodze do domu",
    "desk.staff.take.missing": "Napisz dlaczego. Zostaje to zapisane przy karcie.",
    "desk.staff.take.do": "Odbierz tę kartę",
    "desk.staff.taken": "Karta odebrana ({name}).",
    # a PIN
    "desk.staff.set": "Ustaw PIN",
    "desk.staff.set.new": "Nowy PIN, sześć cyfr",
    "desk.staff.set.again": "Ten sam jeszcze raz",
    "desk.staff.set.differ": "Te dwa nie są takie same. Wpisz oba jeszcze raz.",
    "desk.staff.set.do": "Zapisz ten PIN",
    "desk.staff.set.done": "PIN jest ustawiony ({name}).",
    "desk.staff.leave": "Zostaw",
    # what cannot be done
    "error.staff.no_such_email": "Nikt z obsługi nie loguje się adresem {email}. Sprawdź adres.",
    "error.staff_card.not_a_picture": (
        "Kartę obsługi rysuje się jako PLIK.pdf albo PLIK.png, a {file} nie jest żadnym z nich."
    ),
    "error.staff_card.none": "{name} nie ma karty obsługi. Najpierw ją wydaj.",
    "error.staff_card.letters_without_a_font": (
        "Karta obsługi ({name}) ma litery, których nie narysuje żadna tutejsza czcionka: {letters} Zapisz je inaczej."
    ),
}
