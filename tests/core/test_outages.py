"""When a kiosk that could not serve excuses a session missed: both ends of the window, and what is too short."""

from datetime import datetime, timedelta

import pytest

from core import wire
from core.outages import ARRIVING, SHORTEST, OutageWhy, OutOfOrder, Span, excuses, first_excuse
from core.policy import ClassRule, Policy
from core.protocol import Heard, Hello, Outage, Stamp
from tests.personas import EIGHT_PM, SIX_PM, WHEEL, hours

A_MOMENT = timedelta(microseconds=1)
TEN_MINUTES = timedelta(minutes=10)
OPENS, CLOSES = SIX_PM - hours(2), EIGHT_PM + hours(2)
"""The window of the six o'clock session, as the policy has it from the start."""


def outage(from_at: datetime, until_at: datetime, why: OutageWhy | str = OutageWhy.CAMERA) -> OutOfOrder:
    return OutOfOrder(why=why, span=Span(from_at=from_at, until_at=until_at))


@pytest.mark.parametrize(
    ("from_at", "until_at", "is_excused"),
    [
        (OPENS - TEN_MINUTES, OPENS, False),
        (OPENS - TEN_MINUTES, OPENS + A_MOMENT, True),
        (SIX_PM, SIX_PM + TEN_MINUTES, True),
        (CLOSES - A_MOMENT, CLOSES + TEN_MINUTES, True),
        (CLOSES, CLOSES + TEN_MINUTES, False),
        (OPENS - TEN_MINUTES, CLOSES + TEN_MINUTES, True),
    ],
)
def test_a_kiosk_out_of_order_for_part_of_the_window_excuses(
    from_at: datetime, until_at: datetime, is_excused: bool
) -> None:
    for why in (OutageWhy.CAMERA, OutageWhy.NOT_RUNNING, OutageWhy.DECLARED, "a word of next year"):
        assert excuses(outage(from_at, until_at, why), WHEEL, Policy()) is is_excused


@pytest.mark.parametrize(
    ("from_at", "until_at", "is_excused"),
    [
        (OPENS, SIX_PM - ARRIVING, False),
        (OPENS, SIX_PM - ARRIVING + A_MOMENT, True),
        (EIGHT_PM - A_MOMENT, CLOSES, True),
        (EIGHT_PM, CLOSES, False),
    ],
)
def test_a_kiosk_turned_off_while_nobody_comes_excuses_nobody(
    from_at: datetime, until_at: datetime, is_excused: bool
) -> None:
    assert excuses(outage(from_at, until_at, OutageWhy.TURNED_OFF), WHEEL, Policy()) is is_excused


@pytest.mark.parametrize(("length", "is_excused"), [(SHORTEST, False), (SHORTEST + A_MOMENT, True)])
def test_a_short_trouble_excuses_nobody_unless_staff_say_so(length: timedelta, is_excused: bool) -> None:
    assert excuses(outage(SIX_PM, SIX_PM + length), WHEEL, Policy()) is is_excused
    assert excuses(outage(SIX_PM, SIX_PM + length, OutageWhy.DECLARED), WHEEL, Policy())


def test_the_window_is_that_of_the_class() -> None:
    policy = Policy(class_rules=(ClassRule(class_type_id=WHEEL.class_type_id, opens_before_start=hours(1)),))
    early = outage(OPENS, SIX_PM - hours(1))
    assert excuses(early, WHEEL, Policy())
    assert not excuses(early, WHEEL, policy)


def test_a_kiosk_that_was_off_for_a_time_that_ends_before_it_began_excuses_nobody() -> None:
    assert not excuses(outage(SIX_PM + hours(1), SIX_PM), WHEEL, Policy())


def test_the_earliest_outage_is_the_reason() -> None:
    late, early = outage(SIX_PM, EIGHT_PM), outage(OPENS, SIX_PM, OutageWhy.DISK)
    missed = outage(CLOSES, CLOSES + hours(1))
    assert first_excuse(WHEEL, Policy(), (missed, late, early)) == early
    assert first_excuse(WHEEL, Policy(), (missed,)) is None


BEGAN, ENDED = Stamp(boot="b", t_mono=17, t_wall=1_000), Stamp(boot="b", t_mono=99, t_wall=2_000)
TOLD = (Outage(id="1", why="CAMERA", began=BEGAN, ended=ENDED), Outage(id="2", why="of next year", began=ENDED))
HELLO = Hello(boot="b", t_mono=1, t_wall=2, epoch="e", max_seq=3, outages=TOLD)


def test_outages_travel_and_come_back() -> None:
    assert wire.from_json(Hello, wire.to_json(HELLO)) == HELLO
    heard = Heard(told=(), have_upto=3, server_at=SIX_PM, outages_held=("1", "2"))
    assert wire.from_json(Heard, wire.to_json(heard)) == heard


def test_a_kiosk_and_a_server_that_know_no_outages_still_understand_each_other() -> None:
    hello = '{"boot":"b","t_mono":1,"t_wall":2,"epoch":"e","max_seq":3}'
    assert wire.from_json(Hello, hello).outages == ()
    heard = '{"told":[],"have_upto":3,"server_at":"2026-11-21T18:00:00Z"}'
    assert wire.from_json(Heard, heard).outages_held == ()
