"""Small things the kiosk remembers by name, in the table `note`: versions, the venue, the last contact."""

from datetime import datetime
from enum import StrEnum

import apsw

from core import clocktime


class Note(StrEnum):
    """Every name there is."""

    REPLICA_VERSION = "replica_version"
    REPLICA_MARK = "replica_mark"
    REPLICA_GENERATION = "replica_generation"
    REPLICA_SYNCED_AT = "replica_synced_at"
    REPLICA_SUM = "replica_sum"
    """What `sum_of_list` gave when the list was last changed: tables of another moment give another."""
    DENIED_AT = "denied_at"
    """When the deny list was as it is."""
    IS_STARTING_OVER = "is_starting_over"
    VENUE = "venue"
    POLICY = "policy"
    SESSIONS = "sessions"
    LAST_CONTACT_AT = "last_contact_at"
    LATEST_AT = "latest_at"
    LAST_BEAT = "last_beat"
    """When the kiosk was last known to run, as a `core.protocol.Stamp`."""
    CHECKED_AT = "checked_at"
    """The file was looked over and copied, and both were found whole."""
    ONLY_WELCOME = "only_welcome"
    """Ids of staff who may let people in and nothing more."""
    OUT_OF_ORDER = "out_of_order"
    """Staff put this kiosk out of order, and why; gone once they put it back."""
    JOURNAL_DOUBTED_AT = "journal_doubted_at"
    """Some attempts from before this instant may have been lost with a damaged file."""


def note(connection: apsw.Connection, key: Note) -> str | None:
    row = connection.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def put_note(connection: apsw.Connection, key: Note, value: str) -> None:
    connection.execute(
        "INSERT INTO note VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
    )


def drop_notes(connection: apsw.Connection, *keys: Note) -> None:
    for key in keys:
        connection.execute("DELETE FROM note WHERE key = ?", (key,))


def number_noted(connection: apsw.Connection, key: Note) -> int:
    """0 where nothing was noted."""
    return int(note(connection, key) or 0)


def instant_noted(connection: apsw.Connection, key: Note) -> datetime | None:
    text = note(connection, key)
    return clocktime.from_ms(int(text)) if text else None


def put_instant(connection: apsw.Connection, key: Note, at: datetime) -> None:
    put_note(connection, key, str(clocktime.to_ms(at)))
