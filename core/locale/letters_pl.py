"""Listy do członków po polsku: co w nich jest, z których można zrezygnować i czego nie da się zrobić."""

SENTENCES: dict[str, str] = {
    "letter.hello": "Cześć {name},",
    "letter.footer": "{studio} pisze do Ciebie, bo należysz do tego studia.",
    "letter.unsubscribe": "Nie chcę więcej takich wiadomości",
    "letter.page": "Otwórz swoją stronę",
    "letter.contest": "Było inaczej? Powiedz o tym na swojej stronie albo w recepcji, a ktoś to sprawdzi.",
    "letter.when": "{moment} do {until}",
    "letter.fact.class": "Zajęcia",
    "letter.fact.when": "Kiedy",
    "letter.fact.where": "Gdzie",
    "letter.fact.with": "Prowadzi",
    "letter.fact.from": "Od",
    "letter.fact.until": "Do",
    "letter.fact.pass": "Karnet",
    "letter.fact.punches": "Pozostałe wejścia",
    "letter.fact.reason": "Powód",
    "letter.fact.held_until": "Czeka na Ciebie do",
    "letter.fact.missed": "Opuszczone",
    "letter.cannot_come": (
        "Jeśli nie możesz przyjść, zwolnij miejsce na swojej stronie, żeby mógł je zająć ktoś inny."
    ),
    "letter.cannot_come.free_until": (
        "Jeśli nie możesz przyjść, zwolnij miejsce na swojej stronie. Do {moment} jego wejście wraca od razu,"
        " później dopiero w nocy po zajęciach."
    ),
    "letter.cannot_come.late": (
        "Jeśli nie możesz przyjść, i tak zwolnij miejsce na swojej stronie. Jego wejście wróci w nocy po zajęciach."
    ),
    "letter.punch.free": "Jego wejście znów jest wolne.",
    "letter.punch.waits": (
        "Było późno, więc jego wejście pozostaje odłożone do nocy po zajęciach; potem znów jest wolne."
    ),
    "letter.pass.new": "Nowy dostaniesz w recepcji.",
    "letter.RESERVED.subject": "Twoje miejsce: {title}, {day}",
    "letter.RESERVED.lead": "Twoje miejsce jest zarezerwowane.",
    "letter.PLACE_BOOKED.subject": "Masz miejsce: {title}, {day}",
    "letter.PLACE_BOOKED.lead": "Zwolniło się miejsce i zostało dla Ciebie zarezerwowane, zgodnie z prośbą.",
    "letter.GIVEN_BACK.subject": "Twoje miejsce znów jest ważne: {title}, {day}",
    "letter.GIVEN_BACK.lead": (
        "To, co odebrało Ci to miejsce, zostało cofnięte, a miejsce było jeszcze wolne. Znów jest Twoje."
    ),
    "letter.CANCELLED.subject": "Zwolnione: {title}, {day}",
    "letter.CANCELLED.lead": "Twoje miejsce jest zwolnione i może je zająć ktoś inny.",
    "letter.CANCELLED.staff": "Studio zwolniło Twoje miejsce.",
    "letter.AUTO_CANCELLED.subject": "Już nie zarezerwowane: {title}, {day}",
    "letter.AUTO_CANCELLED.lead": "To miejsce nie jest już dla Ciebie zarezerwowane.",
    "letter.AUTO_CANCELLED.absence": (
        "Opuszczono zajęcia z tego karnetu, a czas na wyjaśnienie minął, więc to miejsce dostaną inni."
    ),
    "letter.AUTO_CANCELLED.pause": (
        "Rezerwowanie i wejścia są dla Ciebie wstrzymane do {moment}, więc to miejsce dostaną inni."
    ),
    "letter.AUTO_CANCELLED.PASS_PAUSED": "Karnet {pass_title} jest wtedy wstrzymany, więc to miejsce dostaną inni.",
    "letter.AUTO_CANCELLED.PASS_CANCELLED": "Karnet {pass_title} został anulowany, więc to miejsce dostaną inni.",
    "letter.AUTO_CANCELLED.PASS_ENDED": (
        "Karnet {pass_title} kończy się przed tymi zajęciami, więc to miejsce dostaną inni."
    ),
    "letter.SESSION_CANCELLED.subject": "Odwołane: {title}, {day}",
    "letter.SESSION_CANCELLED.lead": "Przykro nam: te zajęcia się nie odbędą.",
    "letter.SESSION_CANCELLED.others": "Na swojej stronie znajdziesz inne zajęcia.",
    "letter.WAITING_LEFT.subject": "Odwołane: {title}, {day}",
    "letter.WAITING_LEFT.line": (
        "Lista oczekujących jest zamknięta: żadne miejsce nie jest już trzymane ani proponowane."
    ),
    "letter.PLACE_OFFERED.subject": "Jest wolne miejsce: {title}, {day}",
    "letter.PLACE_OFFERED.lead": (
        "Jesteś na liście oczekujących, a zwolniło się miejsce. Przez krótki czas czeka na Ciebie."
    ),
    "letter.PLACE_OFFERED.else": "Jeśli go do tego czasu nie weźmiesz, zapytamy następną osobę.",
    "letter.PLACE_OFFERED.button": "Weź miejsce",
    "letter.OFFER_RAN_OUT.subject": "Oferta wygasła: {title}, {day}",
    "letter.OFFER_RAN_OUT.lead": (
        "Miejsce, które na Ciebie czekało, proponujemy następnej osobie z listy oczekujących."
    ),
    "letter.NO_SHOW.subject": "Brakowało Cię: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.subject": "Usprawiedliwione: {title}, {day}",
    "letter.NO_SHOW_EXCUSED.lead": "Studio usprawiedliwiło Twoją nieobecność.",
    "letter.NO_SHOW_EXCUSED.outage": (
        "Nasze wejścia wtedy nie działały, więc Twoja nieobecność jest usprawiedliwiona."
    ),
    "letter.NO_SHOW_EXCUSED.back": "Nie liczy się. To, co kosztowała, zostało cofnięte.",
    "letter.NO_SHOW_UNDONE.subject": "Obecność potwierdzona: {title}, {day}",
    "letter.NO_SHOW_UNDONE.lead": "Zapisaliśmy Twoją nieobecność, a teraz wiemy o Twoim wejściu. Przepraszamy.",
    "letter.NO_SHOW_UNDONE.back": (
        "Kara została cofnięta: nieobecność już się nie liczy, a to, co kosztowała, znów jest Twoje."
    ),
    "letter.NO_SHOW_UNDONE.punch": "Zabrane wejście wróciło na {title}.",
    "letter.SUSPENDED.subject": "Rezerwowanie i wejścia wstrzymane do {day}",
    "letter.SUSPENDED.lead": "W tym czasie nie możesz rezerwować ani wchodzić.",
    "letter.SUSPENDED.night": (
        "Zajęcia zostały opuszczone bez odwołania, więc w tym czasie nie możesz rezerwować ani wchodzić."
    ),
    "letter.SUSPENDED.places": "Twoje miejsca z tego czasu są zwolnione, a ich wejścia wolne.",
    "letter.REINSTATED.subject": "Znów możesz rezerwować i wchodzić",
    "letter.REINSTATED.served": "Wstrzymanie się skończyło.",
    "letter.REINSTATED.lifted": "Wstrzymanie zostało zniesione.",
    "letter.REINSTATED.again": "Miło, że wracasz. Twoje karnety są ważne jak wcześniej.",
    "letter.REMINDER.subject": "Przypomnienie: {title}, {day}",
    "letter.REMINDER.lead": "Twoje zajęcia zaczynają się o {clock}.",
    "letter.REMINDER.door": "Przy wejściu pokaż kartę albo kod ze swojej strony.",
    "letter.CHECK_IN_SOON.text": "{studio}: {title} zaczyna się o {clock}. Do wejścia: karta albo kod na {link}",
    "letter.LAST_CALL.text": (
        "{studio}: {title} zaczyna się o {clock}, a jeszcze Cię nie ma. Nie przyjdziesz? Zwolnij miejsce: {link}"
    ),
    "letter.CHECKED_IN.subject": "Wejście zapisane: {title}, {day}",
    "letter.CHECKED_IN.lead": "Twoje wejście zapisano o {clock}.",
    "letter.CHECKED_IN.not_you": "To nie Ty? Powiedz nam w recepcji.",
    "letter.PASS_RUNS_OUT.subject": "Twój karnet wkrótce się kończy: {title}",
    "letter.PASS_RUNS_OUT.lead": "Na tym karnecie zostało już niewiele.",
    "letter.PASS_RAN_OUT.subject": "Twój karnet się skończył: {title}",
    "letter.PASS_RAN_OUT.lead": "Z tego karnetu nie można już korzystać.",
    "letter.SIGN_IN_WANTED.subject": "Twój link do logowania w {studio}",
    "letter.SIGN_IN_WANTED.lead": "Ten link otwiera Twoją stronę. Działa raz i do {clock}.",
    "letter.SIGN_IN_WANTED.not_you": "Jeśli o niego nie prosisz, nic nie musisz robić: bez niego nikt nie wejdzie.",
    "letter.SIGN_IN_WANTED.button": "Zaloguj się",
    "letter.DATA_WANTED.subject": "Twoje dane w {studio}",
    "letter.DATA_WANTED.lead": "Kopia Twoich danych, o którą prosisz, jest gotowa na Twojej stronie.",
    "letter.group.REMINDERS": "Przypomnienia przed zajęciami",
    "letter.group.CHECK_INS": "Potwierdzenia wejścia",
    "letter.group.PASSES": "Wiadomości o karnetach",
    "letter.channel.MAIL": "pocztą elektroniczną",
    "letter.channel.SMS": "przez SMS",
    "letter.stop.title": "Mniej wiadomości",
    "letter.stop.ask": "Czy {studio} ma ich już nie wysyłać?",
    "letter.stop.which": "{group}, {channel}",
    "letter.stop.do": "Nie wysyłaj więcej",
    "letter.stop.done": "Tego już nie dostaniesz:",
    "letter.stop.back": "Jednak wysyłaj",
    "letter.stop.again": "To znów dostaniesz:",
    "letter.stop.must": (
        "To, co dzieje się z Twoimi miejscami, kary i linki do logowania wysyłamy zawsze: nikt nie powinien "
        "tego przegapić."
    ),
    "letter.stop.none": "Ten link niczego nie otwiera",
    "letter.stop.none.more": "Użyj linku na dole wiadomości albo zapytaj w recepcji.",
    "letter.CONTEST_ANSWERED.subject": "Odpowiedź: {title}, {day}",
    "letter.CONTEST_ANSWERED.lead": (
        "Od Ciebie wiemy, że miało być inaczej. Ktoś to sprawdził i nieobecność pozostaje."
    ),
    "error.letter.not_found": "Nie ma takiego listu. Wczytaj listę ponownie.",
    "error.letter.on_its_way": "Ten list jest jeszcze w drodze. Poczekaj, aż zostanie wysłany.",
    "error.letter.emptied": "Nie zachowano treści tego listu. Poproś o nowy.",
    "error.letter.no_address": "Nie ma adresu, na który można to wysłać. Wpisz adres tej osoby.",
    "error.letter.no_choice": "„{group}” nie można wybrać dla {channel}. Wybierz spośród podanych.",
    "error.letter.not_wanted": "Ta osoba nie chce takich listów. Najpierw ją zapytaj; wybiera się to na jej stronie.",
    "error.letter.link_unknown": "Ten link niczego nie otwiera. Użyj linku na dole wiadomości.",
}
