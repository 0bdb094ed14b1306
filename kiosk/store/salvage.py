"""What is saved out of a damaged file: it is set aside under a name of its own, and its untold attempts are read out.

It refuses to delete the damaged file: what cannot be read today may be read by somebody else.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import apsw

from core import wire
from core.errors import TesseraError
from core.protocol import Attempt
from kiosk.store.database import first_row, rows

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Salvage:
    """What could be read, in the order of writing: `readable` all attempts, `untold` those the server has not got.

    `last_chains`: by epoch, the link of the last record that was concluded.
    """

    readable: tuple[Attempt, ...] = ()
    untold: tuple[Attempt, ...] = ()
    last_chains: Mapping[str, str] = field(default_factory=dict)


def read_out(path: Path) -> Salvage:
    """Whatever can still be read out of a file, row by row. A file that cannot be opened at all gives nothing."""
    try:
        connection = apsw.Connection(str(path))
    except apsw.Error as error:
        log.warning("Nothing can be read out of %s: %s", path.name, error)
        return Salvage()
    try:
        found = {attempt.attempt_id: (attempt, is_told) for attempt, is_told in _readable(connection)}
        noted = _last_chains(connection)
    finally:
        connection.close()
    in_order = sorted((attempt for attempt, _ in found.values()), key=_order)
    return Salvage(
        readable=tuple(in_order),
        untold=tuple(attempt for attempt in in_order if not found[attempt.attempt_id][1]),
        last_chains={attempt.epoch: attempt.chain for attempt in in_order if attempt.chain} | noted,
    )


def completed(damaged: Salvage, copy: Salvage) -> Salvage:
    """What a damaged file gave, and from an older, sound copy what could not be read in it any more."""
    known = {attempt.attempt_id for attempt in damaged.readable}
    untold, readable = (
        tuple(sorted((*own, *(attempt for attempt in older if attempt.attempt_id not in known)), key=_order))
        for own, older in ((damaged.untold, copy.untold), (damaged.readable, copy.readable))
    )
    return Salvage(
        readable=readable,
        untold=untold,
        last_chains={**copy.last_chains, **damaged.last_chains},
    )


def _order(attempt: Attempt) -> tuple[str, int]:
    return attempt.epoch, attempt.seq


def _last_chains(connection: apsw.Connection) -> dict[str, str]:
    try:
        return {epoch: chain for epoch, chain in rows(connection, "SELECT id, last_chain FROM epoch") if chain}
    except apsw.Error:
        return {}


def _readable(connection: apsw.Connection) -> Iterator[tuple[Attempt, bool]]:
    """From the newest row back, then from the oldest on: damage in the middle hides neither end."""
    yield from _walk(connection, "id < ? ORDER BY id DESC", start=2**62, step=-1)
    yield from _walk(connection, "id > ? ORDER BY id", start=0, step=1)


def _walk(connection: apsw.Connection, onward: str, *, start: int, step: int) -> Iterator[tuple[Attempt, bool]]:
    """Each attempt, and whether the server was told of it."""
    missed, row_id = 0, start
    while missed < ROWS_MISSED_IN_A_ROW:
        try:
            # As bytes: what lies in a damaged page need not be text at all.
            row = first_row(
                connection, f"SELECT id, CAST(body AS BLOB), told_at FROM attempt WHERE {onward} LIMIT 1", (row_id,)
            )
        except apsw.Error:
            missed, row_id = missed + 1, row_id + step
            continue
        if row is None:
            return
        if (row[0] - row_id) * step <= 0:  # pages of the damaged tree that lead back would be read for ever
            missed, row_id = missed + 1, row_id + step
            continue
        missed, row_id = 0, row[0]
        if attempt := _parsed(row[1]):
            yield attempt, row[2] is not None


def _parsed(body: object) -> Attempt | None:
    if not isinstance(body, bytes):
        return None
    try:
        return wire.from_json(Attempt, body)
    except (TesseraError, ValueError):
        return None
