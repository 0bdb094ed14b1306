"""`make year`: live a year of a studio, look at the books after each night, and draw what its policies did.

`ARGS='--seed 7'` lives another year; `--database postgresql` lives it there, `both` on both, and compares them.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from core.policy import Policy
from tests import databases
from tests.conftest import MEMORY
from tests.year.books import Untrue
from tests.year.figures import Week, hold_against_the_report, together, weeks_of
from tests.year.living import FIRST_DAY, Year
from tests.year.plot import draw
from tests.year.records import fingerprint, rows_kept
from tests.year.town import SMALL, YEAR, Scale, for_fewer
from tests.year.world import World

PICTURE = Path("build/year/policy_effect.png")
BARS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TextColumn("{task.fields[now]}"),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)
SAID_EVERY = 30
"""Days, where a progress bar cannot be seen."""


def main() -> int:
    """0: every night left everything true."""
    asked, console = _arguments(), Console()
    scale = SMALL if asked.small else YEAR
    scale = for_fewer(scale, asked.members) if asked.members else scale
    scale = replace(scale, days=min(asked.days or scale.days, scale.days))
    kinds = databases.KINDS if asked.database == "both" else (asked.database,)
    prints = []
    for kind in kinds:
        with _database(kind):
            try:
                prints.append(_live(console, kind, asked.seed, scale))
            except Untrue as untrue:
                console.print(f"seed {asked.seed} on {kind}: {untrue}", style="red", highlight=False)
                return 1
    if len(set(prints)) > 1:
        console.print("the same seed was another year on the other database", style="red")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, help="no more than so many")
    parser.add_argument("--database", choices=(*databases.KINDS, "both"), default="sqlite")
    parser.add_argument("--members", type=int, help="fewer than five hundred, and as many fewer sessions")
    parser.add_argument("--small", action="store_true", help="twenty members and three weeks")
    return parser.parse_args()


@contextmanager
def _database(kind: str) -> Iterator[None]:
    """In memory where there is some, since nothing here outlives the run."""
    parent = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="tessera-year-", dir=parent) as folder:
        if kind == "sqlite":
            template = databases.sqlite_template(Path(folder))
            with databases.fresh_sqlite(template, Path(folder)):
                yield
            return
        own = databases.OwnPostgresql(databases.postgresql_server(Path(folder) / "postgresql"))
        try:
            with databases.bound(databases.open_database(own.url, has_long_work=True)):
                yield
        finally:
            own.close()


def _live(console: Console, kind: str, seed: int, scale: Scale) -> str:
    """The year's fingerprint. Raises `Untrue`."""
    began, cpu = time.monotonic(), time.process_time()
    with Progress(*BARS, console=console) as progress:
        task = progress.add_task(f"days on {kind}", total=scale.days, now="")

        def told(day: int) -> None:
            progress.update(task, completed=day + 1, now=f"{year.seen['reserved']:,} places reserved")
            if not console.is_terminal and (day + 1) % SAID_EVERY == 0:
                console.print(f"{day + 1} days lived, all true; {time.monotonic() - began:.0f} s", highlight=False)

        year = Year(seed=seed, scale=scale, told=told)
        world = year.live()
    took, worked = time.monotonic() - began, time.process_time() - cpu
    weeks = weeks_of(FIRST_DAY, scale.days, world.people)
    hold_against_the_report(world.town, weeks, FIRST_DAY, world.at)
    kept = rows_kept()
    console.print(_happened(world))
    console.print(_versions(weeks, scale))
    draw(weeks, {day: _in_words(policy) for day, policy in scale.versions.items() if day < scale.days}, PICTURE)
    rows = sum(kept.values())
    spent = ", ".join(f"{what} {seconds:.0f}" for what, seconds in year.cpu_seconds.items())
    console.print(f"{scale.days} days, {kept['sessions']:,} sessions, {rows:,} rows in {took:.0f} s; every night true.")
    console.print(f"{worked:.0f} s of this process's own work ({spent}): {rows / max(worked, 0.1):,.0f} rows a second.")
    console.print(f"{PICTURE}")
    return fingerprint()


def _happened(world: World) -> Table:
    seen = world.seen + Counter({"mails": world.post.mails, "texts": world.post.texts, "calls": world.hooks.calls})
    table = Table("what happened", "times")
    for name, count in sorted(seen.items()):
        table.add_row(name, f"{count:,}")
    return table


def _versions(weeks: list[Week], scale: Scale) -> Table:
    """A line for each version of the policy, in whole weeks."""
    table = Table("policy", "weeks", "came", "missed", "not come", "late", "suspended", "of the chaotic not come")
    begins = sorted(day for day in scale.versions if day < scale.days)
    for place, day in enumerate(begins):
        until = begins[place + 1] // 7 if place + 1 < len(begins) else len(weeks)
        some = weeks[-(-day // 7) : until]
        if not some:
            continue
        whole = together(some)
        chaotic = sum(whole.missed_by[habit] for habit in whole.missed_by if habit.value == "CHAOTIC")
        stood = chaotic + sum(whole.came_by[habit] for habit in whole.came_by if habit.value == "CHAOTIC")
        table.add_row(
            _in_words(scale.versions[day]).split("\n")[0],
            str(len(some)),
            f"{whole.came:,}",
            f"{whole.missed:,}",
            f"{whole.no_show_rate:.1%}",
            f"{whole.late_rate:.1%}",
            str(whole.suspended),
            f"{chaotic / max(1, stood):.1%}",
        )
    return table


def _in_words(policy: Policy) -> str:
    costs = "costs a punch and places ahead" if policy.no_show_takes_punch else "costs nothing but a strike"
    if policy.no_show_takes_places and not policy.no_show_takes_punch:
        costs = "costs places ahead"
    return f"{policy.strikes} strikes: {policy.suspension_length.days} days\nan absence {costs}"


if __name__ == "__main__":
    sys.exit(main())
