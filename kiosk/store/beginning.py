"""What is looked at before the first card: SQLite's whole check, the end of the journal, the sum of the member list.

A disk that said "synced" and did not may leave a file that SQLite finds sound and in which tables are of different
ages. It refuses such a file; it repairs nothing.
"""

import apsw

from core import wire
from core.chains import UNSOUND, Anchor, Record, Trouble, look_at
from core.errors import TesseraError
from kiosk.store.database import Database, DatabaseDamaged, first_row, rows
from kiosk.store.notes import Note, note
from kiosk.store.replica import sum_of_list

LOOKED_AT = 1000
"""So many of the newest records are checked link by link; all of them by night and by `tessera journal verify`."""


def refuse_torn(database: Database) -> None:
    """Raises DatabaseDamaged. For a file whose tables are the newest."""
    with database.reading() as connection:
        try:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchall()
            trouble = "" if verdict == [("ok",)] else str(verdict[0][0])
            trouble = trouble or _trouble_in_the_journal(connection) or _trouble_in_the_list(connection)
        except (apsw.CorruptError, apsw.NotADBError, UnicodeDecodeError) as error:
            trouble = str(error)
    if trouble:
        raise DatabaseDamaged(trouble)


def _trouble_in_the_journal(connection: apsw.Connection) -> str:
    newest = first_row(connection, "SELECT id, last_seq, last_chain FROM epoch ORDER BY number DESC LIMIT 1")
    strangers = first_row(connection, "SELECT epoch FROM attempt WHERE epoch NOT IN (SELECT id FROM epoch)")
    if newest is None or strangers:
        return "attempts of an epoch that is not there" if strangers else ""
    epoch, last_seq, last_chain = newest
    last = first_row(connection, "SELECT COALESCE(MAX(seq), 0) FROM attempt WHERE epoch = ?", (epoch,))
    has_rows = bool(last and last[0])
    if has_rows and last != (last_seq,):
        return f"the last number given is {last_seq}, the last attempt has another"
    report = look_at(_newest(connection, epoch), _anchor(connection, epoch, last_seq))
    for finding in report.findings:
        if finding.trouble in UNSOUND:
            return f"journal {finding.trouble.value.lower()} at {finding.numbers}"
    is_open = any(finding.trouble is Trouble.OPEN for finding in report.findings)
    return "the last link is another" if has_rows and not is_open and report.end != last_chain else ""


def _trouble_in_the_list(connection: apsw.Connection) -> str:
    noted = note(connection, Note.REPLICA_SUM)
    is_as_noted = noted is None or noted == sum_of_list(connection)
    return "" if is_as_noted else "the member list is not the one whose version is noted"


def _newest(connection: apsw.Connection, epoch: str) -> list[Record]:
    found = rows(
        connection,
        "SELECT seq, attempt_id, body FROM attempt WHERE epoch = ? ORDER BY seq DESC LIMIT ?",
        (epoch, LOOKED_AT),
    )
    return [_record(seq, attempt_id, body) for seq, attempt_id, body in reversed(found)]


def _record(seq: int, attempt_id: str, text: str) -> Record:
    try:
        body = wire.parsed(text)
    except TesseraError:
        body = None
    link = str(body.get("chain", "")) if isinstance(body, dict) else "not a record"
    return Record(seq=seq, attempt_id=attempt_id, chain=link, body=body)


def _anchor(connection: apsw.Connection, epoch: str, last_seq: int) -> Anchor:
    """The record before those: its own link is believed. Where none is left, what was noted as it was cleared away."""
    before = last_seq - LOOKED_AT
    row = first_row(
        connection, "SELECT json_extract(body, '$.chain') FROM attempt WHERE epoch = ? AND seq = ?", (epoch, before)
    )
    if row is not None:
        return Anchor(seq=before, chain=str(row[0]))
    kept = first_row(connection, "SELECT kept_after, kept_after_chain FROM epoch WHERE id = ?", (epoch,))
    return Anchor(seq=int(kept[0]), chain=kept[1]) if kept else Anchor()
