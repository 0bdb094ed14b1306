"""Which copies of the database are kept: the newest days, and from the weeks before them one each."""

from collections.abc import Iterable
from datetime import date

DAYS, WEEKS = 7, 4
"""So that yesterday's slip and last month's are both to be mended, and the disk does not fill."""


def copies_to_keep(days: Iterable[date]) -> frozenset[date]:
    """Of the days of which there is a copy, those whose copies stay. Asking again with what stayed gives the same.

    The newest seven, and before them the first copy of each of the four newest weeks that have one; a week begins on
    Monday.
    """
    newest_first = sorted(set(days), reverse=True)
    daily, older = newest_first[:DAYS], newest_first[DAYS:]
    weekly = [day for day in older if day == min(other for other in older if _week(other) == _week(day))]
    return frozenset(daily + weekly[:WEEKS])


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
