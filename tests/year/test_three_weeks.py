"""Three weeks of a small studio, each night's books looked at: one seed is the same three weeks on both databases."""

from pathlib import Path

import pytest

from tests import databases
from tests.databases import OwnPostgresql
from tests.year.figures import hold_against_the_report, weeks_of
from tests.year.living import FIRST_DAY, Year
from tests.year.people import MOST_CAREFUL, Habit, Person, Suffered
from tests.year.plot import draw
from tests.year.records import fingerprint, rows_kept
from tests.year.town import SMALL
from tests.year.world import World

SEED = 3
HAPPENS = (
    "reserved",
    "cancelled",
    "cancelled late",
    "stays away",
    "waits",
    "kiosk let in",
    "kiosk alone let in",
    "app let in",
    "staff let in",
    "walk-in let in",
    "reserved refused: SUSPENDED",
    "contested",
)


def _live() -> tuple[World, str]:
    year = Year(seed=SEED, scale=SMALL)
    world = year.live()
    weeks = weeks_of(FIRST_DAY, SMALL.days, world.people)
    hold_against_the_report(world.town, weeks, FIRST_DAY, world.at)
    return world, fingerprint()


@pytest.mark.timeout(600)
def test_three_weeks_leave_everything_true_and_are_the_same_on_both_databases(
    sqlite_template: Path, own_postgresql: OwnPostgresql, tmp_path: Path
) -> None:
    with databases.fresh_sqlite(sqlite_template, tmp_path):
        world, on_sqlite = _live()
        kept = rows_kept()
        weeks = weeks_of(FIRST_DAY, SMALL.days, world.people)
    never = [name for name in HAPPENS if not world.seen[name]]
    assert never == [], "in three weeks of this seed all of these happen"
    assert kept["no_shows"] and kept["suspensions"] and kept["letters"] and kept["webhook_calls"]
    assert world.post.mails > 100 and world.hooks.calls > 100
    draw(weeks, dict.fromkeys(SMALL.versions, "a policy"), tmp_path / "effect.png")
    assert (tmp_path / "effect.png").stat().st_size > 10_000
    with databases.emptied_postgresql(own_postgresql):
        assert _live()[1] == on_sqlite


def test_who_paid_for_an_absence_misses_less_and_forgets_it_in_time() -> None:
    dan = Person(id="dan", name="Dan", habit=Habit.CHAOTIC, likes=(18,))
    for suffered in Suffered:
        dan.learn(suffered)
    assert dan.care == MOST_CAREFUL
    for _ in range(60):
        dan.sleep_over_it()
    assert 0.35 < dan.care < 0.45
