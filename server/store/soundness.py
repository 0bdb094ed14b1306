"""Whether the database's file is as it was written. Asked quickly at every start, thoroughly in the night."""

from pathlib import Path

import apsw
from peewee import Database

from server.store.database import PooledSqlite, back_up_sqlite

WORST_FIRST = 5
"""Of a damaged file's troubles, so many are reported."""


class DamagedDatabase(RuntimeError):
    """The file is not what was written. Nothing is written to it any more; a copy has to take its place."""


def refuse_damaged(database: Database) -> None:
    """SQLite's quick check. Raises `DamagedDatabase`, saying what to do. PostgreSQL watches over itself."""
    if isinstance(database, PooledSqlite):
        _refuse(Path(str(database.database)), "quick_check")


def refuse_damaged_thoroughly(database: Database) -> None:
    """SQLite's integrity check: every index against its table. Takes as long as reading the whole file."""
    if isinstance(database, PooledSqlite):
        _refuse(Path(str(database.database)), "integrity_check")


def verified_copy(database: PooledSqlite, copy: Path) -> None:
    """A copy of the whole database, taken while others write, that was read back and found whole."""
    back_up_sqlite(database, copy)
    refuse_damaged_file(copy)


def refuse_damaged_file(file: Path) -> None:
    """The integrity check of a file that nobody has open. Raises `DamagedDatabase`."""
    _refuse(file, "integrity_check")


def _refuse(file: Path, check: str) -> None:
    if not file.exists():
        return
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(5000)
        troubles = [str(row[0]) for row in connection.execute(f"PRAGMA {check}({WORST_FIRST})")]
    except (apsw.CorruptError, apsw.NotADBError) as error:
        troubles = [str(error)]
    finally:
        connection.close()
    if troubles != ["ok"]:
        raise DamagedDatabase(
            f"{file} is damaged ({'; '.join(troubles)}). "
            f"Set it aside, put the newest copy in its place and start again; kiosks tell again what it lacks."
        )
