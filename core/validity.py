"""How long a pass is good: from its first use, with the pauses that move its end, and when it soon ends.

Instants and numbers only: whoever sells, pauses or extends a pass does it in a transaction, with what is said here.
Source: flexible-class-reservations, "validFrom/validUntil".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from core import clocktime

SOON = timedelta(days=7)
"""A pass that ends within this time soon runs out. One that is good for no longer than this is not told of."""
LAST_PUNCHES = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A span in which a pass is not used, from `starts_at` up to but not including `ends_at`.

    `zone`: by whose wall clock the pass's end moves, so that a pass that ends at midnight still does.
    """

    starts_at: datetime
    ends_at: datetime
    zone: str = "UTC"

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


class PassNews(StrEnum):
    """What should be said of a pass just now."""

    RUNS_OUT = "RUNS_OUT"
    RAN_OUT = "RAN_OUT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lasting:
    """A pass as far as its end is concerned. `punches_left` None: it is not paid by the punch."""

    begins_at: datetime
    ends_at: datetime | None = None
    punches_left: int | None = None


def end_of_days(starts_at: datetime, days: int, zone_name: str) -> datetime:
    """The midnight there that ends the last of so many local days, the one of `starts_at` counted."""
    zone = clocktime.zone_named(zone_name)
    return clocktime.at_wall_clock(clocktime.local_day(starts_at, zone) + timedelta(days=days), time(), zone)


def first_use(came_at: Iterable[datetime]) -> datetime | None:
    """The earliest of the live check-ins on a pass, in whatever order they became known. None: it was never used."""
    return min(came_at, default=None)


def end_after_pauses(begins_at: datetime, ends_at: datetime | None, pauses: Iterable[Pause]) -> datetime | None:
    """The end of a pass, moved by each pause as long as that lasts.

    What lies before the pass begins was no loss, and moves nothing; nor does a pause that begins after it has ended.
    """
    if ends_at is None:
        return None
    for pause in sorted(pauses, key=lambda pause: (pause.starts_at, pause.ends_at)):
        if pause.starts_at < ends_at:
            ends_at = _moved(ends_at, max(pause.starts_at, begins_at), pause.ends_at, pause.zone)
    return ends_at


def news_of(lasting: Lasting, at: datetime) -> PassNews | None:
    """Whether a pass ran out, or soon does: by its end, or by its punches, whichever comes first."""
    begins_at, ends_at, left = lasting.begins_at, lasting.ends_at, lasting.punches_left
    if (ends_at is not None and at >= ends_at) or (left is not None and left <= 0):
        return PassNews.RAN_OUT
    is_soon = ends_at is not None and ends_at - begins_at > SOON and at >= ends_at - SOON
    return PassNews.RUNS_OUT if is_soon or left == LAST_PUNCHES else None


def _moved(instant: datetime, from_: datetime, to: datetime, zone_name: str) -> datetime:
    """Later by the time between the two as a wall clock there counts it; by nothing if they are the wrong way round."""
    zone = clocktime.zone_named(zone_name)

    def on_the_wall(one: datetime) -> datetime:
        return one.astimezone(zone).replace(tzinfo=None)

    if to <= from_:
        return instant
    then = on_the_wall(instant) + max(timedelta(0), on_the_wall(to) - on_the_wall(from_))
    return clocktime.at_wall_clock(then.date(), then.time(), zone)
