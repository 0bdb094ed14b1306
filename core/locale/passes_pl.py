"""Co mówi się o karnetach wstrzymanych, przekazanych lub przedłużonych i o zajęciach bez karnetu."""

SENTENCES: dict[str, str] = {
    "refusal.PASS_PAUSED.what": "Twój karnet jest wstrzymany.",
    "refusal.PASS_PAUSED.do": "Wezwij obsługę, a znajdziemy sposób.",
    "refusal.PASS_PAUSED.staff": (
        "Karnet jest wstrzymany na początku zajęć. Zakończenie przerwy sprawia, że znów jest ważny."
    ),
    "face.no.PASS_PAUSED.main": "Twój karnet jest wstrzymany",
    "face.no.PASS_PAUSED.more": "Będzie znów ważny od {date}.",
    "face.no.PASS_PAUSED.more.nameless": "Dziś nie jest ważny.",
    "desk.inbox.dispute.PASS_PAUSED": "{who}: wizyta na {session} ze wstrzymanym karnetem.",
    "history.PASS_PAUSED": "Miejsce zwolnione, bo karnet wstrzymano",
    "history.PASS_CANCELLED": "Miejsce zwolnione, bo karnet anulowano",
    "history.PASS_ENDED": "Miejsce zwolnione, bo karnet kończy się wcześniej",
    "error.plan.first_use_needs_days": "Karnet, który zaczyna się pierwszym użyciem, wymaga liczby dni. Podaj ją.",
    "error.pass.has_reservations": "Miejsca wciąż zarezerwowane na tym karnecie: {count}. Najpierw je zwolnij.",
    "error.pass.is_cancelled": "„{title}” został anulowany i nie można go już zmienić. Wybierz inny karnet.",
    "error.pass.has_ended": "„{title}” już się skończył. Najpierw go przedłuż albo sprzedaj nowy.",
    "error.pass.has_no_end": "„{title}” nie ma końca, który można by przesunąć. Nic nie trzeba robić.",
    "error.pass.end_not_later": "Nowy koniec nie jest późniejszy niż obecny. Wybierz późniejszy dzień.",
    "error.pass.is_paused": "„{title}” jest wstrzymany. Najpierw zakończ przerwę.",
    "error.pass.paused_already": (
        "„{title}” jest w tym czasie już wstrzymany. Wybierz inny okres albo najpierw zakończ tamtą przerwę."
    ),
    "error.pass.not_paused": "„{title}” nie jest wstrzymany i nie ma zaplanowanej przerwy. Wczytaj karnet ponownie.",
    "error.pass.same_member": "Ten karnet już należy do tej osoby. Wybierz kogoś innego.",
    "error.pause.in_the_past": (
        "Przerwa nie może zacząć się w przeszłości. Niech zacznie się teraz albo przedłuż karnet."
    ),
    "error.session.sells_no_drop_ins": "Za „{title}” nie można zapłacić w recepcji. Zapisz wejście na karnet.",
    "error.session.free_sells_no_drop_ins": "Bezpłatne zajęcia nie mają ceny. Pomiń jedno z dwojga.",
}
