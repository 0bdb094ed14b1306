"""What time it is at the kiosk: the server's, carried on; and what a clock is worth that nobody has confirmed."""

from datetime import timedelta

import pytest

from core.protocol import ClockQuality
from kiosk.timekeeping import ERROR_WITHOUT_CONTACT, SYNCED_FOR, Moment, Timekeeper
from tests.kiosk.at_the_desk import SIX_PM

WRONG_BY_AN_HOUR = SIX_PM + timedelta(hours=1)


def heard_at_six(timekeeper: Timekeeper) -> Timekeeper:
    timekeeper.heard(SIX_PM, Moment(WRONG_BY_AN_HOUR, 100.0), Moment(WRONG_BY_AN_HOUR, 100.4))
    return timekeeper


def test_the_server_spoke_in_the_middle_of_the_exchange() -> None:
    reading = heard_at_six(Timekeeper(None)).reading(Moment(WRONG_BY_AN_HOUR, 100.4))
    assert reading.at == SIX_PM + timedelta(seconds=0.2)
    assert timedelta(seconds=0.2) <= reading.error < timedelta(seconds=0.201)


@pytest.mark.parametrize(
    "age, quality",
    [(SYNCED_FOR - timedelta(seconds=1), ClockQuality.SYNCED), (SYNCED_FOR, ClockQuality.HOLDOVER)],
)
def test_a_confirmed_clock_is_carried_on(age: timedelta, quality: ClockQuality) -> None:
    reading = heard_at_six(Timekeeper(None)).reading(Moment(SIX_PM, 100.2 + age.total_seconds()))
    assert (reading.quality, reading.at) == (quality, SIX_PM + age)
    assert reading.is_sure


@pytest.mark.parametrize(
    "behind, is_sure",
    [(ERROR_WITHOUT_CONTACT, True), (ERROR_WITHOUT_CONTACT + timedelta(seconds=1), False)],
)
def test_a_clock_before_the_last_thing_written_is_wrong(behind: timedelta, is_sure: bool) -> None:
    reading = Timekeeper(SIX_PM).reading(Moment(SIX_PM - behind, 5.0))
    assert reading.is_sure is is_sure
    assert is_sure or reading.at == SIX_PM


def test_a_kiosk_that_never_wrote_anything_takes_its_own_clock() -> None:
    reading = Timekeeper(None).reading(Moment(SIX_PM, 5.0))
    assert (reading.at, reading.quality) == (SIX_PM, ClockQuality.HOLDOVER)
