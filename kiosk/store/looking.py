"""Looks into a kiosk's folder without touching it, whether the kiosk runs or not: the file is opened read-only.

It repairs nothing, migrates nothing and leaves nothing behind, so anybody may look at any time.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import apsw

from core.errors import Conflict, Invalid, NotFound
from kiosk.store.files import FILE
from kiosk.store.migrations import STEPS, FileFromTheFuture

DAMAGE = (apsw.CorruptError, apsw.NotADBError)
"""What reading a damaged file raises, now or at any later row."""
TROUBLES_SHOWN = 5
LOCK = "lock"
"""Held by the one kiosk that runs on a folder."""


@contextmanager
def looked_into(folder: Path) -> Iterator[apsw.Connection]:
    """A read-only connection.

    Raises `NotFound` where there is no kiosk's data, `Conflict` where it is damaged, `Invalid` where it is somebody
    else's to read.
    """
    path = folder / FILE
    try:
        is_there = path.is_file()
    except PermissionError as trouble:
        raise Invalid("file.cannot_be_read", file=str(path), why=trouble.strerror or str(trouble)) from trouble
    if not is_there:
        raise NotFound("kiosk.no_data", folder=str(folder))
    try:
        with looked_at(path) as connection:
            if version_of(connection) > len(STEPS):
                raise FileFromTheFuture(f"{path} was written by a newer Tessera than this one.")
            yield connection
    except DAMAGE as damage:
        raise Conflict("kiosk.data_damaged", file=str(path), why=str(damage)) from damage


@contextmanager
def looked_at(path: Path) -> Iterator[apsw.Connection]:
    """A read-only connection to one file.

    Without a log beside it nobody writes: then it is read as it lies there, so that no log is made by looking.
    """
    is_written = path.with_name(path.name + "-wal").exists()
    address = f"file:{quote(str(path))}{'' if is_written else '?immutable=1'}"
    connection = apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    try:
        connection.set_busy_timeout(5000)
        yield connection
    finally:
        connection.close()


def is_in_use(folder: Path) -> bool:
    """Whether a kiosk runs on this folder: it holds the folder's lock."""
    lock = folder / LOCK
    if not lock.exists():
        return False
    with lock.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def version_of(connection: apsw.Connection) -> int:
    """How many steps of the migrations the file has seen."""
    return int(connection.pragma("user_version"))


def troubles(connection: apsw.Connection, *, thorough: bool = False) -> list[str]:
    """What SQLite's own check finds, in its words, at most five; `thorough` compares every index with its table."""
    check = "integrity_check" if thorough else "quick_check"
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA {check}({TROUBLES_SHOWN})")]
    except DAMAGE as damage:
        return [str(damage)]
    return [] if found == ["ok"] else found


def set_aside_in(folder: Path) -> tuple[str, ...]:
    """Names of damaged files that were set aside here, oldest first."""
    stem, suffix = FILE.rsplit(".", 1)
    return tuple(sorted(path.name for path in folder.glob(f"{stem}.damaged-*.{suffix}")))
