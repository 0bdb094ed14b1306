"""What is saved out of a damaged file: it is set aside under a name of its own, and its untold attempts are read out.

It refuses to delete the damaged file: what cannot be read today may be read by somebody else.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import apsw

from core import wire
from core.errors import TesseraError
from core.protocol import Attempt
from kiosk.store.database import first_row

log = logging.getLogger(__name__)

ROWS_MISSED_IN_A_ROW = 2000
"""After so many numbers without a readable row this end of the table is given up."""


def set_aside(path: Path, at: datetime) -> Path:
    """Move the database (and its log) to a name that says what happened and when. Gives the new name."""
    stamp = at.strftime("%Y%m%dT%H%M%SZ")
    number, aside = 1, path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def untold_attempts_in(path: Path) -> tuple[Attempt, ...]:
    """Every untold attempt that can still be read out of the damaged file, row by row, in the order of writing."""
    try:
        connection = apsw.Connection(str(path))
    except apsw.Error as error:
        log.warning("Nothing can be read out of %s: %s", path.name, error)
        return ()
    try:
        found = {attempt.attempt_id: attempt for attempt in _readable(connection)}
    finally:
        connection.close()
    return tuple(sorted(found.values(), key=lambda attempt: (attempt.epoch, attempt.seq)))


def _readable(connection: apsw.Connection) -> Iterator[Attempt]:
    """From the newest row back, then from the oldest on: damage in the middle hides neither end."""
    yield from _walk(connection, "id < ? ORDER BY id DESC", start=2**62, step=-1)
    yield from _walk(connection, "id > ? ORDER BY id", start=0, step=1)


def _walk(connection: apsw.Connection, onward: str, *, start: int, step: int) -> Iterator[Attempt]:
    missed, row_id = 0, start
    while missed < ROWS_MISSED_IN_A_ROW:
        try:
            row = first_row(connection, f"SELECT id, body, told_at FROM attempt WHERE {onward} LIMIT 1", (row_id,))
        except apsw.Error:
            missed, row_id = missed + 1, row_id + step
            continue
        if row is None:
            return
        missed, row_id = 0, row[0]
        if row[2] is None and (attempt := _parsed(row[1])):
            yield attempt


def _parsed(body: object) -> Attempt | None:
    try:
        return wire.from_json(Attempt, str(body))
    except (TesseraError, ValueError):
        return None
