"""The tests' own disk keeps what was synced, and nothing else for certain; else cutting its power proves nothing."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import apsw
import pytest

from tests.power.disk import Disk, PowerCut, put_found
from tests.power.fates import Written

CUTS = 40


def opened(path: Path, disk: Disk, synchronous: str) -> apsw.Connection:
    connection = apsw.Connection(str(path), vfs=disk.name)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("CREATE TABLE IF NOT EXISTS line (n INTEGER, text TEXT)")
    return connection


def lines_found(folder: Path, disk: Disk, dice: Random) -> list[int]:
    """The numbers that a start after the cut finds, or none if there is no table at all."""
    after = folder / "after"
    after.mkdir()
    put_found(disk.power_cut(dice), after)
    with Disk() as again:
        connection = opened(after / "lines.db", again, "FULL")
        found = [n for (n,) in connection.execute("SELECT n FROM line ORDER BY n")]
        connection.close()
    return found


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Iterator[Path]]:
    def fresh() -> Iterator[Path]:
        for number in range(CUTS):
            folder = tmp_path / str(number)
            folder.mkdir()
            yield folder

    yield fresh()


def write_until_the_cut(folder: Path, disk: Disk, synchronous: str, seed: int) -> list[int]:
    """The numbers whose COMMIT returned."""
    connection = opened(folder / "lines.db", disk, synchronous)
    disk.cut_after(Random(seed).randint(1, 120))
    done: list[int] = []
    with pytest.raises(PowerCut):
        for n in range(1000):
            connection.execute("INSERT INTO line VALUES (?, ?)", (n, "clay " * 200))
            done.append(n)
    with suppress(PowerCut):
        connection.close()
    return done


def test_what_was_committed_in_full_is_found_after_every_cut(folders: Iterator[Path]) -> None:
    more = 0
    for seed, folder in enumerate(folders):
        with Disk() as disk:
            done = write_until_the_cut(folder, disk, "FULL", seed)
            found = lines_found(folder, disk, Random(seed))
        assert found[: len(done)] == done
        more += len(found) > len(done)
    assert 0 < more < CUTS, "what was under way is sometimes there and sometimes not"


def test_without_a_sync_commits_are_lost(folders: Iterator[Path]) -> None:
    lost = 0
    for seed, folder in enumerate(folders):
        with Disk() as disk:
            done = write_until_the_cut(folder, disk, "NORMAL", seed)
            lost += lines_found(folder, disk, Random(seed))[: len(done)] != done
    assert lost > CUTS // 4


def test_a_lying_disk_loses_what_it_said_was_synced(folders: Iterator[Path]) -> None:
    lost = 0
    for seed, folder in enumerate(folders):
        with Disk(lies=1.0) as disk:
            done = write_until_the_cut(folder, disk, "FULL", seed)
            try:
                lost += lines_found(folder, disk, Random(seed))[: len(done)] != done
            except (apsw.CorruptError, apsw.NotADBError):
                lost += 1
    assert lost > CUTS // 4


def test_a_file_whose_folder_was_not_synced_may_be_gone(tmp_path: Path) -> None:
    path, found = tmp_path / "plain", []
    for seed in range(20):
        with Disk() as disk:
            file = apsw.VFSFile(disk.name, str(path), [apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_READWRITE, 0])
            file.xWrite(b"here", 0)
            file.xSync(apsw.SQLITE_SYNC_NORMAL)
            file.xClose()
            found.append(disk.power_cut(Random(seed)).get(str(path)))
            path.unlink()
    assert set(found) == {None, b"here"}


def test_a_write_is_torn_where_sectors_begin() -> None:
    parts = Written(500, b"a" * 1000).sectors()
    assert [(part.offset, len(part.data)) for part in parts] == [(500, 12), (512, 512), (1024, 476)]


def test_nothing_is_read_after_the_cut(tmp_path: Path) -> None:
    with Disk() as disk:
        connection = opened(tmp_path / "lines.db", disk, "FULL")
        disk.power_cut(Random(0))
        with pytest.raises(PowerCut):
            connection.execute("INSERT INTO line VALUES (1, '')")
        with pytest.raises(PowerCut):
            connection.close()
        with pytest.raises(PowerCut):
            apsw.Connection(str(tmp_path / "lines.db"), vfs=disk.name)
