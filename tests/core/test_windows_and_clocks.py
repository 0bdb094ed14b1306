"""When check-in is open, also on the nights when the clocks change; what a wall clock and a calendar show."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clocktime
from core.errors import Invalid
from core.ids import uuid7, uuid7s
from core.model import Method
from core.policy import ClassRule, Policy
from core.visits import visit_key
from tests.personas import BERLIN, EIGHT_PM, OPEN_STUDIO, POLICY, SIX_PM, WHEEL, hours, minutes

ZONE = clocktime.zone_named(BERLIN)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def berlin(day: date, clock: str) -> datetime:
    return clocktime.at_wall_clock(day, time.fromisoformat(clock), ZONE)


# windows


def test_members_have_two_hours_on_both_sides() -> None:
    window = POLICY.window(WHEEL, Method.SELF)
    assert (window.opens_at, window.closes_at) == (SIX_PM - hours(2), EIGHT_PM + hours(2))
    assert window.is_open(window.opens_at)
    assert not window.is_open(window.closes_at)


def test_a_class_types_own_numbers_win_and_the_others_stay() -> None:
    policy = Policy(class_rules=(ClassRule(class_type_id="wheel", opens_before_start=timedelta(0)),))
    window = policy.window(WHEEL, Method.SELF)
    assert (window.opens_at, window.closes_at) == (SIX_PM, EIGHT_PM + hours(2))
    assert policy.may_walk_into(WHEEL)
    assert policy.window(replace(WHEEL, class_type_id="glaze"), Method.SELF).opens_at == SIX_PM - hours(2)


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 20), 24)])
def test_staff_have_the_whole_local_day_however_long_it_is(day: date, length: int) -> None:
    session = replace(WHEEL, starts_at=berlin(day, "18:00"), ends_at=berlin(day, "20:00"))
    window = POLICY.window(session, Method.STAFF)
    assert window.closes_at - window.opens_at == hours(length)
    assert window.opens_at.astimezone(ZONE).time() == time()


def test_staff_keep_the_door_of_a_class_past_midnight_to_its_end() -> None:
    night = replace(WHEEL, starts_at=SIX_PM + hours(5), ends_at=SIX_PM + hours(8))
    assert POLICY.window(night, Method.STAFF).closes_at == night.ends_at


@pytest.mark.parametrize(("day", "opens"), [(SPRING, "23:30"), (AUTUMN, "02:30")])
def test_two_hours_are_two_hours_when_the_clocks_change(day: date, opens: str) -> None:
    """A class at 03:30: in spring 02:00 to 03:00 is missing before it, in autumn it is there twice."""
    session = replace(WHEEL, starts_at=berlin(day, "03:30"), ends_at=berlin(day, "05:00"))
    window = POLICY.window(session, Method.SELF)
    assert session.starts_at - window.opens_at == hours(2)
    shown = clocktime.wall_clock(window.opens_at, ZONE)
    assert shown == ("00:30" if day == SPRING else opens)


# clocks


def test_a_time_that_was_skipped_is_the_first_after_the_gap() -> None:
    assert berlin(SPRING, "02:30") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert berlin(SPRING, "01:59") == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert berlin(SPRING, "03:00") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert berlin(AUTUMN, "02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert berlin(AUTUMN, "03:00") == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


def test_a_day_that_never_was_has_no_length() -> None:
    """Samoa left out the 30th of December 2011."""
    apia = clocktime.zone_named("Pacific/Apia")
    starts_at, ends_at = clocktime.day_span(date(2011, 12, 30), apia)
    assert starts_at == ends_at == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)


@given(st.integers(0, 2 * 10**12), st.sampled_from([BERLIN, "America/New_York", "UTC"]))
def test_every_instant_is_within_its_local_day(milliseconds: int, zone_name: str) -> None:
    instant, zone = clocktime.from_ms(milliseconds), clocktime.zone_named(zone_name)
    starts_at, ends_at = clocktime.day_span(clocktime.local_day(instant, zone), zone)
    assert starts_at <= instant < ends_at


@given(st.datetimes(timezones=st.just(UTC)))
def test_milliseconds_lose_less_than_one(instant: datetime) -> None:
    back = clocktime.from_ms(clocktime.to_ms(instant))
    assert timedelta(0) <= instant - back < timedelta(milliseconds=1)


@pytest.mark.parametrize("text", ["", "now", "2026-13-01T00:00:00Z", "2026-11-20T18:00:00", "2026-11-20"])
def test_an_instant_without_a_zone_or_sense_is_asked_for_again(text: str) -> None:
    with pytest.raises(Invalid) as trouble:
        clocktime.parse_instant(text)
    assert trouble.value.code in ("time.not_understood", "time.zone_missing")


def test_an_instant_is_read_in_utc() -> None:
    assert (
        clocktime.parse_instant("2026-11-20T18:00:00+01:00") == SIX_PM == clocktime.parse_instant("2026-11-20T17:00Z")
    )


def test_a_time_without_a_zone_is_no_instant() -> None:
    with pytest.raises(Invalid, match=r"time\.zone_missing"):
        clocktime.to_ms(datetime(2026, 11, 20, 18, 0))  # noqa: DTZ001


@given(st.text(max_size=20) | st.sampled_from(["", "Europe", "/etc/passwd", "../Berlin", "Mars/Base", "\0"]))
def test_any_text_is_a_zone_or_a_clear_no(name: str) -> None:
    try:
        clocktime.zone_named(name)
    except Invalid as trouble:
        assert trouble.code == "time.zone_unknown"


# visit keys and ids


def test_a_place_is_its_own_key_whenever_and_wherever_it_is_used() -> None:
    key = visit_key(member_id="alice", session=WHEEL, reservation_id="place", at=SIX_PM)
    assert key == "R:place" == visit_key(member_id="x", session=OPEN_STUDIO, reservation_id="place", at=EIGHT_PM)


def test_a_walk_in_is_one_visit_to_one_session() -> None:
    assert visit_key(member_id="alice", session=WHEEL, reservation_id=None, at=SIX_PM) == "W:alice:wheel-friday"


def test_open_studio_is_one_visit_a_local_day() -> None:
    midnight = SIX_PM + hours(6)
    keys = [
        visit_key(member_id="alice", session=replace(OPEN_STUDIO, id=id), reservation_id=None, at=at)
        for id, at in [("morning", SIX_PM - hours(8)), ("evening", midnight - minutes(1)), ("night", midnight)]
    ]
    assert keys == ["O:alice:venue-kiln:2026-11-20"] * 2 + ["O:alice:venue-kiln:2026-11-21"]


@given(st.integers(0, 2 * 10**14), st.randoms())
def test_ids_sort_by_when_they_were_made(milliseconds: int, random: Random) -> None:
    earlier = uuid7(clocktime.from_ms(milliseconds), random.getrandbits)
    later = uuid7(clocktime.from_ms(milliseconds + 1), random.getrandbits)
    assert earlier < later
    assert (len(earlier), earlier[14], earlier[19] in "89ab") == (36, "7", True)


def test_an_id_is_as_the_standard_writes_it() -> None:
    made = uuid7(clocktime.from_ms(0x017F22E279B0), lambda bits: {12: 0xCC3, 62: 0x18C4DC0C0C07398F}[bits])
    assert made == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_ids_made_together_follow_each_other_across_the_version_and_variant() -> None:
    almost_full = (0xCC3 << 62) | ((1 << 62) - 2)
    made = uuid7s(clocktime.from_ms(0x017F22E279B0), 3, lambda bits: {73: almost_full}[bits])
    assert made == [
        "017f22e2-79b0-7cc3-bfff-fffffffffffe",
        "017f22e2-79b0-7cc3-bfff-ffffffffffff",
        "017f22e2-79b0-7cc4-8000-000000000000",
    ]
