"""The night's care for the kiosk's file: SQLite's thorough check, and a copy that was read back and found whole.

It works on a connection of its own, so that cards are answered meanwhile. It refuses to replace a sound copy by
anything that is not.
"""

import os
from pathlib import Path

import apsw

from kiosk.store.database import Database, number
from kiosk.store.identity import sync_folder
from kiosk.store.looking import DAMAGE, looked_at, troubles, version_of
from kiosk.store.notes import Note

CARRIED_OVER = (
    Note.REPLICA_VERSION,
    Note.REPLICA_MARK,
    Note.REPLICA_GENERATION,
    Note.REPLICA_SYNCED_AT,
    Note.IS_STARTING_OVER,
    Note.VENUE,
    Note.POLICY,
    Note.SESSIONS,
    Note.LAST_CONTACT_AT,
)
"""What belongs to the member list; how old it is comes with it, so the limits for old lists hold."""
_LIST = tuple(
    f"INSERT INTO main.{table} SELECT * FROM night.{table}"
    for table in ("member", "card", "denied", "staff", "pin_try")
)
"""Both files have the same tables: another version of the copy does not serve."""


class FileUnsound(RuntimeError):
    """The check found damage, in the file or in what was to become its copy. Its text says which and what."""


def check_and_copy(file: Path, copy: Path) -> None:
    """Raises FileUnsound, or what a full or failing disk raises; an older copy then stays as it is."""
    unfinished = copy.with_name(copy.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with looked_at(file) as connection:
            _refuse(file, troubles(connection, thorough=True))
            kept = _attempts(connection)
            connection.execute("VACUUM INTO ?", (str(unfinished),))
        unfinished.chmod(0o600)
        with looked_at(unfinished) as connection:
            _refuse(unfinished, troubles(connection, thorough=True))
            if _attempts(connection) < kept:
                raise FileUnsound(f"{unfinished.name} lacks attempts that {file.name} has")
        _sync(unfinished)
        unfinished.replace(copy)
        sync_folder(copy.parent)
    except DAMAGE as damage:
        raise FileUnsound(f"{file.name}: {damage}") from damage
    finally:
        unfinished.unlink(missing_ok=True)


def take_over_list(database: Database, copy: Path) -> bool:
    """The member list as it was by night, for a kiosk whose file was damaged. False: the copy does not serve."""
    try:
        with looked_at(copy) as connection:
            is_sound, version = not troubles(connection), version_of(connection)
        with database.reading() as connection:
            if not is_sound or version != version_of(connection):
                return False
            connection.execute("ATTACH ? AS night", (str(copy),))
            try:
                with database.writing():
                    for step in _LIST:
                        connection.execute(step)
                    marks = ", ".join("?" for _ in CARRIED_OVER)
                    connection.execute(
                        f"INSERT OR REPLACE INTO main.note SELECT key, value FROM night.note WHERE key IN ({marks})",
                        tuple(key.value for key in CARRIED_OVER),
                    )
            finally:
                connection.execute("DETACH night")
    except apsw.Error:
        return False
    return True


def _refuse(file: Path, found: list[str]) -> None:
    if found:
        raise FileUnsound(f"{file.name}: {'; '.join(found)}")


def _attempts(connection: apsw.Connection) -> int:
    return number(connection, "SELECT COUNT(*) FROM attempt")


def _sync(file: Path) -> None:
    """SQLite does not wait for the disk when it writes a copy."""
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
