"""Kary wyjaśnione po polsku: co opuszczono, ile to kosztowało, według jakiej zasady i co można na to odpowiedzieć."""

SENTENCES: dict[str, str] = {
    "penalty.missed": "{session}, {when}: była rezerwacja, ale nikt nie przyszedł.",
    "penalty.unconfirmed": "Kiosk wtedy milczał, więc to nie jest pewne i nic nie kosztuje.",
    "penalty.free": "To nic nie kosztuje.",
    "penalty.excused": "Usprawiedliwione, nic nie kosztuje.",
    "penalty.excused.why": "Usprawiedliwione, nic nie kosztuje: {because}",
    "penalty.excused.contested": "Po odwołaniu usprawiedliwione, nic nie kosztuje: {because}",
    "penalty.undone": "Cofnięte: miejsce jednak zostało wykorzystane.",
    "penalty.undone.why": "Cofnięte: {because}",
    "penalty.undone.contested": "Cofnięte po odwołaniu, bo miejsce zostało wykorzystane: {because}",
    "penalty.strike": "Liczy się, jako numer {number} w ciągu {span} dni. Przy {strikes} jest zawieszenie.",
    "penalty.punch": "Pobrano jedno wejście: {title}.",
    "penalty.punch_back": "Pobrano jedno wejście i już je zwrócono: {title}.",
    "penalty.place": "Odebrano miejsce na {session}, {when}.",
    "penalty.places_go": "Dalsze miejsca ({title}) przepadają od {when}, jeśli wcześniej się to nie wyjaśni.",
    "penalty.suspension": "Skutek: zawieszenie od {since} do {until}.",
    "penalty.suspension_lifted": "Skutek: zawieszenie od {since}, zniesione {until}.",
    "penalty.suspended.by_staff": "Zawieszenie od {since} do {until}: {because}",
    "penalty.suspended.by_night": "Zawieszenie od {since} do {until}, bo opuszczono za dużo zajęć.",
    "penalty.suspended.lifted": "Zniesiono je {when}.",
    "penalty.suspended.lifted_why": "Zniesiono je {when}: {because}",
    # według jakiej zasady
    "penalty.rule": "Zasada: wersja {version}, obowiązuje od {since}.",
    "penalty.rule.suspends": "Opuszczone zajęcia: {strikes} w ciągu {span} dni to zawieszenie, w dniach: {length}.",
    "penalty.rule.never_suspends": "Opuszczone zajęcia nigdy nie prowadzą do zawieszenia.",
    "penalty.rule.punch": "Opuszczone zajęcia kosztują jedno wejście z karnetu.",
    "penalty.rule.no_punch": "Opuszczone zajęcia nie kosztują wejścia.",
    "penalty.rule.first_free": "Pierwsze opuszczone zajęcia nic nie kosztują.",
    "penalty.rule.defaults": "To zasada, z którą Tessera zaczyna; nikt jej nie zmienił.",
    "penalty.rule.not_counted": "Opuszczone zajęcia tego rodzaju się nie liczą.",
    "penalty.rule.warns": "Opuszczone zajęcia to tylko ostrzeżenie.",
    "penalty.rule.grace": "Na początku opuszczone zajęcia to tylko ostrzeżenie.",
    "penalty.rule.made_good": "Skończy się wcześniej po tylu zajęciach w tym czasie: {count}.",
    # co można na to odpowiedzieć
    "penalty.contest.until": "Kto jednak był, może to powiedzieć do {until}, w recepcji albo w aplikacji.",
    "penalty.contest.over": "Odwołać się można było do {until}.",
    "penalty.contest.open": "Odwołanie z {when} czeka na odpowiedź.",
    "penalty.contest.stands": "Po odwołaniu zostaje bez zmian: {because}",
    # gdzie odpowiada obsługa
    "history.EXCUSED": "Usprawiedliwione",
    "desk.inbox.kind.contest": "„Byłem tam”",
    "desk.inbox.way.were-there": "Obecność potwierdzona",
    "desk.inbox.way.excuse": "Usprawiedliw",
    "desk.inbox.price.were_there": "Wejście z początkiem zajęć; kara zostaje cofnięta",
    "desk.inbox.price.were_there_punch": "{title}: wejście za jedno wejście z karnetu; kara zostaje cofnięta",
    "desk.inbox.price.excuse": "Nieobecność zostaje i nic nie kosztuje",
    "desk.inbox.price.stands": "Nic się nie zmienia; powód zostanie podany",
    "desk.inbox.reason.contest.1": "Osoba prowadząca pamięta",
    "desk.inbox.reason.contest.2": "Kiosk nie działał",
    "desk.inbox.reason.contest.3": "Nikt nie widział",
    "desk.inbox.contest": "{who}: odwołanie od nieobecności na {session} ({since}).",
    "desk.inbox.contest.now": "„{words}” Powiedziane {when}.",
    "desk.inbox.contest.otherwise": "Nieobecność zostaje razem z tym, co kosztuje.",
    # czego nie można
    "error.no_show.not_found": "Takiej nieobecności tu nie ma. Wczytaj listę ponownie.",
    "error.no_show.is_undone": (
        "Ta nieobecność jest już cofnięta: miejsce wykorzystano. Nie ma nic więcej do zrobienia."
    ),
    "error.no_shows.date_or_member": "Podaj jedno: `date`, ewentualnie z miejscem, albo jedną osobę.",
    "error.contest.not_found": "Takiego odwołania tu nie ma. Wczytaj listę ponownie.",
    "error.contest.too_late": "Czas na odwołanie od tej nieobecności minął. Obsługa może ją jeszcze usprawiedliwić.",
    "error.contest.answered": "Jest już odpowiedź: {because} Zapytaj w recepcji.",
    "error.contest.session_called_off": (
        "Zajęcia odwołano, więc nikogo nie było. Zamiast tego usprawiedliw nieobecność."
    ),
    "error.reservation.not_taken_away": (
        "Ta rezerwacja jest w stanie {status}. Przywrócić można tylko miejsce odebrane przez studio."
    ),
    "error.suspension.begins_in_the_past": (
        "Zawieszenie nie może zacząć się w przeszłości. Bez początku zaczyna się teraz."
    ),
}
