"""The kiosk's SQLite file: opened with the settings the promises need, checked, and written in whole transactions.

It refuses an SQLite that may damage its own file, and a file that is damaged.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import apsw

Value = str | int | float | bytes | None
"""What a cell of a table can hold."""
SQLITE_VERSION = apsw.sqlite_lib_version()
OLDEST_SQLITE = (3, 51, 3)
"""Before it, a WAL may be damaged when two connections write and checkpoint together."""

DISK_FAILURES = (apsw.Error, OSError)
"""What any verb of the store raises when the disk is full, gone or damaged."""
_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    # What is deleted (a member who left, a revoked device's list) is gone from the disk, not only from the tables.
    "PRAGMA secure_delete=ON",
)


class SqliteTooOld(RuntimeError):
    """This machine's SQLite may damage the journal. Its text is a sentence for whoever sets up the kiosk."""


class DatabaseDamaged(RuntimeError):
    """The file is not a sound SQLite database."""


class Database:
    """One connection, used by one thread at a time: a reader never sees half of what another thread writes."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._lock = RLock()

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """The connection, for SELECTs."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One IMMEDIATE transaction: all of it is on the disk when the block has ended, or none of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._commit()
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _commit(self) -> None:
        """On the disk when it returns."""
        self._connection.execute("COMMIT")

    def compact(self) -> None:
        """Write the file anew, so that nothing deleted is left in it or beside it."""
        with self._lock:
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        with self._lock:
            self._connection.close()


def open_database(
    path: Path,
    *,
    sqlite_version: str | None = None,
    vfs: str | None = None,
    kind: Callable[[apsw.Connection], Database] | None = None,
) -> Database:
    """Open or make the file, through SQLite's own way to the disk or the one called `vfs`.

    Raises SqliteTooOld and DatabaseDamaged; a failing disk raises apsw's own errors.
    """
    refuse_old_sqlite(sqlite_version or apsw.sqlite_lib_version())
    connection = apsw.Connection(str(path), vfs=vfs)
    try:
        connection.set_busy_timeout(5000)
        for setting in _SETTINGS:
            connection.execute(setting).fetchall()
        verdict = connection.execute("PRAGMA quick_check(1)").fetchall()
    except (apsw.CorruptError, apsw.NotADBError) as error:
        connection.close()
        raise DatabaseDamaged(str(error)) from error
    except apsw.Error:
        connection.close()
        raise
    if verdict != [("ok",)]:
        connection.close()
        raise DatabaseDamaged(str(verdict[0][0]))
    return (kind or Database)(connection)


def rows(connection: apsw.Connection, sql: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
    """All rows of a SELECT."""
    return list(connection.execute(sql, values))


def first_row(connection: apsw.Connection, sql: str, values: Sequence[Value] = ()) -> tuple[Any, ...] | None:
    """Its first row, if it has one."""
    return next(iter(connection.execute(sql, values)), None)


def number(connection: apsw.Connection, sql: str, values: Sequence[Value] = ()) -> int:
    """The one whole number that a SELECT gives."""
    found = first_row(connection, sql, values)
    if found is None:
        raise LookupError(sql)
    return int(found[0])


def refuse_old_sqlite(version: str) -> None:
    """`version` as SQLite tells it: `3.51.3`."""
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise SqliteTooOld(f"SQLite {version} may damage the kiosk's journal; Tessera needs {needed} or newer.")
