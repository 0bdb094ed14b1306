"""The two verbs: one snapshot, all or nothing, no connection left behind, no damaged file touched."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest
from peewee import Database, InterfaceError

from server.store.database import PooledSqlite, at_the_end, bind, open_database, reading, release, writing
from server.store.soundness import DamagedDatabase, refuse_damaged, refuse_damaged_thoroughly, verified_copy
from server.store.tables import OrganizationRow
from tests.databases import bound
from tests.server.studio import A_YEAR_AGO


def make(name: str) -> None:
    OrganizationRow.create(id=name, name=name, created_at=A_YEAR_AGO)


def names() -> list[str]:
    with reading():
        return [row.name for row in OrganizationRow.select().order_by(OrganizationRow.name)]


def test_all_of_it_or_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        make("Kiln")
        raise ZeroDivisionError
    assert names() == []


def test_writing_inside_writing_can_fail_alone(database: Database) -> None:
    with writing():
        make("Kiln")
        with pytest.raises(ZeroDivisionError), writing():
            make("Loom")
            raise ZeroDivisionError
        make("Mill")
    assert names() == ["Kiln", "Mill"]


def test_writing_inside_reading_is_refused_rather_than_left_to_luck(database: Database) -> None:
    with reading(), pytest.raises(InterfaceError), writing():
        make("Kiln")
    with writing(), reading():
        make("Kiln")
    assert names() == ["Kiln"]


def test_rows_cannot_be_touched_outside_of_the_two_verbs(database: Database) -> None:
    with pytest.raises(InterfaceError):
        OrganizationRow.select().count()


@pytest.mark.parametrize(("has_long_work", "kept", "planned"), [(False, 8, "auto"), (True, 256, "force_custom_plan")])
def test_whoever_has_long_work_keeps_more_of_the_file_and_has_each_statement_planned(
    has_long_work: bool, kept: int, planned: str, tmp_path: Path, postgresql_url: str
) -> None:
    sqlite = f"sqlite:///{tmp_path / 'tessera.db'}"
    for url, asked, answer in (
        (sqlite, "PRAGMA cache_size", -1024 * kept),
        (postgresql_url, "SHOW plan_cache_mode", planned),
    ):
        with bound(open_database(url, has_long_work=has_long_work)) as database, reading():
            assert database.execute_sql(asked).fetchone() == (answer,)


def test_a_reader_sees_one_snapshot(database: Database) -> None:
    def another_thread_makes_one() -> None:
        with writing():
            make("Kiln")

    with reading():
        before = OrganizationRow.select().count()
        thread = threading.Thread(target=another_thread_makes_one)
        thread.start()
        thread.join()
        assert OrganizationRow.select().count() == before == 0
    assert names() == ["Kiln"]


def test_a_hundred_threads_share_a_few_connections(database: Database) -> None:
    def look(number: int) -> None:
        with writing():
            make(f"studio {number:03}")

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(look, range(100)))
    assert len(names()) == 100
    assert len(database._connections) <= 24
    assert not database._in_use


def test_another_process_waits_from_the_first_line_on(sqlite_database: Database) -> None:
    scheduler = apsw.Connection(str(sqlite_database.database))
    with writing():
        assert OrganizationRow.select().count() == 0
        with pytest.raises(apsw.BusyError):
            scheduler.execute("BEGIN IMMEDIATE")
        make("Kiln")
    scheduler.execute("BEGIN IMMEDIATE")
    scheduler.execute("ROLLBACK")
    scheduler.close()
    assert names() == ["Kiln"]


def test_threads_that_write_wait_for_each_other_however_short_sqlites_own_patience(sqlite_database: Database) -> None:
    impatient = PooledSqlite(sqlite_database.database, pragmas={"busy_timeout": 0}, autoconnect=False)
    has_begun = threading.Barrier(2)

    def write_at_leisure() -> None:
        with writing():
            make("Kiln")
            has_begun.wait()
            threading.Event().wait(0.2)

    with bound(impatient):
        thread = threading.Thread(target=write_at_leisure)
        thread.start()
        has_begun.wait()
        with writing():
            make("Mill")
        thread.join()
        assert names() == ["Kiln", "Mill"]
    bind(sqlite_database)


def test_what_comes_at_the_end_comes_once_and_not_after_a_failure(database: Database) -> None:
    done: list[str] = []
    with writing():
        at_the_end("a", lambda: lambda: done.append("a"))
        at_the_end("a", lambda: lambda: done.append("a"))
        with writing():
            at_the_end("b", lambda: lambda: done.append("b"))
        assert done == []
    assert done == ["a", "b"]
    with pytest.raises(ZeroDivisionError), writing():
        at_the_end("c", lambda: lambda: done.append("c"))
        raise ZeroDivisionError
    with writing():
        make("Kiln")
    assert done == ["a", "b"]
    with pytest.raises(InterfaceError):
        at_the_end("d", lambda: lambda: done.append("d"))


def test_sqlite_promises_what_power_cuts_need(sqlite_database: Database) -> None:
    with reading():
        kept = {name: sqlite_database.pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert sqlite_database.pragma("trusted_schema") == 0
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_damaged_file_is_refused_with_advice(sqlite_database: Database, tmp_path: Path) -> None:
    with writing():
        for number in range(2000):
            make(f"studio {number:04}")
    refuse_damaged(sqlite_database)
    copy = tmp_path / "copy.db"
    verified_copy(sqlite_database, copy)  # type: ignore[arg-type]
    release(sqlite_database)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 6000] = b"\xff" * 6000
    copy.write_bytes(content)
    damaged = open_database(f"sqlite:///{copy}")
    with pytest.raises(DamagedDatabase, match="newest copy"):
        refuse_damaged_thoroughly(damaged)
    (tmp_path / "letter.db").write_text("Dear studio, " * 1000)
    with pytest.raises(DamagedDatabase):
        refuse_damaged(open_database(f"sqlite:///{tmp_path / 'letter.db'}"))
