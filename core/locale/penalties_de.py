"""Strafen auf Deutsch erklärt: was versäumt wurde, was es kostet, nach welcher Regel, und was dagegen spricht."""

SENTENCES: dict[str, str] = {
    "penalty.missed": "{session} am {when} war reserviert, und niemand kam.",
    "penalty.unconfirmed": "Ein Kiosk war damals still. Es ist also nicht sicher und kostet nichts.",
    "penalty.free": "Es kostet nichts.",
    "penalty.excused": "Es ist entschuldigt und kostet nichts.",
    "penalty.excused.why": "Es ist entschuldigt und kostet nichts: {because}",
    "penalty.excused.contested": "Es wurde bestritten, ist entschuldigt und kostet nichts: {because}",
    "penalty.undone": "Es wurde zurückgenommen: Der Platz wurde doch genutzt.",
    "penalty.undone.why": "Es wurde zurückgenommen: {because}",
    "penalty.undone.contested": "Es wurde bestritten und zurückgenommen, denn der Platz wurde doch genutzt: {because}",
    "penalty.strike": "Es zählt, als Nummer {number} innerhalb von {span} Tagen. {strikes} führen zu einer Sperre.",
    "penalty.punch": "Es hat einen Punkt von {title} gekostet.",
    "penalty.punch_back": "Es hat einen Punkt von {title} gekostet, der wieder gutgeschrieben ist.",
    "penalty.place": "Der Platz bei {session} am {when} wurde zurückgenommen.",
    "penalty.places_go": (
        "Weitere Plätze auf {title} werden ab {when} zurückgenommen, wenn es nicht vorher geklärt ist."
    ),
    "penalty.suspension": "Es führte zu einer Sperre von {since} bis {until}.",
    "penalty.suspension_lifted": "Es führte zu einer Sperre, die am {since} begann und am {until} aufgehoben wurde.",
    "penalty.suspended.by_staff": "Gesperrt von {since} bis {until}: {because}",
    "penalty.suspended.by_night": "Gesperrt von {since} bis {until}, weil zu viele Termine versäumt wurden.",
    "penalty.suspended.lifted": "Die Sperre wurde am {when} aufgehoben.",
    "penalty.suspended.lifted_why": "Die Sperre wurde am {when} aufgehoben: {because}",
    # nach welcher Regel
    "penalty.rule": "Die Regel ist Fassung {version}, in Kraft seit {since}.",
    "penalty.rule.suspends": "{strikes} versäumte Termine innerhalb von {span} Tagen sperren für {length} Tage.",
    "penalty.rule.never_suspends": "Versäumte Termine führen nie zu einer Sperre.",
    "penalty.rule.punch": "Ein versäumter Termin kostet einen Punkt einer Punktekarte.",
    "penalty.rule.no_punch": "Ein versäumter Termin kostet keinen Punkt.",
    "penalty.rule.first_free": "Der erste versäumte Termin kostet nichts.",
    "penalty.rule.defaults": "Es ist die Regel, mit der Tessera beginnt; niemand hat sie geändert.",
    "penalty.rule.not_counted": "Versäumte Termine dieser Art zählen nicht.",
    "penalty.rule.warns": "Versäumte Termine sind nur eine Warnung.",
    "penalty.rule.grace": "Anfangs sind versäumte Termine nur eine Warnung.",
    "penalty.rule.made_good": "Sie endet früher, wenn inzwischen so viele Termine besucht wurden: {count}.",
    # was dagegen gesagt werden kann
    "penalty.contest.until": "Wer doch da war, kann das bis {until} sagen, am Empfang oder in der App.",
    "penalty.contest.over": "Das konnte bis {until} bestritten werden.",
    "penalty.contest.open": "Das wurde am {when} bestritten und wartet auf eine Antwort.",
    "penalty.contest.stands": "Das wurde bestritten, und es bleibt dabei: {because}",
    # wo das Team antwortet
    "history.EXCUSED": "Entschuldigt",
    "desk.inbox.kind.contest": "„Ich war da“",
    "desk.inbox.way.were-there": "War da",
    "desk.inbox.way.excuse": "Entschuldigen",
    "desk.inbox.price.were_there": "Eingecheckt zum Beginn des Termins; die Strafe wird zurückgenommen",
    "desk.inbox.price.were_there_punch": "{title}: eingecheckt für einen Punkt; die Strafe wird zurückgenommen",
    "desk.inbox.price.excuse": "Es bleibt versäumt und kostet nichts",
    "desk.inbox.price.stands": "Nichts ändert sich; der Grund wird mitgeteilt",
    "desk.inbox.reason.contest.1": "Die Kursleitung erinnert sich",
    "desk.inbox.reason.contest.2": "Der Kiosk ging nicht",
    "desk.inbox.reason.contest.3": "Niemand hat sie gesehen",
    "desk.inbox.contest": "{who} fehlte laut Liste bei {session} ({since}) und sagt: Ich war da.",
    "desk.inbox.contest.now": "„{words}“ Gesagt am {when}.",
    "desk.inbox.contest.otherwise": "Das Fehlen bleibt stehen, mit dem, was es kostet.",
    # was nicht geht
    "error.no_show.not_found": "Dieses Fehlen gibt es hier nicht. Bitte die Liste neu laden.",
    "error.no_show.is_undone": (
        "Dieses Fehlen ist schon zurückgenommen: Der Platz wurde genutzt. Es ist nichts mehr zu tun."
    ),
    "error.no_shows.date_or_member": "Bitte genau eines nennen: `date`, auch mit einem Standort, oder ein Mitglied.",
    "error.contest.not_found": "Diesen Widerspruch gibt es hier nicht. Bitte die Liste neu laden.",
    "error.contest.too_late": "Die Zeit, dieses Fehlen zu bestreiten, ist vorbei. Das Team kann es noch entschuldigen.",
    "error.contest.answered": "Das ist schon beantwortet: {because} Bitte am Empfang fragen.",
    "error.contest.session_called_off": (
        "Der Termin wurde abgesagt, also war niemand da. Bitte das Fehlen stattdessen entschuldigen."
    ),
    "error.reservation.not_taken_away": (
        "Diese Reservierung steht auf {status}. Nur ein Platz, den das Haus zurücknahm, kann wiederhergestellt werden."
    ),
    "error.suspension.begins_in_the_past": (
        "Eine Sperre kann nicht in der Vergangenheit beginnen. Ohne Anfang beginnt sie jetzt."
    ),
}
