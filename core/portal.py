"""Members' own pages: how long links and signings-in last, how often one may ask, and how a month is laid out.

Rules only. Whoever signs in for real does it in a transaction, with what is said here.
"""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta

LINK_LASTS = timedelta(minutes=15)
"""A link by mail, from when it was asked for. It is good once."""
SESSION_LASTS = timedelta(days=90)
"""A browser that is not used for so long has to sign in again."""
FRESH_FOR = timedelta(minutes=15)
"""For so long after signing in a member may take all their data away, or have it erased."""
FURTHEST_YEARS = 10
ASKED_WITHIN = timedelta(hours=1)
MOST_FOR_ONE_ADDRESS = 5
MOST_FROM_ONE_PLACE = 30
"""Links asked for within the hour: for one e-mail address, and from one place in the network, behind which many sit."""


def wait_until(asked: Sequence[datetime], most: int, at: datetime) -> datetime | None:
    """Until when nobody may ask again, if it was asked at these moments before. None: now is fine."""
    lately = sorted(moment for moment in asked if moment > at - ASKED_WITHIN)
    return lately[-most] + ASKED_WITHIN if len(lately) >= most else None


def is_fresh(signed_in_at: datetime, at: datetime) -> bool:
    """Whether somebody proved lately enough who they are to do what cannot be taken back."""
    return at - signed_in_at < FRESH_FOR


def weeks_of(month: date) -> tuple[tuple[date, ...], ...]:
    """The weeks, Monday first, that hold a day of that month; the first and last reach into its neighbours."""
    return tuple(tuple(week) for week in Calendar().monthdatescalendar(month.year, month.month))


def month_named(text: str, today: date) -> date:
    """The first day of the month written `2026-11`, at most ten years away; of today's for anything else."""
    this_month = today.replace(day=1)
    try:
        named = date.fromisoformat(f"{text}-01") if len(text) == len("2026-11") else this_month
    except ValueError:
        return this_month
    return named if abs(named.year - today.year) <= FURTHEST_YEARS else this_month


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def calendar_uid(reservation_id: str) -> str:
    """The name by which calendars know one place, in letters and in the member's own calendar alike."""
    return f"{reservation_id}@reservations.tessera"
