"""Every change of the clocks of twenty-two zones in ten years: each night's jobs run once, and each window is right.

What is right is found here by looking at a wall clock minute by minute, not by the product's own arithmetic.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from core import clocktime
from core.model import Method, Session
from core.policy import Policy
from server.scheduler import TIMETABLE, Job, what_is_due
from server.services.night.runs import NightVenue

ZONES = (
    "Africa/Cairo",  # at midnight, so that a day has no first hour
    "Africa/Casablanca",  # back for Ramadan, and forward after it
    "America/Asuncion",
    "America/Havana",  # a midnight that comes twice
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/St_Johns",
    "Antarctica/Troll",  # two hours at once
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kolkata",  # never
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",  # half an hour
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
)
FIRST, LAST = date(2020, 1, 1), date(2029, 12, 31)
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
BEAT = timedelta(minutes=47)
POLICY = Policy()
TWO_HOURS = timedelta(hours=2)


@cache
def changes(zone: ZoneInfo) -> list[date]:
    """The local days within which a clock there is set."""
    noons = [datetime.combine(FIRST + place * DAY, time(12), UTC) for place in range((LAST - FIRST).days + 1)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    pairs = zip(noons, offsets, offsets[1:], strict=False)
    return [_day_of_change(noon, zone) for noon, before, after in pairs if before != after]


def _day_of_change(noon: datetime, zone: ZoneInfo) -> date:
    before = noon.astimezone(zone).utcoffset()
    minutes = (noon + place * MINUTE for place in range(1, 1441))
    return next(at for at in minutes if at.astimezone(zone).utcoffset() != before).astimezone(zone).date()


@cache
def first_instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first at which a wall clock there shows `clock` of that day, or later on it. No clock is set by 3 hours."""
    wanted = datetime.combine(day, clock)
    noon = datetime.combine(day, time(12), UTC)
    begin = wanted.replace(tzinfo=UTC) - (noon.astimezone(zone).utcoffset() or timedelta()) - 3 * HOUR
    minutes = (begin + place * MINUTE for place in range(60 * 7))
    return next(at for at in minutes if at.astimezone(zone).replace(tzinfo=None) >= wanted)


def the_nights_around(day: date, venue: NightVenue, zone: ZoneInfo) -> list[tuple[Job, date, datetime, datetime]]:
    """(job, night, as of, when it ran) of a scheduler that beats every 47 minutes for five days."""
    done = {job.name: day - 3 * DAY for job in TIMETABLE}
    ran = []
    at, end = first_instant(day - 2 * DAY, time(), zone), first_instant(day + 3 * DAY, time(), zone)
    while at < end:
        for due in list(what_is_due(venue, done, at)):
            done[due.job.name] = due.night
            ran.append((due.job, due.night, due.as_of, at))
        at += BEAT
    return ran


def on_days_of_change() -> list[tuple[str, list[date]]]:
    return [(name, changes(ZoneInfo(name)) or [date(2026, 3, 29)]) for name in ZONES]


@pytest.mark.parametrize(("name", "days"), on_days_of_change(), ids=ZONES)
def test_each_night_runs_once_in_order_and_as_of_its_hour(name: str, days: list[date]) -> None:
    zone = ZoneInfo(name)
    opened_at = datetime(2019, 1, 1, tzinfo=UTC)
    venue = NightVenue(organization_id="o", venue_id="v", name=name, zone=name, opened_at=opened_at)
    for day in days:
        ran = the_nights_around(day, venue, zone)
        nights = [day + place * DAY for place in range(-2, 3)]
        assert [(job.name, night) for job, night, _, _ in ran] == [(j.name, n) for n in nights for j in TIMETABLE]
        for job, night, as_of, at in ran:
            assert as_of == first_instant(night, job.clock, zone), (job.name, night)
            assert as_of <= at < as_of + BEAT


@pytest.mark.parametrize(("name", "days"), on_days_of_change(), ids=ZONES)
def test_each_window_is_right_on_the_day_the_clocks_are_set(name: str, days: list[date]) -> None:
    zone = ZoneInfo(name)
    for day in days:
        opens, closes = first_instant(day, time(), zone), first_instant(day + DAY, time(), zone)
        for hour, minute in ((0, 0), (1, 30), (2, 30), (3, 0), (18, 0), (23, 30)):
            session = session_at(clocktime.at_wall_clock(day, time(hour, minute), zone), name)
            if session.starts_at.astimezone(zone).date() != day:
                continue
            for_members, for_staff = POLICY.window(session, Method.SELF), POLICY.window(session, Method.STAFF)
            assert (for_staff.opens_at, for_staff.closes_at) == (opens, max(closes, session.ends_at))
            assert session.starts_at - for_members.opens_at == TWO_HOURS
            assert for_members.closes_at - session.ends_at == TWO_HOURS
            for is_open, at in (
                (False, for_members.opens_at - SECOND),
                (True, for_members.opens_at),
                (True, for_members.closes_at - SECOND),
                (False, for_members.closes_at),
            ):
                assert for_members.is_open(at) is is_open


@pytest.mark.parametrize(("name", "days"), on_days_of_change(), ids=ZONES)
def test_a_session_starts_when_the_wall_clock_first_shows_its_time(name: str, days: list[date]) -> None:
    zone = ZoneInfo(name)
    for day in days:
        for hour, minute in ((0, 0), (0, 30), (1, 30), (2, 15), (3, 0)):
            found = clocktime.at_wall_clock(day, time(hour, minute), zone)
            assert found == first_instant(day, time(hour, minute), zone)


def test_the_clocks_are_set_often_enough_for_this_to_prove_something() -> None:
    counted = {name: len(changes(ZoneInfo(name))) for name in ZONES}
    assert sum(counted.values()) > 300
    assert [name for name, count in counted.items() if not count] == ["Asia/Kolkata"]


def session_at(starts_at: datetime, zone: str) -> Session:
    return Session(
        id="s",
        venue_id="v",
        zone=zone,
        class_type_id="wheel",
        title="Wheel",
        starts_at=starts_at,
        ends_at=starts_at + TWO_HOURS,
        capacity=8,
    )
