"""Seven days and four weeks of copies, however long the house has stood."""

from datetime import date, timedelta

import pytest

from core.keeping import copies_to_keep

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)


def after(days: int, *, without: frozenset[int] = frozenset()) -> list[date]:
    """What is left after so many days from a Monday on, a copy each, cleared away each day."""
    kept: frozenset[date] = frozenset()
    for place in range(days):
        if place not in without:
            kept = copies_to_keep(kept | {MONDAY + place * DAY})
    return sorted(kept)


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (1, [0]),
        (7, [0, 1, 2, 3, 4, 5, 6]),
        (8, [0, 1, 2, 3, 4, 5, 6, 7]),  # the Monday before stays as its week's
        (9, [0, 2, 3, 4, 5, 6, 7, 8]),
        (15, [0, 7, 8, 9, 10, 11, 12, 13, 14]),
        (36, [7, 14, 21, 28, 29, 30, 31, 32, 33, 34, 35]),
        (43, [14, 21, 28, 35, 36, 37, 38, 39, 40, 41, 42]),
    ],
)
def test_what_is_left_after_so_many_days(days: int, left: list[int]) -> None:
    assert after(days) == sorted(MONDAY + place * DAY for place in left)


def test_a_week_whose_monday_was_missed_is_kept_by_its_tuesday() -> None:
    assert MONDAY + 8 * DAY in after(30, without=frozenset({7}))


def test_after_a_year_there_are_eleven_and_asking_again_changes_nothing() -> None:
    left = after(365)
    assert len(left) == 11
    assert copies_to_keep(left) == frozenset(left)


def test_a_house_that_was_shut_for_a_month_keeps_its_last_copies() -> None:
    before = after(10)
    assert set(before[-6:]) <= copies_to_keep([*before, MONDAY + 40 * DAY])
