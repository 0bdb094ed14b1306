"""The day's errands: each in its turn, and trouble with one is that one's alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from core.archives import SPAN
from server.errands import Day, Errand, archive_errand, copy_errand, hook_errands, house_errands, letter_errands
from server.post.hooks import HookPost
from tests.server.letter_stories import RememberingPost, sender_with
from tests.server.studio import VAULT

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def test_the_days_timetable() -> None:
    """Nothing is left out, nothing shares a name (by which it is known when its turn was), and no letter waits long."""
    errands = (
        *house_errands(),
        *letter_errands(sender_with(RememberingPost())),
        *hook_errands(VAULT, HookPost()),
        copy_errand(Path("copies")),
        archive_errand(SPAN, Event()),
    )
    seconds = {errand.name: errand.every.total_seconds() for errand in errands}
    assert len(seconds) == len(errands)
    assert seconds == {
        "letters-written": 4,
        "letters-sent": 4,
        "webhooks": 5,
        "released-places": 15,
        "waiting-lists": 15,
        "reminders": 30,
        "policies": 60,
        "archive": 5 * 60,
        "backup": 15 * 60,
        "passes": 20 * 60,
        "kept-answers": 3600,
        "unheard-of": 6 * 3600,
        "old-webhook-calls": 6 * 3600,
        "old-marks": 6 * 3600,
    }


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


def test_each_is_done_as_of_the_moment_when_its_turn_comes() -> None:
    """The one before it may have taken long."""
    clock, done = Clock(), []

    def takes_a_minute(at: datetime) -> str:
        clock.at += MINUTE
        return ""

    errands = [
        Errand(name="letters", every=MINUTE, run=takes_a_minute),
        Errand(name="offers", every=MINUTE, run=lambda at: str(done.append(at))),
    ]
    Day(errands, clock, Event()).beat()
    assert done == [NOON + MINUTE]


def test_trouble_with_one_is_that_ones_alone(caplog: pytest.LogCaptureFixture) -> None:
    clock, tried = Clock(), []

    def fails(at: datetime) -> str:
        tried.append(at)
        raise RuntimeError("the post office burns")

    done: list[datetime] = []
    errands = [
        Errand(name="letters", every=MINUTE, run=fails),
        Errand(name="offers", every=MINUTE, run=lambda at: str(done.append(at))),
    ]
    day = Day(errands, clock, Event())
    assert day.beat() == 1 and done == [NOON]
    assert "failure" in caplog.text and "in letters" in caplog.text and "the post office burns" in caplog.text
    clock.at += timedelta(seconds=59)
    assert day.beat() == 0 and tried == [NOON], "it goes on at its next turn, and not with every beat"
    clock.at += timedelta(seconds=1)
    assert day.beat() == 1 and tried == [NOON, NOON + MINUTE]


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
