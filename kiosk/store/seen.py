"""What a kiosk's folder tells of how it stands, read without touching it."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from core import clocktime, wire
from core.errors import Conflict, TesseraError
from core.policy import Policy
from kiosk.store.database import number, rows
from kiosk.store.files import COPY
from kiosk.store.identity import Identity, read_identity
from kiosk.store.looking import is_in_use, looked_into, set_aside_in, troubles
from kiosk.store.notes import Note, instant_noted, note, number_noted


@dataclass(frozen=True, kw_only=True, slots=True)
class EpochSeen:
    """`number` below 1: saved out of a damaged file. `have_upto`: as the server last said."""

    epoch: str
    number: int
    last_seq: int
    have_upto: int
    untold: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """What the file holds. `open_attempts` were begun and have no outcome: under way, or cut off by a crash."""

    last_contact_at: datetime | None
    untold: int
    oldest_untold_at: datetime | None
    epochs: tuple[EpochSeen, ...]
    replica_version: int
    members: int
    synced_at: datetime | None
    policy_version: int | None
    open_attempts: int
    doubted_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderSeen:
    """`contents` is None where the file is damaged, and `trouble` says how. `disk_free` and `copy_bytes` in bytes."""

    folder: Path
    identity: Identity | None
    is_running: bool
    sqlite_version: str
    disk_free: int
    set_aside: tuple[str, ...]
    copy_made_at: datetime | None
    contents: Contents | None
    trouble: str


def folder_seen(folder: Path) -> FolderSeen:
    """Raises `NotFound` where there is no kiosk's data."""
    contents, trouble = None, ""
    try:
        with looked_into(folder) as connection:
            found = troubles(connection)
            contents, trouble = (None, "; ".join(found)) if found else (_contents(connection), "")
    except Conflict as damaged:
        trouble = str(damaged.values.get("why", damaged.code))
    copy = folder / COPY
    return FolderSeen(
        folder=folder,
        identity=read_identity(folder),
        is_running=is_in_use(folder),
        sqlite_version=apsw.sqlite_lib_version(),
        disk_free=shutil.disk_usage(folder).free,
        set_aside=set_aside_in(folder),
        copy_made_at=datetime.fromtimestamp(copy.stat().st_mtime, UTC) if copy.exists() else None,
        contents=contents,
        trouble=trouble,
    )


def _contents(connection: apsw.Connection) -> Contents:
    oldest = rows(connection, "SELECT MIN(at) FROM attempt WHERE told_at IS NULL")[0][0]
    return Contents(
        last_contact_at=instant_noted(connection, Note.LAST_CONTACT_AT),
        untold=number(connection, "SELECT COUNT(*) FROM attempt WHERE told_at IS NULL"),
        oldest_untold_at=clocktime.from_ms(oldest) if oldest is not None else None,
        epochs=tuple(
            EpochSeen(epoch=epoch, number=count, last_seq=last_seq, have_upto=have_upto, untold=untold)
            for epoch, count, last_seq, have_upto, untold in rows(
                connection,
                "SELECT id, number, last_seq, have_upto, (SELECT COUNT(*) FROM attempt"
                " WHERE epoch = epoch.id AND told_at IS NULL) FROM epoch ORDER BY number",
            )
        ),
        replica_version=number_noted(connection, Note.REPLICA_VERSION),
        members=number(connection, "SELECT COUNT(*) FROM member"),
        synced_at=instant_noted(connection, Note.REPLICA_SYNCED_AT),
        policy_version=_policy_version(connection),
        open_attempts=number(connection, "SELECT COUNT(*) FROM attempt WHERE outcome IS NULL"),
        doubted_at=instant_noted(connection, Note.JOURNAL_DOUBTED_AT),
    )


def _policy_version(connection: apsw.Connection) -> int | None:
    text = note(connection, Note.POLICY)
    try:
        return wire.from_json(Policy, text).version if text else None
    except TesseraError:
        return None
