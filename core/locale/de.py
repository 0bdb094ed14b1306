"""Was Tessera auf Deutsch sagt: Absagen, was nicht geht, Stände und Schritte. Erst was ist, dann was zu tun ist."""

SENTENCES: dict[str, str] = {
    # Absagen: what und do stehen öffentlich, staff liest nur das Team
    "refusal.NOT_A_MEMBERSHIP_CARD.what": "Das ist ein anderer Code.",
    "refusal.NOT_A_MEMBERSHIP_CARD.do": "Bitte zeig deine Mitgliedskarte.",
    "refusal.NOT_A_MEMBERSHIP_CARD.staff": "Gezeigt wurde keine Mitgliedskarte.",
    "refusal.CARD_UNKNOWN.what": "Diese Karte kennen wir nicht.",
    "refusal.CARD_UNKNOWN.do": "Ruf das Team, und wir finden heraus, wem sie gehört.",
    "refusal.CARD_UNKNOWN.staff": "Eine richtige Karte, die nicht von hier stammt.",
    "refusal.CARD_NOT_ON_THIS_KIOSK.what": "Diese Karte ist noch nicht auf diesem Kiosk.",
    "refusal.CARD_NOT_ON_THIS_KIOSK.do": "Ruf das Team: Wir checken dich mit Namen ein.",
    "refusal.CARD_NOT_ON_THIS_KIOSK.staff": (
        "Der Kiosk war ohne Netz, und seine Liste kennt die Karte nicht. Bitte mit Namen einchecken."
    ),
    "refusal.NO_MEMBER_LIST.what": "Dieser Kiosk hat noch keine Mitgliederliste.",
    "refusal.NO_MEMBER_LIST.do": "Ruf das Team: Wir checken dich mit Namen ein.",
    "refusal.NO_MEMBER_LIST.staff": "Der Kiosk bekam noch nie eine Mitgliederliste. Er braucht einmal Netz.",
    "refusal.CARD_REPLACED.what": "Du hast eine neuere Karte.",
    "refusal.CARD_REPLACED.do": "Bitte zeig die neue, oder ruf das Team.",
    "refusal.CARD_REPLACED.staff": "Diese Karte wurde durch eine neuere ersetzt.",
    "refusal.CARD_REVOKED.what": "Es kommt gleich jemand.",
    "refusal.CARD_REVOKED.do": "Bitte warte hier einen Moment.",
    "refusal.CARD_REVOKED.staff": "Diese Karte ist gesperrt. Bitte ansehen, wer sie in der Hand hat.",
    "refusal.MEMBER_INACTIVE.what": "Es kommt gleich jemand.",
    "refusal.MEMBER_INACTIVE.do": "Bitte warte hier einen Moment.",
    "refusal.MEMBER_INACTIVE.staff": "Die Mitgliedschaft ruht oder ist beendet.",
    "refusal.SUSPENDED.what": "Es kommt gleich jemand.",
    "refusal.SUSPENDED.do": "Bitte warte hier einen Moment.",
    "refusal.SUSPENDED.staff": "Pausiert: vorerst kein Check-in und keine Reservierung.",
    "refusal.TOO_EARLY.what": "Der Check-in ist noch nicht offen.",
    "refusal.TOO_EARLY.do": "Nimm Platz und zeig deine Karte noch einmal, wenn er öffnet.",
    "refusal.TOO_EARLY.staff": "Vor dem Check-in-Fenster. Das Team kann den ganzen Tag einchecken.",
    "refusal.TOO_LATE.what": "Der Check-in ist vorbei.",
    "refusal.TOO_LATE.do": "Ruf das Team, und wir sehen, ob du noch dazukommen kannst.",
    "refusal.TOO_LATE.staff": "Nach dem Check-in-Fenster. Das Team kann den ganzen Tag einchecken.",
    "refusal.NO_SESSION_TODAY.what": "Heute ist nichts für dich dabei.",
    "refusal.NO_SESSION_TODAY.do": "Ruf das Team, und wir sehen gemeinsam im Kursplan nach.",
    "refusal.NO_SESSION_TODAY.staff": "Heute gibt es hier keinen Kurs, zu dem dieses Mitglied kommen könnte.",
    "refusal.OTHER_VENUE.what": "Dein Platz ist in unserem anderen Haus.",
    "refusal.OTHER_VENUE.do": "Ruf das Team, und wir sagen dir, wie du hinkommst.",
    "refusal.OTHER_VENUE.staff": "Die Reservierung gilt für einen Kurs in einem anderen Haus.",
    "refusal.SESSION_CANCELLED.what": "Es tut uns leid: Dieser Kurs findet nicht statt.",
    "refusal.SESSION_CANCELLED.do": "Von deinem Pass geht nichts ab. Ruf das Team für einen anderen Termin.",
    "refusal.SESSION_CANCELLED.staff": "Der Kurs wurde abgesagt.",
    "refusal.NO_RESERVATION.what": "Dieser Kurs ist für alle, die reserviert haben.",
    "refusal.NO_RESERVATION.do": "Ruf das Team, und wir sehen, ob ein Platz frei ist.",
    "refusal.NO_RESERVATION.staff": "Keine Reservierung, und ohne kommt man in diesen Kurs nicht.",
    "refusal.SESSION_FULL.what": "Alle Plätze sind vergeben.",
    "refusal.SESSION_FULL.do": "Ruf das Team: Manchmal wird ein Platz frei.",
    "refusal.SESSION_FULL.staff": "In diesem Kurs ist kein Platz frei.",
    "refusal.NO_PASS.what": "Wir finden keinen Pass für heute.",
    "refusal.NO_PASS.do": "Ruf das Team, und du bekommst gleich einen.",
    "refusal.NO_PASS.staff": "Dieses Mitglied hat keinen Pass.",
    "refusal.PASS_NOT_FOR_THIS.what": "Dein Pass ist für andere Kurse.",
    "refusal.PASS_NOT_FOR_THIS.do": "Ruf das Team, und wir finden einen Weg.",
    "refusal.PASS_NOT_FOR_THIS.staff": "Kein Pass dieses Mitglieds gilt für diesen Kurs.",
    "refusal.PASS_NOT_YET_VALID.what": "Dein Pass beginnt später.",
    "refusal.PASS_NOT_YET_VALID.do": "Ruf das Team, und wir finden einen Weg.",
    "refusal.PASS_NOT_YET_VALID.staff": "Der Pass gilt bei Kursbeginn noch nicht.",
    "refusal.PASS_EXPIRED.what": "Dein Pass ist abgelaufen.",
    "refusal.PASS_EXPIRED.do": "Ruf das Team, und du kannst ihn gleich verlängern.",
    "refusal.PASS_EXPIRED.staff": "Der Pass gilt bei Kursbeginn nicht mehr.",
    "refusal.PASS_USED_UP.what": "Dein Pass ist aufgebraucht.",
    "refusal.PASS_USED_UP.do": "Ruf das Team, und du bekommst gleich einen neuen.",
    "refusal.PASS_USED_UP.staff": "Kein Punkt ist frei: alle sind verbraucht oder für Reservierungen zurückgelegt.",
    "refusal.PART_OUT_OF_ORDER.what": "Vorher kommt ein anderer Teil deines Kurses.",
    "refusal.PART_OUT_OF_ORDER.do": "Ruf das Team, und wir finden einen Weg.",
    "refusal.PART_OUT_OF_ORDER.staff": "Frühere Teile dieses Kurses sind noch offen.",
    "refusal.PART_ALREADY_TAKEN.what": "Diesen Teil deines Kurses hast du schon.",
    "refusal.PART_ALREADY_TAKEN.do": "Ruf das Team, und wir finden einen Weg.",
    "refusal.PART_ALREADY_TAKEN.staff": "Dieser Kursteil wurde schon besucht oder ist schon reserviert.",
    "refusal.CLOCK_UNSURE.what": "Dieser Kiosk weiß die Uhrzeit nicht sicher.",
    "refusal.CLOCK_UNSURE.do": "Ruf das Team: Wir checken dich mit Namen ein.",
    "refusal.CLOCK_UNSURE.staff": (
        "Der Kiosk war allein und der Uhrzeit nicht sicher; so ließ er niemanden ohne Reservierung ein."
    ),
    "refusal.MEMBER_LIST_TOO_OLD.what": "Dieser Kiosk ist zu lange ohne Verbindung.",
    "refusal.MEMBER_LIST_TOO_OLD.do": "Ruf das Team: Wir checken dich mit Namen ein.",
    "refusal.MEMBER_LIST_TOO_OLD.staff": "Der Kiosk war länger ohne Netz, als er allein entscheiden darf.",
    "refusal.OFFLINE_WALK_IN_LIMIT.what": "Ohne Verbindung sieht dieser Kiosk nicht, was auf deinem Pass übrig ist.",
    "refusal.OFFLINE_WALK_IN_LIMIT.do": "Ruf das Team: Wir checken dich mit Namen ein.",
    "refusal.OFFLINE_WALK_IN_LIMIT.staff": (
        "Mit diesem Pass kam heute schon jemand ohne Reservierung, während der Kiosk ohne Netz war."
    ),
    "refusal.SESSION_STARTED.what": "Es hat schon angefangen.",
    "refusal.SESSION_STARTED.do": "Bitte wähl einen anderen Termin, oder frag am Empfang.",
    "refusal.SESSION_STARTED.staff": "Der Kurs hat begonnen; Reservieren und Absagen gehen nicht mehr.",
    "refusal.ALREADY_RESERVED.what": "Du hast schon einen Platz.",
    "refusal.ALREADY_RESERVED.do": "Komm einfach und zeig deine Karte.",
    "refusal.ALREADY_RESERVED.staff": "Dieses Mitglied hat in diesem Kurs schon einen Platz.",
    "refusal.TOO_MANY_AHEAD.what": "Mehr Kurse im Voraus lässt dein Pass nicht zu.",
    "refusal.TOO_MANY_AHEAD.do": "Komm erst zu einem davon, oder gib einen frei.",
    "refusal.TOO_MANY_AHEAD.staff": "Auf dem Pass sind so viele Plätze im Voraus reserviert, wie er zulässt.",
    "refusal.CHOICE_NOT_MADE.what": "Es wurde kein Kurs gewählt.",
    "refusal.CHOICE_NOT_MADE.do": "Zeig deine Karte noch einmal und tipp an, wofür du kommst.",
    "refusal.CHOICE_NOT_MADE.staff": "Mehrere Kurse kamen infrage, und keiner wurde angetippt.",
    "refusal.UNDONE_BY_MEMBER.what": "Zurückgenommen.",
    "refusal.UNDONE_BY_MEMBER.do": "Zeig einfach deine eigene Karte.",
    "refusal.UNDONE_BY_MEMBER.staff": "Das Mitglied hat den Check-in am Kiosk zurückgenommen.",
    "refusal.UNDONE_BY_STAFF.what": "Das Team hat diesen Check-in zurückgenommen.",
    "refusal.UNDONE_BY_STAFF.do": "Bitte frag am Empfang.",
    "refusal.UNDONE_BY_STAFF.staff": "Das Team hat den Check-in zurückgenommen.",
    "refusal.INTERRUPTED.what": "Der Kiosk wurde unterbrochen.",
    "refusal.INTERRUPTED.do": "Bitte zeig deine Karte noch einmal.",
    "refusal.INTERRUPTED.staff": "Der Kiosk ist ausgefallen, bevor er antworten konnte.",
    # Stände einer Reservierung und die Schritte ihrer Geschichte
    "status.PENDING": "Reserviert",
    "status.CHECKED_IN": "Eingecheckt",
    "status.ATTENDED": "Teilgenommen",
    "status.NO_SHOW": "Nicht gekommen",
    "status.CANCELLED": "Abgesagt",
    "status.AUTO_CANCELLED": "Zurückgenommen",
    "history.CREATED": "Reserviert",
    "history.PENDING": "Wieder reserviert",
    "history.CHECKED_IN": "Eingecheckt",
    "history.CHECK_IN_UNDONE": "Check-in zurückgenommen",
    "history.ATTENDED": "Teilgenommen",
    "history.NO_SHOW": "Nicht gekommen",
    "history.CANCELLED": "Abgesagt",
    "history.AUTO_CANCELLED": "Vom Haus zurückgenommen",
    "history.GIVEN_BACK": "Platz zurückgegeben",
    "history.REPLACED": "Durch einen früheren Platz ersetzt",
    "history.HOLD_RELEASED": "Punkt nicht mehr zurückgelegt",
    "history.SESSION_CANCELLED": "Der Kurs wurde abgesagt",
    "history.SUSPENDED": "Durch eine Pause zurückgenommen",
    "history.AMNESTY": "Entschuldigt: Der Kiosk war außer Betrieb",
    "method.SELF": "Vom Mitglied",
    "method.STAFF": "Vom Team",
    "method.AUTO": "Vom Haus",
    "pass_type.UNLIMITED_SERIES": "Abo",
    "pass_type.PUNCH_PASS": "Punktekarte",
    "pass_type.FULL_COURSE": "Ganzer Kurs",
    # auf eine Karte gedruckt
    "card.member": "Mitglied",
    "card.since": "Seit",
    "card.hold": "Hier halten",
    "card.scale": "50 mm, bei 100 %",
    # was nicht geht, und was hilft
    "error.other": "Das geht nicht. Bitte fragen Sie die Person, die Tessera betreut.",
    "error.time.zone_missing": "Bei „{given}“ fehlt die Zeitzone. Bitte ergänzen, etwa Z oder +01:00.",
    "error.time.not_understood": "„{given}“ ist keine Zeitangabe. Bitte so schreiben: 2026-11-21T18:00:00+01:00.",
    "error.time.zone_unknown": "Eine Zeitzone „{given}“ gibt es nicht. Bitte einen Namen wie Europe/Berlin nehmen.",
    "error.time.ends_before_it_starts": "Das Ende liegt nicht nach dem Anfang. Bitte beide Zeiten prüfen.",
    "error.wire.not_understood": (
        "Was gesendet wurde, lässt sich nicht als {kind} lesen. Bitte prüfen, ob beide Seiten zusammenpassen."
    ),
    "error.settings.not_understood": (
        "Die Einstellung {name} kann nicht „{given}“ sein. Bitte berichtigen und neu starten."
    ),
    "error.kiosk.already_running": (
        "Ein Kiosk nutzt den Ordner {folder} schon. Bitte erst beenden, oder einen anderen Ordner wählen."
    ),
    "error.card.not_a_code": "Das ist kein Kartencode: er hat 29 Zeichen und beginnt mit T1. Bitte ganz abschreiben.",
    "error.card.sheet_unknown": "Einen Bogen „{given}“ gibt es nicht. Wählen Sie a4 oder letter.",
    "error.organization.none": "In dieser Datenbank ist noch kein Studio. `tessera demo` macht eines zum Ansehen.",
    "error.file.cannot_be_written": "{file} kann nicht geschrieben werden: {why}. Wählen Sie einen anderen Ort.",
    "error.organization.there_already": "In dieser Datenbank ist schon ein Studio. Ein zweites braucht eine eigene.",
    "error.job.unknown": "Einen Auftrag „{given}“ gibt es nicht. Es gibt {known}.",
    "error.job.not_yet": (
        "{given} kommt erst noch, und danach lässt sich niemand beurteilen. Bitte einen früheren Zeitpunkt nennen."
    ),
    "error.camera.not_usable": "So geht die Kamera nicht. {why}",
    "error.venue.which": "Bitte sagen, welcher Ort: {known}.",
    "error.demo.folder_not_ours": (
        "Der Ordner {folder} stammt nicht von einer Vorführung und bleibt, wie er ist. Bitte einen anderen wählen."
    ),
    "error.demo.not_a_folder": "{folder} ist kein Ordner. Bitte einen anderen Ort für die Vorführung wählen.",
    "error.demo.port_taken": "Port {port} ist belegt. Bitte einen anderen wählen oder beenden, was ihn nutzt.",
    "error.demo.process_fell": "{name} hat sich von selbst beendet. Warum, steht im Protokoll: {log}",
    "error.demo.not_up": (
        "Unter {address} antwortet nach {seconds} Sekunden "
        "nichts. Bitte in die Protokolle im Ordner der Vorführung sehen."
    ),
    "error.field.missing": "„{field}“ ist leer. Bitte ausfüllen.",
    "error.field.too_long": "„{field}“ ist zu lang. Es fasst {longest} Zeichen.",
    "error.field.not_understood": "„{field}“ kann nicht {given} sein. Bitte berichtigen.",
    "error.field.out_of_range": "„{field}“ ist {given}; möglich ist {least} bis {most}.",
    "error.member.not_found": "Dieses Mitglied gibt es in diesem Studio nicht. Bitte noch einmal suchen.",
    "error.member.email_taken": (
        "{name} nutzt {email} schon. Bitte eine andere Adresse nehmen, oder dieses Mitglied öffnen."
    ),
    "error.member.number_taken": "Die Mitgliedsnummer {number} ist vergeben. Bitte eine andere wählen.",
    "error.venue.not_found": "Dieses Haus gibt es hier nicht. Bitte eines aus der Liste wählen.",
    "error.room.not_found": "Diesen Raum gibt es hier nicht. Bitte einen aus der Liste wählen.",
    "error.instructor.not_found": "Diese Kursleitung gibt es hier nicht. Bitte aus der Liste wählen.",
    "error.class_type.not_found": "Diese Kursart gibt es hier nicht. Bitte eine aus der Liste wählen.",
    "error.course.not_found": "Diesen Kurs gibt es hier nicht. Bitte einen aus der Liste wählen.",
    "error.course_part.not_found": "Dieser Kurs hat keinen Teil {part}. Bitte einen anderen wählen.",
    "error.session.not_found": "Diesen Termin gibt es hier nicht. Bitte die Liste neu laden.",
    "error.session.room_in_another_venue": (
        "Dieser Raum liegt in einem anderen Haus. Bitte einen im Haus des Termins wählen."
    ),
    "error.session.course_without_part": (
        "Ein Kurstermin braucht beides, Kurs und Teil. Bitte beides angeben, oder keines."
    ),
    "error.reservation.not_found": "Diese Reservierung gibt es hier nicht. Bitte die Liste neu laden.",
    "error.reservation.step_not_allowed": (
        "Aus einer Reservierung {before} kann nicht {after} werden. Bitte neu laden und nachsehen, wie sie steht."
    ),
    "error.plan.not_found": "Dieses Angebot gibt es hier nicht. Bitte eines aus der Liste wählen.",
    "error.plan.retired": "„{title}“ wird nicht mehr verkauft. Bitte ein anderes Angebot wählen.",
    "error.plan.punches_are_for_punch_passes": (
        "Eine Punktekarte braucht eine Zahl von Punkten, und nur sie. Bitte die Art prüfen."
    ),
    "error.plan.course_is_for_full_courses": (
        "Ein Pass für einen ganzen Kurs braucht diesen Kurs, und nur er. Bitte die Art prüfen."
    ),
    "error.pass.not_found": "Diesen Pass gibt es hier nicht. Bitte das Mitglied neu öffnen.",
    "error.pass.is_not_punched": "„{title}“ ist keine Punktekarte und hat keine Punkte.",
    "error.pass.punches_not_there": "Auf diesem Pass sind nur {available} Punkte frei. Bitte weniger nehmen.",
    "error.suspension.not_found": "Diese Pause gibt es hier nicht. Bitte das Mitglied neu öffnen.",
    "error.suspension.is_over": "Diese Pause ist schon vorbei. Es gibt nichts mehr aufzuheben.",
    "error.override.not_found": "Diese Ausnahme gibt es hier nicht. Bitte das Mitglied neu öffnen.",
    "error.override.cannot_lift": "{reason} lässt sich nicht auf Zeit aufheben. Bitte die Ursache beheben.",
    "error.override.too_long": "Eine Ausnahme gilt höchstens {days} Tage. Bitte ein früheres Ende wählen.",
    "error.override.needs_a_person": "Eine Ausnahme macht jemand aus dem Team. Bitte anmelden und sie dort eintragen.",
    "error.staff.not_found": "Diese Person gehört nicht zum Team. Bitte eine aus der Liste wählen.",
    "error.staff.unknown": "Diese Person gehört nicht oder nicht mehr zum Team. Bitte neu anmelden.",
    "error.staff.may_not": "Die Rolle {role} schließt das nicht ein. Bitte fragen Sie die Studioleitung.",
    "error.staff.email_taken": "{email} gehört schon jemandem im Team. Bitte eine andere Adresse nehmen.",
    "error.staff.last_owner": (
        "{name} leitet das Studio als letzte Person. Bitte erst jemand anderem die Leitung geben."
    ),
    "error.password.too_short": "Dieses Passwort ist zu kurz. Bitte mindestens {least} Zeichen nehmen.",
    "error.sign_in.wrong": "E-Mail und Passwort passen nicht zusammen. Bitte noch einmal versuchen.",
    "error.sign_in.needed": "Bitte anmelden.",
    "error.sign_in.wait": "Es wurden zu viele Passwörter versucht. Bitte ein paar Minuten warten, dann noch einmal.",
    "error.api_token.unknown": "Dieses Zugangswort öffnet hier nichts. Bitte ein neues machen.",
    "error.api_token.not_found": "Dieses Zugangswort gibt es hier nicht. Bitte die Liste neu laden.",
    "error.organization.not_found": "Dieses Studio gibt es hier nicht. Bitte prüfen, welches gemeint war.",
    "error.organization.which": "Hier gibt es mehr als ein Studio. Bitte sagen, welches.",
    "error.pass.of_another_member": "Dieser Pass gehört jemand anderem. Bitte das Mitglied noch einmal öffnen.",
    "error.reservation.is_over": "Diese Reservierung steht schon auf {status} und kann nicht mehr abgesagt werden.",
    "error.reservation.of_another_session": (
        "Diese Reservierung gilt für einen anderen Termin. Bitte die Liste neu laden."
    ),
    "error.check_in.how_many": (
        "Bitte mindestens ein Mitglied oder eine Reservierung nennen, und höchstens {most} auf einmal."
    ),
    "error.api_token.names_nobody": (
        "Wer vom Team eincheckt, muss genannt sein. "
        "Bitte staffId mitschicken oder ein Zugangswort nehmen, das jemand vom Team gemacht hat."
    ),
    "error.time.span_too_long": "Das ist eine zu lange Zeit. Bitte höchstens {days} Tage auf einmal anfragen.",
    "error.device.not_found": "Diesen Kiosk gibt es hier nicht. Bitte die Liste neu laden.",
    "error.card.not_found": "Diese Karte gibt es hier nicht. Bitte das Mitglied neu öffnen.",
    "error.card.key_does_not_fit": (
        "Der geheime Schlüssel dieser Anlage passt nicht zu den Karten. Bitte den früheren wieder einsetzen."
    ),
    "error.card.colour_unreadable": "„{colour}“ ist keine Farbe. Bitte so schreiben: #a84a2a.",
    "error.card.letters_without_a_font": (
        "Auf der Karte {member_number} stehen Zeichen, die keine Schrift hier kennt: {letters} Bitte anders schreiben."
    ),
    "error.card.logo_unreadable": (
        "Das Logo ist kein Bild, das sich zeichnen lässt. Bitte PNG oder JPEG bis 16 Megapixel nehmen."
    ),
    "error.card.none_to_print": "Es gibt keine Karte zu drucken. Bitte mindestens ein Mitglied wählen.",
    "error.undo.needs_a_reason": "Einen Check-in zurückzunehmen braucht einen Grund. Bitte einen nennen.",
    "error.visit.not_found": "Diesen Check-in gibt es hier nicht. Bitte die Liste neu laden.",
    "error.attempt.not_found": "Diesen Vorgang gibt es hier nicht. Bitte die Liste neu laden.",
    "error.attempt.other_under_same_id": (
        "Unter dieser Nummer wurde schon etwas anderes gemeldet. Es liegt zum Ansehen bereit."
    ),
    "error.attempt.of_another_device": "Dieser Eintrag gehört zu einem anderen Kiosk. Er liegt zum Ansehen bereit.",
    "error.attempt.proof_does_not_fit": (
        "Der Kiosk konnte nicht zeigen, dass die Karte wirklich da war. Der Eintrag liegt zum Ansehen bereit."
    ),
    "error.attempt.of_another_member": (
        "Der Kiosk hielt die Karte für die einer anderen Person. Der Eintrag liegt zum Ansehen bereit."
    ),
    "error.attempt.seq_taken": "Der Kiosk hat die Nummer {seq} zweimal vergeben. Der Eintrag liegt zum Ansehen bereit.",
    "error.attempt.undone_is_unknown": (
        "Was zurückgenommen wurde, ist hier nicht bekannt. Der Eintrag liegt zum Ansehen bereit."
    ),
    "error.attempt.subject_is_unknown": (
        "Mitglied oder Termin sind hier nicht bekannt. Der Eintrag liegt zum Ansehen bereit."
    ),
    "error.attempt.reservation_is_not_theirs": (
        "Die Reservierung gehört jemand anderem. Der Eintrag liegt zum Ansehen bereit."
    ),
    "error.attempt.visit_key_is_not_theirs": "Der Besuch gehört jemand anderem. Der Eintrag liegt zum Ansehen bereit.",
    "error.attempt.cannot_be_asked": "Ein Vorgang der Art {kind} kann nur gemeldet, nicht gefragt werden.",
    "error.device.unknown": "Diesen Kiosk kennen wir hier nicht. Bitte neu koppeln.",
    "error.device.revoked": "Dieser Kiosk wurde vom Team geschlossen. Bitte neu koppeln, falls das nicht gemeint war.",
    "error.pairing.code_not_valid": (
        "Dieser Kopplungscode ist verbraucht, zu alt oder vertippt. Bitte einen neuen machen."
    ),
    "error.card.none_issued": "Mitglied {member_number} hat noch keine Karte. Bitte erst eine ausstellen.",
    "error.http.failure": (
        "Hier ging etwas kaputt und ist notiert. Der Person, die Tessera betreut, bitte Nummer {reference} nennen."
    ),
    "error.http.not_found": "Unter dieser Adresse gibt es nichts. Bitte mit der Liste der Wege vergleichen.",
    "error.http.not_allowed": "Diese Adresse nimmt diese Methode nicht. Bitte mit der Liste der Wege vergleichen.",
    "error.http.too_large": "Das ist mehr, als in eine Anfrage passt. Bitte in Teilen senden.",
    "error.http.other": "Diese Anfrage lässt sich nicht beantworten. Bitte prüfen, wie sie gestellt ist.",
}
