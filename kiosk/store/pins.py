"""Staff cards known here, and how often a PIN was tried: counted on the disk before the PIN is looked at.

It refuses to forget a count for anything but a right PIN or a new one, and never sees a PIN itself.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import apsw

from core import clocktime, wire
from core.pins import PinRefused, Tries, counted, rebased
from core.protocol import StaffVerifier
from kiosk.store.database import Database, first_row, rows
from kiosk.store.notes import Note, note, put_note


class Pins:
    """The tables `staff` and `pin_try`. Every verb is one transaction and is on the disk when it returns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_card(self, card: str) -> StaffVerifier | None:
        """By the fingerprint of a staff card."""
        with self._database.reading() as connection:
            row = first_row(connection, "SELECT card, staff_id, verifier, sealed FROM staff WHERE card = ?", (card,))
        return StaffVerifier(card=row[0], staff_id=row[1], verifier=row[2], sealed=row[3]) if row else None

    def may_serve(self, staff_id: str) -> bool:
        """Whether they may do more than let people in, as the list last said. Nobody who is not on it may."""
        with self._database.reading() as connection:
            is_listed = first_row(connection, "SELECT 1 FROM staff WHERE staff_id = ?", (staff_id,)) is not None
            only_welcome = wire.from_json(tuple[str, ...], note(connection, Note.ONLY_WELCOME) or "[]")
        return is_listed and staff_id not in only_welcome

    def count_try(self, staff_id: str, at: datetime) -> Tries | PinRefused:
        """One more try, counted for certain when this returns; or why the PIN is not to be looked at now."""
        with self._database.writing() as connection:
            against = _pin_now(connection, staff_id)
            before = _tries(connection, staff_id, against)
            now = rebased(before, at)
            step = counted(now, at)
            if isinstance(step, Tries) or now != before:
                _write(connection, staff_id, step if isinstance(step, Tries) else now, against, at)
            return step

    def clear(self, staff_id: str) -> None:
        """The PIN was right."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM pin_try WHERE staff_id = ?", (staff_id,))

    def tries(self, staff_id: str) -> Tries:
        """As they stand."""
        with self._database.reading() as connection:
            return _tries(connection, staff_id, _pin_now(connection, staff_id))


def put_staff(connection: apsw.Connection, staff: Iterable[StaffVerifier]) -> None:
    """The whole list, inside a transaction. Counts stay: they belong to a PIN, not to the list."""
    known = tuple(staff)
    connection.execute("DELETE FROM staff")
    connection.executemany(
        "INSERT OR REPLACE INTO staff VALUES (?, ?, ?, ?)",
        [(one.card, one.staff_id, one.verifier, one.sealed) for one in known],
    )
    put_note(connection, Note.ONLY_WELCOME, wire.to_json(tuple(one.staff_id for one in known if not one.may_serve)))


def _pin_now(connection: apsw.Connection, staff_id: str) -> str:
    """Names the PIN that is set: it changes with it and tells nothing of it."""
    found = rows(connection, "SELECT verifier FROM staff WHERE staff_id = ? ORDER BY card", (staff_id,))
    return hashlib.sha256("\n".join(verifier for (verifier,) in found).encode()).hexdigest()


def _tries(connection: apsw.Connection, staff_id: str, against: str) -> Tries:
    row = first_row(connection, "SELECT count, last_at, against FROM pin_try WHERE staff_id = ?", (staff_id,))
    if row is None or row[2] != against:
        return Tries()
    return Tries(count=row[0], last_at=clocktime.from_ms(row[1]))


def _write(connection: apsw.Connection, staff_id: str, tries: Tries, against: str, at: datetime) -> None:
    connection.execute(
        "INSERT INTO pin_try VALUES (?, ?, ?, ?) ON CONFLICT (staff_id) DO UPDATE"
        " SET count = excluded.count, last_at = excluded.last_at, against = excluded.against",
        (staff_id, tries.count, clocktime.to_ms(tries.last_at or at), against),
    )
