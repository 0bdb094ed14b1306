"""When a kiosk looks at itself: before the first session of the day, or at the time its settings name. Pure."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clocktime
from core.model import Session

BEFORE_OPENING = timedelta(minutes=45)
TOO_LATE_AFTER = timedelta(hours=12)
"""A kiosk that was off all day tests itself the next morning."""


def due_at(sessions: Iterable[Session], fixed: time | None, at: datetime, zone: ZoneInfo) -> datetime | None:
    """When this day's test is due, on the venue's wall calendar; None on a day without sessions and without a time."""
    today = clocktime.local_day(at, zone)
    if fixed is not None:
        return clocktime.at_wall_clock(today, fixed, zone)
    starts = [
        session.starts_at
        for session in sessions
        if not session.is_cancelled and clocktime.local_day(session.starts_at, zone) == today
    ]
    return min(starts) - BEFORE_OPENING if starts else None


def is_due(due: datetime | None, last_at: datetime | None, at: datetime) -> bool:
    """Whether it should begin now: once, and staff's own look since then counts as well."""
    return due is not None and due <= at < due + TOO_LATE_AFTER and (last_at is None or last_at < due)
