"""Was über Dateien aus einem anderen System gesagt wird, auf Deutsch."""

SENTENCES: dict[str, str] = {
    "error.import.no_such_kind": "Zeilen können nicht „{given}“ sein. Bitte eines davon wählen: {known}.",
    "error.import.no_such_system": (
        "Die Spalten von „{given}“ sind hier nicht bekannt. Bitte eines von {known} wählen, oder keines."
    ),
    "error.import.no_such_column": (
        "Genau eine Spalte „{column}“ gibt es in dieser Datei nicht. Ihre Spalten sind: {known}."
    ),
    "error.import.no_such_field": "Eine Spalte kann nicht „{field}“ sein. Bitte eines davon wählen: {known}.",
    "error.import.no_such_choice": "„{given}“ sagt nicht, welche Spalte was ist. Bitte SPALTE=FELD schreiben.",
    "error.import.field_twice": "Zwei Spalten können nicht beide „{field}“ sein. Bitte eine davon weglassen.",
    "error.import.columns_missing": (
        "Keine Spalte ist als {fields} bekannt. Bitte sagen, welche es ist. Mehrdeutig sind: {doubtful}."
    ),
    "error.import.no_such_order": "Tage können nicht „{given}“ geschrieben sein. Bitte eines davon wählen: {known}.",
    "error.import.days_mixed": "In „{column}“ steht teils der Tag vorn, teils der Monat. Bitte die Datei berichtigen.",
    "error.import.days_ambiguous": (
        "In „{column}“ verrät nichts, ob {example} mit dem Tag oder dem Monat beginnt. Bitte angeben."
    ),
    "error.import.no_header": (
        "Die erste Zeile ist keine Kopfzeile mit Spalten. Bitte die Datei mit einer neu exportieren."
    ),
    "error.import.empty": "In dieser Datei steht nichts. Bitte neu exportieren.",
    "error.import.too_many_columns": "Diese Datei hat mehr als {most} Spalten. Bitte weniger exportieren.",
    "error.import.too_many_rows": "Diese Datei hat mehr als {most} Zeilen. Bitte in mehreren Teilen senden.",
    "error.import.not_text": "Diese Datei ist kein lesbarer Text. Bitte als CSV in UTF-8 exportieren.",
    "error.import.spreadsheet": "Das ist die eigene Datei eines Tabellenprogramms. Bitte dort als CSV speichern.",
    "error.import.utf_16": "Diese Datei ist in UTF-16 geschrieben. Bitte als CSV in UTF-8 speichern.",
    "error.import.line_too_long": (
        "Zeile {row} hat mehr als {most} Zeichen und kein Ende. Bitte prüfen, ob es die richtige Datei ist."
    ),
    "error.import.quotes": (
        "Ab Zeile {row} passen die Anführungszeichen nicht zusammen. Bitte die Zeile berichtigen oder neu exportieren."
    ),
    "error.pass.taken_over_before": (
        "Dieser Pass, „{title}“, wurde schon übernommen. Bitte die Pässe des Mitglieds ansehen."
    ),
    "desk.import.verdict.NEW": "Neu",
    "desk.import.verdict.SAME": "Wie bisher",
    "desk.import.verdict.CHANGED": "Geändert",
    "desk.import.verdict.PROBLEM": "Nicht übernommen",
    "desk.import.not_a_day": "„{column}“ ist {given}, das ist kein Tag. Bitte so schreiben: 2026-11-21.",
    "desk.import.not_a_clock": "„{column}“ ist {given}, das ist keine Uhrzeit. Bitte so schreiben: 18:30.",
    "desk.import.not_a_moment": (
        "„{column}“ ist {given}, das ist kein Tag mit Uhrzeit. Bitte so schreiben: 2026-11-21 18:30."
    ),
    "desk.import.not_a_phone": (
        "„{column}“ ist {given}; das ist keine Telefonnummer, oder ein Tabellenprogramm hat sie verdorben. Bitte "
        "berichtigen."
    ),
    "desk.import.not_a_count": "„{column}“ ist {given}, das ist keine ganze Zahl. Bitte berichtigen.",
    "desk.import.not_yes_or_no": "„{column}“ ist {given}, das ist weder ja noch nein. Bitte berichtigen.",
    "desk.import.not_a_pass_type": (
        "„{column}“ ist {given}, das ist keine Art von Pass. Bitte PUNCH_PASS, UNLIMITED_SERIES oder FULL_COURSE "
        "schreiben."
    ),
    "desk.import.not_a_language": (
        "„{column}“ ist {given}; das wird hier nicht gesprochen. Bitte en, de, fr, es, pl oder ar schreiben oder "
        "die Spalte weglassen."
    ),
    "desk.import.formula": "„{column}“ ist {given}, das ist eine Formel. Bitte den Wert selbst schreiben.",
    "desk.import.signs": "„{column}“ ist {given}, mit Zeichen, die kein Text sind. Bitte neu schreiben.",
    "desk.import.too_many_cells": (
        "Die Zeile hat mehr Felder, als es Spalten gibt: {given}. Vielleicht fehlen Anführungszeichen um ein Komma."
    ),
    "desk.import.row_twice": "Zeile {row} betrifft dasselbe. Nur sie zählt.",
    "desk.import.no_identity": (
        "Ohne Kennung, E-Mail oder Nummer ist diese Zeile nicht wiederzuerkennen. Bitte eines davon ergänzen."
    ),
    "desk.import.email_of_several": (
        "Mehrere Mitglieder haben die E-Mail {email}. Bitte mit Kennung oder Nummer sagen, wer gemeint ist."
    ),
    "desk.import.email_of_another": (
        "{name} hat die E-Mail {email}. Eine Adresse ist ein Mitglied; bitte eine der beiden berichtigen."
    ),
    "desk.import.number_of_another": "{name} hat die Nummer {number}. Bitte eine der beiden berichtigen.",
    "desk.import.member_unknown": "Hier ist niemand „{given}“. Bitte zuerst die Mitglieder übernehmen.",
    "desk.import.member_erased": "Dieses Mitglied wurde auf Wunsch gelöscht und kommt nicht durch eine Datei zurück.",
    "desk.import.changes": "Jetzt anders: {fields}.",
    "desk.import.known_here": "Ist schon hier, als Nummer {number}.",
    "desk.import.left_alone": "In der Datei auch anders und nur von Hand zu ändern: {fields}.",
    "desk.import.pass_changed": (
        "Dieser Pass wurde schon übernommen, und die Datei sagt jetzt etwas anderes. Was hier steht, bleibt; "
        "bitte von Hand berichtigen."
    ),
    "desk.import.reservation_changed": (
        "Dieser Platz wurde schon übernommen, und die Datei sagt jetzt etwas anderes. Was hier steht, bleibt; "
        "bitte von Hand berichtigen."
    ),
    "desk.import.pass_over": (
        "Dieser Pass ist abgelaufen oder verbraucht. Übernommen wird nur, was noch jemanden einlässt."
    ),
    "desk.import.plan_unknown": (
        "Kein Angebot heißt „{title}“, und die Datei sagt zu wenig, um eines anzulegen. Bitte das Angebot anlegen "
        "oder eine Spalte mit der Art ergänzen."
    ),
    "desk.import.plan_twice": (
        "Mehrere Angebote heißen „{title}“. Bitte die Art angeben, oder wie viele Punkte verkauft wurden."
    ),
    "desk.import.plan_of_another_type": (
        "Das Angebot „{title}“ ist von anderer Art. Bitte die Datei berichtigen oder das Angebot umbenennen."
    ),
    "desk.import.makes_plan": "Das Angebot „{title}“ wird dafür angelegt.",
    "desk.import.punches_missing": (
        "„{title}“ ist ein Punktepass, und die Zeile sagt nicht, wie viele Punkte übrig sind. Bitte ergänzen."
    ),
    "desk.import.punches_not_for_this": (
        "„{title}“ wird nicht mit Punkten bezahlt, aber die Zeile sagt, wie viele übrig sind. Bitte eines von "
        "beiden berichtigen."
    ),
    "desk.import.session_not_said": "Die Zeile sagt nicht, welcher Kurs oder wann. Bitte ergänzen.",
    "desk.import.in_the_past": "{when} ist vorbei. Übernommen werden nur künftige Plätze.",
    "desk.import.session_unknown": "Ein „{title}“ am {when} gibt es nicht. Bitte den Termin zuerst anlegen.",
    "desk.import.session_twice": "„{title}“ gibt es am {when} mehrmals. Bitte sagen, in welchem Haus.",
    "desk.import.venue_unknown": "Kein Haus heißt „{name}“. Bitte so schreiben, wie es hier heißt.",
}
