"""How long a pass is good: its days from the first use, what pauses do to its end, and when it soon ends."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from core.validity import SOON, Lasting, PassNews, Pause, end_after_pauses, end_of_days, first_use, news_of
from tests.personas import BERLIN, SIX_PM

DAY = timedelta(days=1)
A_MOMENT = timedelta(milliseconds=1)


def midnight(month: int, day: int, *, hour: int = 23) -> datetime:
    """The midnight in Berlin that ends that day of 2026: 23:00 UTC in winter, 22:00 in summer."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


BEGINS = midnight(10, 31)
ENDS = midnight(11, 30)


@pytest.mark.parametrize(
    ("starts_at", "days", "ends_at"),
    [
        (SIX_PM, 1, midnight(11, 20)),
        (SIX_PM, 30, midnight(12, 19)),
        (midnight(11, 20) - A_MOMENT, 1, midnight(11, 20)),
        (midnight(11, 20), 1, midnight(11, 21)),
        (datetime(2026, 10, 24, 10, tzinfo=UTC), 2, midnight(10, 25)),
        (datetime(2026, 3, 28, 10, tzinfo=UTC), 2, midnight(3, 29, hour=22)),
    ],
)
def test_days_are_days_on_the_wall_the_first_one_counted(starts_at: datetime, days: int, ends_at: datetime) -> None:
    assert end_of_days(starts_at, days, BERLIN) == ends_at


def test_the_first_use_is_the_earliest_in_whatever_order_they_became_known() -> None:
    came = (SIX_PM + DAY, SIX_PM, SIX_PM + 2 * DAY)
    assert {first_use(order) for order in permutations(came)} == {SIX_PM}
    assert first_use(()) is None


def pause(starts_at: datetime, ends_at: datetime) -> Pause:
    return Pause(starts_at=starts_at, ends_at=ends_at, zone=BERLIN)


@pytest.mark.parametrize(
    ("pauses", "ends_at"),
    [
        ((), ENDS),
        ((pause(midnight(11, 10), midnight(11, 17)),), midnight(12, 7)),
        ((pause(midnight(11, 10), midnight(11, 10)),), ENDS),
        # before it begins nothing is lost, and what reaches into it loses only that part
        ((pause(BEGINS - 9 * DAY, BEGINS),), ENDS),
        ((pause(BEGINS - 9 * DAY, BEGINS + DAY),), midnight(12, 1)),
        # the last moment of it can be paused, and then it comes back; afterwards there is nothing to pause
        ((pause(ENDS - A_MOMENT, ENDS - A_MOMENT + DAY),), ENDS + DAY),
        ((pause(ENDS, ENDS + DAY),), ENDS),
        # a second pause lies in the time that the first one added
        ((pause(midnight(11, 20), midnight(11, 27)), pause(midnight(12, 3), midnight(12, 4))), midnight(12, 8)),
    ],
)
def test_the_end_moves_by_as_long_as_the_pass_could_not_be_used(pauses: tuple[Pause, ...], ends_at: datetime) -> None:
    assert {end_after_pauses(BEGINS, ENDS, order) for order in permutations(pauses)} == {ends_at}


def test_a_midnight_stays_a_midnight_when_the_clocks_change() -> None:
    begins, ends = midnight(2, 28), midnight(3, 20)
    assert end_after_pauses(begins, ends, (pause(midnight(3, 10), midnight(3, 20)),)) == midnight(3, 30, hour=22)


def test_a_pass_without_an_end_has_none_after_a_pause() -> None:
    assert end_after_pauses(BEGINS, None, (pause(BEGINS, ENDS),)) is None


def test_a_pause_is_from_up_to_but_not_including() -> None:
    week = pause(SIX_PM, SIX_PM + 7 * DAY)
    moments = (SIX_PM - A_MOMENT, SIX_PM, SIX_PM + 7 * DAY - A_MOMENT, SIX_PM + 7 * DAY)
    assert [week.covers(at) for at in moments] == [False, True, True, False]


@pytest.mark.parametrize(
    ("lasting", "news"),
    [
        (Lasting(begins_at=BEGINS), None),
        (Lasting(begins_at=BEGINS, ends_at=SIX_PM + SOON + A_MOMENT), None),
        (Lasting(begins_at=BEGINS, ends_at=SIX_PM + SOON), PassNews.RUNS_OUT),
        (Lasting(begins_at=BEGINS, ends_at=SIX_PM + A_MOMENT), PassNews.RUNS_OUT),
        (Lasting(begins_at=BEGINS, ends_at=SIX_PM), PassNews.RAN_OUT),
        # whoever bought a week knows that it is a week
        (Lasting(begins_at=SIX_PM - DAY, ends_at=SIX_PM - DAY + SOON), None),
        (Lasting(begins_at=SIX_PM - DAY, ends_at=SIX_PM - DAY + SOON + A_MOMENT), PassNews.RUNS_OUT),
        (Lasting(begins_at=BEGINS, punches_left=2), None),
        (Lasting(begins_at=BEGINS, punches_left=1), PassNews.RUNS_OUT),
        (Lasting(begins_at=BEGINS, punches_left=0), PassNews.RAN_OUT),
        (Lasting(begins_at=BEGINS, punches_left=-1), PassNews.RAN_OUT),
        (Lasting(begins_at=BEGINS, ends_at=SIX_PM, punches_left=9), PassNews.RAN_OUT),
    ],
)
def test_a_pass_runs_out_a_week_ahead_or_with_its_last_punch(lasting: Lasting, news: PassNews | None) -> None:
    assert news_of(lasting, SIX_PM) is news
