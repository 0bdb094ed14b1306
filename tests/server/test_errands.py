"""The day's errands: each in its turn, and trouble with one is that one's alone."""

from datetime import UTC, datetime, timedelta
from threading import Event

from server.errands import Day, Errand

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def test_an_errand_is_done_at_once_and_then_when_its_time_has_gone_by() -> None:
    clock, done = Clock(), []
    day = Day([Errand(name="letters", every=MINUTE, run=lambda at: str(done.append(at)))], clock, Event())
    assert day.beat() == 1
    for later, turns in ((timedelta(seconds=59), 0), (MINUTE, 1), (MINUTE, 0), (2 * MINUTE, 1)):
        clock.at = NOON + later
        assert day.beat() == turns
    assert done == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


def test_a_clock_set_back_makes_nobody_wait() -> None:
    clock = Clock()
    day = Day([Errand(name="letters", every=MINUTE, run=lambda at: "")], clock, Event())
    assert day.beat() == 1
    clock.at = NOON - timedelta(hours=5)
    assert day.beat() == 1


def test_trouble_with_one_is_that_ones_alone() -> None:
    def fails(at: datetime) -> str:
        raise RuntimeError("the post office burns")

    done: list[datetime] = []
    errands = [
        Errand(name="letters", every=MINUTE, run=fails),
        Errand(name="offers", every=MINUTE, run=lambda at: str(done.append(at))),
    ]
    assert Day(errands, Clock(), Event()).beat() == 1
    assert done == [NOON]


def test_told_to_end_it_begins_no_other_errand() -> None:
    stopping, clock = Event(), Clock()

    def is_the_last(at: datetime) -> str:
        stopping.set()
        return "done"

    errands = [
        Errand(name="letters", every=MINUTE, run=is_the_last),
        Errand(name="offers", every=MINUTE, run=lambda at: "never"),
    ]
    assert Day(errands, clock, stopping).beat() == 1
