"""Was Mitglieder auf ihren eigenen Seiten lesen, auf Deutsch."""

SENTENCES: dict[str, str] = {
    # the menu
    "my.page.home": "Überblick",
    "my.page.month": "Kalender",
    "my.page.sessions": "Reservieren",
    "my.page.past": "Verlauf",
    "my.page.settings": "Optionen",
    "my.back": "Zurück zum Überblick",
    "my.when": "{day}, {span}",
    "my.of": "{count} von {all}",
    # signing in
    "my.sign_in": "Anmelden",
    "my.sign_out": "Abmelden",
    "my.sign_in.lead": "Für Mitglieder. Gib deine E-Mail-Adresse ein, wir schicken dir einen Link.",
    "my.sign_in.email": "E-Mail-Adresse",
    "my.sign_in.send": "Link schicken",
    "my.sign_in.sent": "Schau in deine E-Mails",
    "my.sign_in.sent.more": (
        "Wenn ein Mitglied diese Adresse hat, ist eine E-Mail unterwegs. Der Link darin gilt einmal, 15 Minuten lang."
    ),
    "my.sign_in.not_address": "Das ist noch keine E-Mail-Adresse. Bitte sieh noch einmal nach.",
    "my.sign_in.wait": "Es wurden zu oft Links verlangt. Bitte versuch es in {count} min noch einmal.",
    "my.link.title": "Anmelden als {name}",
    "my.link.more": "Bei {studio}, auf diesem Gerät. Du bleibst angemeldet, bis du 90 Tage lang nicht hier warst.",
    "my.link.not_me": "Das bist nicht du? Dann schließ diese Seite.",
    "my.link.over": "Dieser Link ist vorbei",
    "my.link.over.more": "Er wurde benutzt, oder seine 15 Minuten sind um. Lass dir einen neuen schicken.",
    "my.gate.out": "Du bist abgemeldet.",
    "my.gate.erased": "Du bist hier gelöscht. Nichts sagt mehr, wer du warst.",
    # the overview
    "my.hello": "Hallo, {name}",
    "my.next": "Als Nächstes",
    "my.next.none": "Nichts ist reserviert",
    "my.next.none.more": "Such dir eine Stunde aus: Ein Tipp, und der Platz ist deiner.",
    "my.find": "Stunde finden",
    "my.window.opens": "Check-in öffnet: {when}",
    "my.window.open": "Check-in ist offen, bis {until}",
    "my.window.in": "Du bist drin",
    "my.code": "An der Tür",
    "my.code.show": "Meinen Code zeigen",
    "my.code.put": "Meinen Code auf dieses Telefon",
    "my.code.more": "Deine Karte öffnet die Tür. Ein Code auf deinem Telefon auch, sogar ohne Netz.",
    "my.code.put.more": "Ein anderes Telefon? Leg den Code dorthin; auf dem früheren endet er.",
    "my.passes": "Pässe",
    "my.passes.none": "Gerade kein Pass",
    "my.passes.none.more": "Am Empfang bekommst du einen.",
    "my.pass.left": "Punkte übrig",
    "my.pass.held": "Zurückgelegt",
    "my.pass.ahead": "Im Voraus reserviert",
    "my.pass.attended": "Besucht",
    "my.pass.valid": "Gültig",
    "my.pass.until": "bis {day}",
    "my.pass.from": "ab {day}",
    "my.pass.always": "ohne Ende",
    "my.part.of": "{title}, Teil {part}",
    "my.part.attended": "Teil {part}: besucht",
    "my.part.reserved": "Teil {part}: reserviert",
    "my.part.open": "Teil {part}: kannst du reservieren",
    "my.part.after": "Teil {part} öffnet, sobald Teil {after} reserviert oder besucht ist.",
    "my.suspended": "Kein Reservieren und kein Check-in bis {until}",
    "my.suspended.why": "Weil zu diesen niemand kam, und jeder Platz für dich frei blieb:",
    "my.suspended.do": "Stimmt das nicht? Sag es am Empfang, dann wird es angesehen.",
    # the month
    "my.month.title": "{month} {year}",
    "my.month.before": "Monat davor",
    "my.month.after": "Monat danach",
    "my.weekday.0": "Mo",
    "my.weekday.1": "Di",
    "my.weekday.2": "Mi",
    "my.weekday.3": "Do",
    "my.weekday.4": "Fr",
    "my.weekday.5": "Sa",
    "my.weekday.6": "So",
    "my.mark.CAME": "Besucht",
    "my.mark.MISSED": "Verpasst",
    "my.mark.RESERVED": "Reserviert",
    "my.mark.GIVEN_UP": "Abgesagt",
    "my.mark.OPEN": "Plätze frei",
    "my.day.none": "An diesem Tag ist nichts.",
    # reserving
    "my.sessions.title": "Einen Platz nehmen",
    "my.sessions.days": "Tage",
    "my.sessions.earlier": "Früher",
    "my.sessions.later": "Später",
    "my.sessions.all": "Alle",
    "my.sessions.classes": "Welcher Kurs",
    "my.sessions.none": "In diesen Tagen nichts",
    "my.sessions.none.more": (
        "Hier stehen die Stunden, für die deine Pässe gelten. Sieh später nach, oder frag am Empfang."
    ),
    "my.free": "{count} von {all} frei",
    "my.pays": "auf {title}",
    "my.pays.punch": "ein Punkt von {title} wird zurückgelegt",
    "my.reserve": "Reservieren",
    "my.wait.join": "Auf die Warteliste",
    "my.wait.full": "Alle Plätze sind vergeben. Warte auf einen, und wir schreiben dir, wenn er frei ist.",
    "my.wait.position": "Du wartest, Platz {position} in der Reihe",
    "my.wait.offered": "Ein Platz ist für dich zurückgehalten bis {until}",
    "my.wait.take": "Nehmen",
    "my.wait.leave": "Nicht mehr warten",
    "my.told.waiting": "Du stehst auf der Liste. Wir schreiben dir, wenn ein Platz frei ist.",
    "my.told.waiting_left": "Du wartest nicht mehr.",
    "my.told.reserved": "Reserviert. Der Platz ist deiner.",
    # why not
    "my.refused.MEMBER_INACTIVE": "Deine Mitgliedschaft ruht. Bitte frag am Empfang.",
    "my.refused.SUSPENDED": "Du bist gerade gesperrt. Der Überblick sagt, warum und bis wann.",
    "my.refused.SESSION_CANCELLED": "Diese Stunde findet nicht statt. Bitte wähl eine andere.",
    "my.refused.SESSION_STARTED": "Es hat angefangen, darum lässt sich hier nichts mehr ändern. Bitte frag am Empfang.",
    "my.refused.ALREADY_RESERVED": "Du hast dort schon einen Platz.",
    "my.refused.SESSION_FULL": "Alle Plätze sind vergeben. Schau später wieder, manchmal wird einer frei.",
    "my.refused.NO_PASS": "Dafür brauchst du einen Pass. Am Empfang bekommst du einen.",
    "my.refused.PASS_NOT_FOR_THIS": "Deine Pässe gelten für andere Stunden.",
    "my.refused.PASS_NOT_YET_VALID": "Dein Pass beginnt erst nach dieser Stunde.",
    "my.refused.PASS_EXPIRED": "Bis dahin ist dein Pass abgelaufen. Am Empfang kannst du ihn verlängern.",
    "my.refused.PASS_PAUSED": "Dein Pass ruht zu dieser Zeit. Wähl einen späteren Tag, oder frag am Empfang.",
    "my.refused.PASS_USED_UP": (
        "Alle Punkte sind verbraucht oder zurückgelegt. Gib einen Platz auf, oder hol am Empfang einen neuen Pass."
    ),
    "my.refused.PART_OUT_OF_ORDER": "Erst kommt ein früherer Teil des Kurses.",
    "my.refused.PART_ALREADY_TAKEN": "Diesen Teil hast du schon, reserviert oder besucht.",
    "my.refused.TOO_MANY_AHEAD": (
        "Mehr im Voraus lässt dein Pass nicht zu. Nach der nächsten Stunde kannst du wieder reservieren."
    ),
    # one place
    "my.place.more": "Ansehen",
    "my.place.when": "Wann",
    "my.place.where": "Wo und mit wem",
    "my.place.state": "Stand",
    "my.place.paid": "Auf welchem Pass",
    "my.place.check_in": "Selbst einchecken",
    "my.give_up": "Diesen Platz aufgeben?",
    "my.give_up.free": "Du bist früh genug: Der Platz und sein Punkt sind sofort frei.",
    "my.give_up.nothing": "Der Platz ist sofort für andere frei. Von deinem Pass geht nichts ab.",
    "my.give_up.late": (
        "Es ist spät: Der Platz ist sofort für andere frei, sein Punkt bleibt aber bis zur Nacht zurückgelegt. "
        "Kommst du doch, zahlt er."
    ),
    "my.give_up.sure": "Ja, aufgeben",
    "my.give_up.not": "Behalten",
    "my.told.given_up": "Aufgegeben. Was zurückgelegt war, ist wieder frei.",
    "my.told.given_up_late": "Aufgegeben. Der Punkt bleibt bis zur Nacht zurückgelegt.",
    # the past
    "my.past.came": "Besucht",
    "my.past.came.none": "Noch nichts.",
    "my.past.missed": "Verpasst",
    "my.past.missed.none": "Nichts wurde verpasst.",
    "my.came.at": "Da um {clock}",
    "my.state.STANDS": "Gilt",
    "my.state.UNCONFIRMED": "Nicht sicher",
    "my.state.CONTESTED": "Wird angesehen",
    "my.contest": "Ich war da",
    "my.contest.words": "Was ist passiert?",
    "my.contest.send": "Dem Studio sagen",
    "my.told.contested": "Gesagt. Das Studio sieht es sich an und antwortet dir.",
    "my.state.EXCUSED": "Entschuldigt",
    "my.state.UNDONE": "Zurückgenommen",
    # settings
    "my.settings.language": "Seiten, E-Mails und Kioske sprechen sie mit dir.",
    "my.told.language": "Ab jetzt sprechen wir diese Sprache.",
    "my.settings.calendar": "Dein Kalender auf dem Telefon",
    "my.settings.calendar.more": (
        "Abonniere diese Adresse, dann zeigt dein Telefon deine Plätze. Wer sie kennt, sieht sie auch; eine neue "
        "Adresse beendet die alte."
    ),
    "my.settings.calendar.open": "In einem Kalender öffnen",
    "my.settings.calendar.new": "Neue Adresse",
    "my.told.calendar": "Es gibt eine neue Adresse. Die alte zeigt nichts mehr.",
    "my.settings.letters": "Was wir dir schreiben",
    "my.settings.letters.more": "Was mit deinen Plätzen geschieht, und jede Sperre, erfährst du immer.",
    "my.settings.letters.keep": "So behalten",
    "my.told.letters": "Gemerkt. Ab jetzt schreiben wir so.",
    "my.settings.browsers": "Wo du angemeldet bist",
    "my.settings.browsers.more": "Telefon verloren? Melde dich überall ab.",
    "my.settings.everywhere": "Überall abmelden",
    "my.settings.data": "Deine Daten",
    "my.settings.data.more": (
        "Nimm alles mit, was hier über dich steht, oder lass dich löschen. Für beides musst du dich in den "
        "letzten 15 Minuten angemeldet haben."
    ),
    "my.settings.export": "Meine Daten mitnehmen",
    "my.fresh": "Bitte melde dich dafür noch einmal an: Das letzte Mal ist mehr als 15 Minuten her.",
    "my.erase": "Mich löschen",
    "my.erase.goes": (
        "Was geht: dein Name, deine Adressen, dein Geburtsdatum, deine Sprache, die E-Mails, und was jemand über "
        "dich schrieb. Deine Karten und Codes öffnen nichts mehr, deine Plätze sind für andere frei, und was auf "
        "deinen Pässen übrig ist, verfällt."
    ),
    "my.erase.stays": (
        "Was bleibt: wie oft jemand kam und womit gezahlt wurde, ohne Namen, für die Bücher des Studios. Es lässt "
        "sich nicht zurücknehmen."
    ),
    "my.erase.on": "Weiter",
    "my.erase.really": "Wirklich? Danach kann dich niemand zurückholen, auch das Studio nicht.",
    "my.erase.sure": "Ja, lösch mich",
    "my.erase.no": "Nein, lass es",
    # the file with one’s data
    "my.data.title": "Was {studio} über {name} aufbewahrt",
    "my.data.made": "Erstellt am {day}. Zeiten stehen in UTC, Spalten heißen wie in der Datenbank.",
    "my.data.table.members": "Du",
    "my.data.table.passes": "Pässe",
    "my.data.table.punches": "Punkte",
    "my.data.table.cards": "Karten",
    "my.data.table.reservations": "Reservierungen",
    "my.data.table.visits": "Besuche",
    "my.data.table.no_shows": "Versäumnisse",
    "my.data.table.suspensions": "Sperren",
    "my.data.table.letters": "E-Mails an dich",
    # what cannot be
    "error.portal.link_over": (
        "Dieser Link ist vorbei: Er wurde benutzt, oder seine 15 Minuten sind um. Lass dir einen neuen schicken."
    ),
    "error.portal.wait": "Es wurden zu oft Links verlangt. Bitte versuch es später noch einmal: {until}.",
    "error.portal.no_address": (
        "{name} hat hier keine E-Mail-Adresse oder gehört nicht mehr dazu. Trag zuerst eine Adresse ein."
    ),
    "error.portal.sign_in_needed": "Bitte melde dich zuerst an: Lass dir einen Link an deine E-Mail-Adresse schicken.",
    "error.portal.sign_in_again": "Bitte melde dich dafür noch einmal an: Das letzte Mal ist mehr als 15 Minuten her.",
    "error.portal.themselves": "Das kann nur das Mitglied selbst, auf seiner eigenen Seite.",
    "error.portal.no_page": "Unter dieser Adresse gibt es keine Seite. Das Menü führt zu allen, die es gibt.",
    "error.portal.no_calendar": (
        "Unter dieser Adresse gibt es keinen Kalender mehr. Die Einstellungen deiner Seite zeigen die jetzige."
    ),
    "error.member.erased": (
        "Dieses Mitglied wurde gelöscht, und hier sagt nichts mehr, wer es war."
        " Wer wiederkommt, bitte als neues Mitglied anlegen."
    ),
    # a month that stands alone
    "desk.month.alone.1": "Januar",
    "desk.month.alone.2": "Februar",
    "desk.month.alone.3": "März",
    "desk.month.alone.4": "April",
    "desk.month.alone.5": "Mai",
    "desk.month.alone.6": "Juni",
    "desk.month.alone.7": "Juli",
    "desk.month.alone.8": "August",
    "desk.month.alone.9": "September",
    "desk.month.alone.10": "Oktober",
    "desk.month.alone.11": "November",
    "desk.month.alone.12": "Dezember",
}
