"""Instants, local days and wall clocks: the only place that turns one into another.

An instant is an aware datetime in UTC; a local day is a date in a venue's zone. Nothing here reads a clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import Invalid


def to_ms(instant: datetime) -> int:
    """UTC milliseconds since 1970, as tables keep instants. Raises `Invalid` for a datetime without a zone."""
    if instant.tzinfo is None:
        raise Invalid("time.zone_missing", given=instant.isoformat())
    return (instant - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC instant of a number made by `to_ms`."""
    return _EPOCH + milliseconds * _MILLISECOND


def as_kept(instant: datetime) -> datetime:
    """The instant as it comes back from a table: clocks are finer than milliseconds, and tables are not."""
    return from_ms(to_ms(instant))


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant with a zone (`2026-11-21T18:00:00+01:00`, `…Z`), in UTC. Raises `Invalid`."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid("time.not_understood", given=text[:40]) from None
    if instant.tzinfo is None:
        raise Invalid("time.zone_missing", given=text[:40])
    return instant.astimezone(UTC)


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name such as `Europe/Berlin`. Raises `Invalid` for any other text."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("time.zone_unknown", given=name[:40]) from None


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the wall calendar there, at that instant."""
    return instant.astimezone(zone).date()


def at_wall_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant at which a wall clock there shows `clock` on `day`.

    A time that daylight saving skips is the first instant after the gap; one that it repeats is the first of the two.
    """
    naive = datetime.combine(day, clock)
    earlier = naive.replace(tzinfo=zone, fold=0)
    instant = earlier.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == naive:
        return instant
    return _end_of_gap(instant - timedelta(hours=3), instant + timedelta(hours=3), zone)


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants from which and up to which it is that day there: 23, 24 or 25 hours apart."""
    return at_wall_clock(day, time(), zone), at_wall_clock(day + timedelta(days=1), time(), zone)


def wall_clock(instant: datetime, zone: ZoneInfo) -> str:
    """What a clock on the wall there shows: `17:42`."""
    return instant.astimezone(zone).strftime("%H:%M")


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant between the two at which the zone's offset changes, to the second."""
    offset_before = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset_before:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
