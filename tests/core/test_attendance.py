"""What the night makes of the day: when it may judge, what an absence costs, and when it is forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.attendance import (
    Absence,
    Cost,
    Lost,
    PlaceAhead,
    SuspensionDue,
    Verdict,
    cost,
    due_at,
    has_attended,
    is_absent,
    is_due,
    is_served,
    lets_go_of_late_cancel,
    places_lost,
    suspension_due,
    verdict,
)
from core.model import PassType, ReservationStatus
from core.policy import ClassRule, Policy
from tests.personas import EIGHT_PM, SIX_PM, hours, minutes, suspended

A_MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
NO_TIME = timedelta(0)
POLICY = Policy(closes_after_end=NO_TIME)
SLOW = Policy(closes_after_end=NO_TIME, no_show_delay=hours(3))
TAKES = Policy(no_show_takes_punch=True)
S = ReservationStatus


@pytest.mark.parametrize(
    ("policy", "as_of", "due"),
    [
        (POLICY, EIGHT_PM - A_MOMENT, False),
        (POLICY, EIGHT_PM, True),
        (SLOW, EIGHT_PM + hours(3) - A_MOMENT, False),
        (SLOW, EIGHT_PM + hours(3), True),
    ],
)
def test_nobody_is_judged_before_the_class_and_the_delay_are_over(policy: Policy, as_of: datetime, due: bool) -> None:
    assert is_due(EIGHT_PM, policy, as_of) is due
    assert (verdict(EIGHT_PM, policy, as_of, every_kiosk_told=True) is Verdict.NO_SHOW) is due


@pytest.mark.parametrize(
    ("as_of", "told", "found"),
    [
        (EIGHT_PM - A_MOMENT, True, Verdict.WAIT),
        (EIGHT_PM, True, Verdict.NO_SHOW),
        (EIGHT_PM, False, Verdict.WAIT),
        (EIGHT_PM + 2 * DAY - A_MOMENT, False, Verdict.WAIT),
        (EIGHT_PM + 2 * DAY, False, Verdict.UNCONFIRMED),
        (EIGHT_PM + 2 * DAY, True, Verdict.NO_SHOW),
    ],
)
def test_a_silent_kiosk_is_waited_for_but_not_for_ever(as_of: datetime, told: bool, found: Verdict) -> None:
    assert verdict(EIGHT_PM, POLICY, as_of, every_kiosk_told=told) is found
    assert lets_go_of_late_cancel(EIGHT_PM, POLICY, as_of, every_kiosk_told=told) is (found is not Verdict.WAIT)


LATE_GUESTS = ClassRule(class_type_id="bar", closes_after_end=hours(5))


@pytest.mark.parametrize(
    ("policy", "due_after"),
    [
        (Policy(), hours(2)),
        (Policy(no_show_delay=hours(1)), hours(2)),
        (Policy(no_show_delay=hours(3)), hours(3)),
        (Policy(class_rules=(LATE_GUESTS,)), hours(5)),
        (Policy(class_rules=(ClassRule(class_type_id="bar"),)), hours(2)),
    ],
)
def test_nobody_is_judged_while_they_may_still_check_in(policy: Policy, due_after: timedelta) -> None:
    assert not is_due(EIGHT_PM, policy, EIGHT_PM + due_after - A_MOMENT)
    assert is_due(EIGHT_PM, policy, EIGHT_PM + due_after)


def test_the_wait_for_a_silent_kiosk_begins_after_the_delay() -> None:
    assert due_at(EIGHT_PM, SLOW) == EIGHT_PM + hours(3)
    assert verdict(EIGHT_PM, SLOW, EIGHT_PM + 2 * DAY, every_kiosk_told=False) is Verdict.WAIT
    assert verdict(EIGHT_PM, SLOW, EIGHT_PM + 2 * DAY + hours(3), every_kiosk_told=False) is Verdict.UNCONFIRMED


@pytest.mark.parametrize("status", S)
def test_only_a_place_kept_and_not_used_can_be_missed(status: ReservationStatus) -> None:
    assert is_absent(status) is (status is S.PENDING)


@pytest.mark.parametrize("status", S)
def test_whoever_was_checked_in_has_attended_when_the_class_ends(status: ReservationStatus) -> None:
    assert has_attended(status, EIGHT_PM, EIGHT_PM) is (status is S.CHECKED_IN)
    assert not has_attended(status, EIGHT_PM, EIGHT_PM - A_MOMENT)


NOTHING, A_STRIKE, STRIKE_AND_PUNCH = (
    Cost(is_counted=False, takes_punch=False),
    Cost(is_counted=True, takes_punch=False),
    Cost(is_counted=True, takes_punch=True),
)
LENIENT = Policy(no_show_takes_punch=True, is_first_free=True)


@pytest.mark.parametrize(
    ("found", "pass_type", "policy", "is_first", "is_excused", "costs"),
    [
        (Verdict.NO_SHOW, PassType.PUNCH_PASS, POLICY, False, False, A_STRIKE),
        (Verdict.NO_SHOW, PassType.PUNCH_PASS, TAKES, False, False, STRIKE_AND_PUNCH),
        (Verdict.NO_SHOW, PassType.UNLIMITED_SERIES, TAKES, False, False, A_STRIKE),
        (Verdict.NO_SHOW, PassType.FULL_COURSE, TAKES, False, False, A_STRIKE),
        (Verdict.NO_SHOW, PassType.PUNCH_PASS, TAKES, True, False, STRIKE_AND_PUNCH),
        (Verdict.NO_SHOW, PassType.PUNCH_PASS, LENIENT, True, False, NOTHING),
        (Verdict.NO_SHOW, PassType.PUNCH_PASS, LENIENT, False, False, STRIKE_AND_PUNCH),
        (Verdict.NO_SHOW, PassType.PUNCH_PASS, TAKES, False, True, NOTHING),
        (Verdict.UNCONFIRMED, PassType.PUNCH_PASS, TAKES, False, False, NOTHING),
        (Verdict.WAIT, PassType.PUNCH_PASS, TAKES, False, False, NOTHING),
    ],
)
def test_what_an_absence_costs(
    found: Verdict, pass_type: PassType, policy: Policy, is_first: bool, is_excused: bool, costs: Cost
) -> None:
    assert cost(found, pass_type, policy, is_first=is_first, is_excused=is_excused) == costs


# places ahead


MISSED = Absence(
    no_show_id="n1", reservation_id="r1", pass_id="p1", session_ends_at=EIGHT_PM, noted_at=EIGHT_PM + hours(5)
)
AHEAD = PlaceAhead(
    reservation_id="r2",
    pass_id="p1",
    status=S.PENDING,
    session_starts_at=SIX_PM + 3 * DAY,
    made_at=SIX_PM - DAY,
)
TAKEN = (Lost(reservation_id="r2", no_show_id="n1"),)


@pytest.mark.parametrize(
    ("grace", "as_of", "lost"),
    [
        (hours(24), EIGHT_PM + hours(24) - A_MOMENT, ()),
        (hours(24), EIGHT_PM + hours(24), TAKEN),
        (hours(24), EIGHT_PM + hours(60), TAKEN),
        (hours(0), EIGHT_PM, TAKEN),
        (hours(0), EIGHT_PM - A_MOMENT, ()),
    ],
)
def test_places_ahead_are_lost_once_the_grace_has_run_out(
    grace: timedelta, as_of: datetime, lost: tuple[Lost, ...]
) -> None:
    assert places_lost([MISSED], [AHEAD], grace, as_of) == lost


NEXT_NIGHT = EIGHT_PM + hours(30)


@pytest.mark.parametrize(
    "place",
    [
        *(replace(AHEAD, status=status) for status in S if status is not S.PENDING),
        replace(AHEAD, pass_id="another"),
        replace(AHEAD, session_starts_at=NEXT_NIGHT),
        replace(AHEAD, made_at=EIGHT_PM + hours(24)),
    ],
)
def test_other_places_stay(place: PlaceAhead) -> None:
    assert places_lost([MISSED], [place], hours(24), NEXT_NIGHT) == ()


@pytest.mark.parametrize(
    "place",
    [
        replace(AHEAD, session_starts_at=NEXT_NIGHT + A_MOMENT),
        replace(AHEAD, made_at=EIGHT_PM + hours(24) - A_MOMENT),
    ],
)
def test_just_this_side_of_the_line_they_are_lost(place: PlaceAhead) -> None:
    assert places_lost([MISSED], [place], hours(24), NEXT_NIGHT) == TAKEN


@pytest.mark.parametrize(
    "absence",
    [replace(MISSED, is_excused=True), replace(MISSED, is_confirmed=False), replace(MISSED, is_counted=False)],
)
def test_what_is_excused_or_not_certain_takes_nothing_away(absence: Absence) -> None:
    assert places_lost([absence], [AHEAD], hours(24), NEXT_NIGHT) == ()
    assert suspension_due([absence] * 3, None, POLICY, NEXT_NIGHT) is None


def test_a_place_is_lost_once_and_to_the_first_absence() -> None:
    earlier = replace(MISSED, no_show_id="n0", session_ends_at=EIGHT_PM - DAY)
    assert places_lost([MISSED, earlier], [AHEAD], hours(24), NEXT_NIGHT) == (
        Lost(reservation_id="r2", no_show_id="n0"),
    )


# suspensions


def missed(*days_ago: float, noted: datetime = SIX_PM) -> list[Absence]:
    """Absences whose sessions ended so many days before six."""
    return [
        replace(MISSED, no_show_id=f"n{number}", session_ends_at=SIX_PM - days * DAY, noted_at=noted)
        for number, days in enumerate(days_ago)
    ]


def test_three_strikes_make_a_suspension_from_now_for_its_length() -> None:
    assert suspension_due(missed(20, 9, 1), None, POLICY, SIX_PM) == SuspensionDue(
        starts_at=SIX_PM, ends_at=SIX_PM + 14 * DAY, no_show_id="n2", strikes=("n0", "n1", "n2")
    )
    assert suspension_due(missed(20, 1), None, POLICY, SIX_PM) is None


def test_the_strike_that_filled_the_measure_is_the_last_whatever_the_order() -> None:
    found = suspension_due(missed(1, 20, 9), None, POLICY, SIX_PM)
    assert found is not None
    assert (found.no_show_id, found.strikes) == ("n0", ("n1", "n2", "n0"))


def test_a_strike_is_forgotten_after_thirty_days() -> None:
    almost = 30 - A_MOMENT / DAY
    assert suspension_due(missed(30, 9, 1), None, POLICY, SIX_PM) is None
    assert suspension_due(missed(almost, 9, 1), None, POLICY, SIX_PM) is not None


def test_strikes_that_were_answered_do_not_count_again() -> None:
    old, new = missed(9, 8, 7, noted=SIX_PM - 6 * DAY), missed(3, 2, noted=SIX_PM)
    assert suspension_due([*old, *new], SIX_PM - 6 * DAY, POLICY, SIX_PM) is None
    third = replace(new[0], no_show_id="late", session_ends_at=SIX_PM - 8 * DAY)
    found = suspension_due([*old, *new, third], SIX_PM - 6 * DAY, POLICY, SIX_PM)
    assert found is not None
    assert set(found.strikes) == {"n0", "n1", "late"}


def test_the_same_night_again_makes_no_second_suspension() -> None:
    assert suspension_due(missed(20, 9, 1, noted=SIX_PM), SIX_PM, POLICY, SIX_PM) is None


@pytest.mark.parametrize(("strikes", "is_due_"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_studio_says_how_many_and_zero_means_never(strikes: int, is_due_: bool) -> None:
    policy = replace(POLICY, strikes=strikes)
    assert (suspension_due(missed(4, 3, 2, 1), None, policy, SIX_PM) is not None) is is_due_


def test_a_suspension_is_served_when_it_ends() -> None:
    served = suspended(SIX_PM - DAY, SIX_PM)
    assert not is_served(served, SIX_PM - A_MOMENT)
    assert is_served(served, SIX_PM)
    assert not is_served(suspended(SIX_PM - DAY, SIX_PM, lifted_at=SIX_PM - minutes(9)), SIX_PM)
