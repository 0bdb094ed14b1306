"""When this kiosk could not serve, kept until the server has held it for two weeks; and when it last ran."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import apsw

from core import clocktime, wire
from core.protocol import Outage, Stamp
from kiosk.store.database import Database, rows
from kiosk.store.notes import Note, note, put_note

KEPT_AFTER_HELD = timedelta(days=14)
MOST = 50
"""Told at once. What is beyond is told when these are held."""


class Outages:
    """One for each store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_beat(self) -> Stamp | None:
        """When the kiosk was last known to run."""
        with self._database.reading() as connection:
            text = note(connection, Note.LAST_BEAT)
        return wire.from_json(Stamp, text) if text else None

    def write(
        self, *, beat: Stamp, noted: Iterable[Outage] = (), ended: Mapping[str, Stamp] = MappingProxyType({}),
        dropped: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """The kiosk runs at `beat`, and all that became known by then, in one transaction. `ended` is by id."""
        with self._database.writing() as connection:
            put_note(connection, Note.LAST_BEAT, wire.to_json(beat))
            for outage in noted:
                _insert(connection, outage)
            for id_, at in ended.items():
                connection.execute("UPDATE outage SET ended = ? WHERE id = ?", (wire.to_json(at), id_))
            for id_ in dropped:
                connection.execute("DELETE FROM outage WHERE id = ?", (id_,))

    def running(self) -> tuple[Outage, ...]:
        """Those that were not over when it was last written down."""
        with self._database.reading() as connection:
            return tuple(map(_outage, rows(connection, f"{_SELECT} WHERE ended IS NULL ORDER BY rowid")))

    def to_tell(self) -> tuple[Outage, ...]:
        """Those that last, then those over that the server does not hold, the oldest first."""
        with self._database.reading() as connection:
            found = rows(connection, f"{_SELECT} WHERE held_at IS NULL ORDER BY ended IS NOT NULL, rowid LIMIT {MOST}")
        return tuple(map(_outage, found))

    def held(self, ids: Collection[str], at: datetime) -> None:
        """The server holds these, which it was told with their end."""
        if ids:
            with self._database.writing() as connection:
                for id_ in ids:
                    connection.execute("UPDATE outage SET held_at = ? WHERE id = ?", (clocktime.to_ms(at), id_))

    def tell_again(self) -> None:
        """The server lost what it held."""
        with self._database.writing() as connection:
            connection.execute("UPDATE outage SET held_at = NULL WHERE held_at IS NOT NULL")

    def clear_away(self, at: datetime) -> None:
        """Delete what the server has held for two weeks."""
        with self._database.writing() as connection:
            before = clocktime.to_ms(at - KEPT_AFTER_HELD)
            connection.execute("DELETE FROM outage WHERE held_at IS NOT NULL AND held_at < ?", (before,))


_SELECT = "SELECT id, why, began, ended FROM outage"


def _insert(connection: apsw.Connection, outage: Outage) -> None:
    ended = wire.to_json(outage.ended) if outage.ended else None
    connection.execute(
        "INSERT INTO outage (id, why, began, ended) VALUES (?, ?, ?, ?)",
        (outage.id, outage.why, wire.to_json(outage.began), ended),
    )


def _outage(row: tuple[Any, ...]) -> Outage:
    id_, why, began, ended = row
    return Outage(
        id=id_, why=why, began=wire.from_json(Stamp, began), ended=wire.from_json(Stamp, ended) if ended else None
    )
