"""Copies of the whole database as files, taken while everybody works, and read back before they count."""

import fcntl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from peewee import Database
from psycopg.conninfo import conninfo_to_dict

from core.errors import Conflict
from server.store.database import PooledSqlite, proxy
from server.store.soundness import refuse_damaged_file, verified_copy

SQLITE_ENDING, POSTGRESQL_ENDING = ".db", ".dump"
UNFINISHED = ".unfinished"
LOCK = ".one-at-a-time"
LONGEST = 3600
"""Seconds that one of PostgreSQL's programs may take."""
CONNECTING = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


def ending() -> str:
    """What a copy of the bound database is called at its end."""
    return SQLITE_ENDING if _is_sqlite(proxy.obj) else POSTGRESQL_ENDING


def take_copy(copy: Path) -> None:
    """A copy of the bound database, whole and read back; nothing of that name is there before it is.

    Raises `Conflict` where a program of PostgreSQL's is missing or failed, `DamagedDatabase` where a copy of SQLite's
    is not what was written.
    """
    database = proxy.obj
    unverified = copy.with_name(copy.name + UNFINISHED)
    unverified.unlink(missing_ok=True)
    try:
        if _is_sqlite(database):
            verified_copy(database, unverified)
        else:
            _dump(str(database.database), unverified)
        unverified.replace(copy)
    finally:
        unverified.unlink(missing_ok=True)


def read_back(copy: Path) -> None:
    """Nothing, if everything in a copy can be read. Raises as `take_copy` does."""
    if SQLITE_ENDING in copy.suffixes:
        refuse_damaged_file(copy)
    else:
        _said([_program("pg_restore"), "--file=/dev/null", str(copy)], {})


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[bool]:
    """Whether it is our turn to take a copy there; a process that falls gives its turn back by falling."""
    with (folder / LOCK).open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _is_sqlite(database: Database) -> bool:
    return isinstance(database, PooledSqlite)


def _dump(url: str, copy: Path) -> None:
    """The password goes by the environment, since a command line is there for all to see."""
    given = conninfo_to_dict(url)
    connecting = {CONNECTING[name]: str(value) for name, value in given.items() if name in CONNECTING and value}
    _said([_program("pg_dump"), "--format=custom", "--no-owner", f"--file={copy}"], connecting)
    read_back(copy)


def _program(name: str) -> str:
    found = which(name)
    if found is None:
        raise Conflict("backup.no_program", program=name)
    return found


def _said(command: Sequence[str], environment: dict[str, str]) -> None:
    made = subprocess.run(
        command, env={"LC_ALL": "C", **environment}, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    if made.returncode:
        raise Conflict("backup.failed", why=made.stderr.strip().splitlines()[-1][:300] if made.stderr else "?")
