"""Tables as the services see them and tables as migrations make them are the same, on both databases."""

import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest
from peewee import Database
from playhouse.schema_diff import diff_models

from server.store.database import OLDEST_SQLITE, SqliteTooOld, open_database, refuse_old_sqlite, release
from server.store.migrating import FOLDER, migrate
from server.store.tables import TABLES
from tests import databases


def test_migrations_make_exactly_the_tables_that_services_expect(database: Database) -> None:
    with database.connection_context():
        assert not diff_models(database, TABLES), diff_models(database, TABLES)
        for table in TABLES:
            made = {column.name: column for column in database.get_columns(table._meta.table_name)}
            for field in table._meta.sorted_fields:
                assert made[field.column_name].null == field.null, f"{table.__name__}.{field.name}"


def test_migrating_again_changes_nothing(database: Database) -> None:
    assert migrate(database) == []


START_AT_ONCE = """
import sys, time
from server.store.database import open_database
from server.store.migrating import migrate
database = open_database(sys.argv[1])
while time.time() < float(sys.argv[2]):
    pass
print(len(migrate(database)))
"""


@pytest.mark.parametrize("kind", databases.KINDS)
def test_three_processes_that_start_at_once_migrate_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if kind == "postgresql":
        server = request.getfixturevalue("postgresql_url")
        with databases.psycopg.connect(server, autocommit=True) as connection:
            connection.execute('CREATE DATABASE "three_at_once"')
        url = databases.named(server, "three_at_once")
    start = time.time() + 2
    processes = [
        subprocess.Popen([sys.executable, "-c", START_AT_ONCE, url, str(start)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    done = sorted(int(process.communicate(timeout=60)[0]) for process in processes)
    assert done == [0, 0, len(list(FOLDER.glob("[0-9]*.py")))]


def test_a_file_with_rows_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with apsw.Connection(str(path)) as old:
        old.execute("CREATE TABLE what_was_there (thing TEXT)")
        old.execute("INSERT INTO what_was_there VALUES ('a vase')")
    database = open_database(f"sqlite:///{path}")
    first = migrate(database)[0]
    release(database)
    copy = apsw.Connection(str(tmp_path / f"old.db.before-{first}"))
    assert copy.execute("SELECT thing FROM what_was_there").fetchall() == [("a vase",)]
    assert copy.execute("SELECT count(*) FROM sqlite_schema").fetchall() == [(1,)]


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2"])
def test_an_sqlite_that_can_damage_its_file_is_refused(version: str) -> None:
    with pytest.raises(SqliteTooOld, match="pip install --upgrade apsw"):
        refuse_old_sqlite(version)


def test_the_oldest_sqlite_without_the_fault_is_taken() -> None:
    refuse_old_sqlite(".".join(map(str, OLDEST_SQLITE)))
