"""Days and moments in words, in one language and by one clock: `Saturday, 21 November`, and with `17:42`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core import clocktime
from core.messages import say


def day_in_words(language: str, day: date) -> str:
    """With the name of the day and without the year."""
    named, month = say(language, f"desk.day.{day.weekday()}"), say(language, f"desk.month.{day.month}")
    return say(language, "desk.date", day=named, date=day_of_month(language, day), month=month)


def day_of_month(language: str, day: date) -> str:
    """A number; the first has a form of its own in some languages: `1er`."""
    return say(language, "desk.date.first", date=1) if day.day == 1 else str(day.day)


def moment_in_words(language: str, instant: datetime, zone: ZoneInfo) -> str:
    """Day and wall clock there: `Saturday, 21 November, 17:42`."""
    day = day_in_words(language, clocktime.local_day(instant, zone))
    return say(language, "desk.when.then", date=day, clock=clocktime.wall_clock(instant, zone))
