"""Waiting for a place: who may, who is next, for how long an offer stands, and which other sessions would do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.model import Session
from core.policy import WaitingLimits
from core.refusals import RefusalReason as R
from core.waiting import (
    Priority,
    Waiting,
    WaitingStatus,
    after_missed_offer,
    alternatives,
    in_order,
    is_offer_open,
    next_offers,
    offer_ends_at,
    positions,
    why_not_wait,
)
from tests.personas import (
    ABROAD,
    ALICE,
    COURSE,
    GLAZE,
    PART_1,
    PART_2,
    PLACE,
    POLICY,
    SERIES,
    SIX_PM,
    WALTER_WHO_WALKS_IN,
    WHEEL,
    hours,
    lifted,
    minutes,
    place_in,
    suspended,
)

A_MOMENT = timedelta(microseconds=1)
NOON = SIX_PM - hours(6)
LIMITS = WaitingLimits()
DANS = suspended(NOON - hours(24), SIX_PM + hours(24))
FULL = replace(WHEEL, taken=8)
WALTER = WALTER_WHO_WALKS_IN
HIGH, NORMAL, LOW = Priority.HIGH, Priority.NORMAL, Priority.LOW


def waits(name: str, joined: int = 0, **changes: object) -> Waiting:
    """Somebody who joined so many minutes after noon of the day before."""
    joined_at = NOON - timedelta(days=1) + minutes(joined)
    return replace(Waiting(id=name, member_id=name, joined_at=joined_at), **changes)  # type: ignore[arg-type]


# who may wait


def test_walter_may_wait_for_a_full_session_until_it_starts() -> None:
    assert why_not_wait(WALTER, FULL, POLICY, SIX_PM - A_MOMENT) is None
    refused = why_not_wait(WALTER, FULL, POLICY, SIX_PM)
    assert refused is not None and refused.reason is R.SESSION_STARTED


@pytest.mark.parametrize(
    ("facts", "session", "why"),
    [
        (replace(WALTER, suspensions=(DANS,)), FULL, R.SUSPENDED),
        (replace(WALTER, is_member_active=False), FULL, R.MEMBER_INACTIVE),
        (WALTER, replace(FULL, is_cancelled=True), R.SESSION_CANCELLED),
        (ALICE, FULL, R.ALREADY_RESERVED),
        (replace(WALTER, passes=()), FULL, R.NO_PASS),
    ],
)
def test_whoever_could_not_reserve_does_not_wait_either(facts: object, session: Session, why: R) -> None:
    refused = why_not_wait(facts, session, POLICY, NOON)  # type: ignore[arg-type]
    assert refused is not None and refused.reason is why


def test_an_override_for_reserving_holds_for_waiting() -> None:
    forgiven = replace(WALTER, suspensions=(DANS,), overrides=(lifted(R.SUSPENDED),))
    assert why_not_wait(forgiven, FULL, POLICY, SIX_PM - minutes(30)) is None


# who is next


def test_priority_goes_before_time_and_an_offer_that_ran_out_behind_both() -> None:
    line = [
        waits("late", 3),
        waits("early", 1),
        waits("low", 0, priority=LOW),
        waits("high", 5, priority=HIGH),
        waits("missed", 0, priority=HIGH, offers_missed=1),
    ]
    assert [one.id for one in in_order(line)] == ["high", "early", "late", "low", "missed"]


def test_two_who_came_at_the_same_moment_stay_in_the_order_of_their_ids() -> None:
    assert [one.id for one in in_order([waits("b"), waits("a")])] == ["a", "b"]


def test_whoever_holds_an_offer_stands_in_line_no_more() -> None:
    line = [waits("first", status=WaitingStatus.OFFERED), waits("second", 1), waits("third", 2)]
    assert positions(line) == {"second": 1, "third": 2}


@pytest.mark.parametrize(
    ("free", "given_to"), [(-1, []), (0, []), (1, ["anna"]), (2, ["anna", "carl"]), (9, ["anna", "carl"])]
)
def test_free_places_go_in_order_past_whoever_could_not_take_one(free: int, given_to: list[str]) -> None:
    line = [waits("carl", 2), waits("bea", 1, refused=R.SUSPENDED), waits("anna", 0)]
    line.append(waits("held", 0, status=WaitingStatus.OFFERED))
    assert [one.waiting_id for one in next_offers(line, free, FULL, LIMITS, NOON)] == given_to


def test_nobody_is_offered_a_place_in_a_session_that_was_called_off() -> None:
    assert next_offers([waits("anna")], 1, replace(FULL, is_cancelled=True), LIMITS, NOON) == ()


@pytest.mark.parametrize(("before_start", "at_once"), [(hours(2), True), (hours(2) - A_MOMENT, False)])
def test_whoever_asked_to_be_booked_is_booked_until_two_hours_before(before_start: timedelta, at_once: bool) -> None:
    (offered,) = next_offers([waits("anna", is_auto_book=True)], 1, FULL, LIMITS, SIX_PM - before_start)
    assert (offered.until is None) is at_once


# how long


@pytest.mark.parametrize(
    ("before_start", "stands"),
    [
        (hours(48), minutes(30)),
        (minutes(75), minutes(30)),
        (minutes(74), minutes(29.5)),
        (minutes(35), minutes(10)),
        (minutes(25), minutes(5)),
        (minutes(21), minutes(5)),
        (minutes(20), minutes(5)),
        (minutes(20) - A_MOMENT, None),
        (minutes(15), None),
        (minutes(0), None),
        (-hours(1), None),
    ],
)
def test_an_offer_is_shorter_as_the_session_comes_near(before_start: timedelta, stands: timedelta | None) -> None:
    at = SIX_PM - before_start
    assert offer_ends_at(FULL, LIMITS, at) == (None if stands is None else at + stands)


@given(
    st.timedeltas(min_value=-hours(3), max_value=timedelta(days=30)),
    st.timedeltas(min_value=timedelta(0), max_value=hours(12)),
    st.timedeltas(min_value=timedelta(0), max_value=hours(12)),
)
def test_no_offer_outlasts_the_last_moment_to_answer(ahead: timedelta, lasts: timedelta, margin: timedelta) -> None:
    limits = replace(LIMITS, offer_lasts=lasts, answered_before_start=margin)
    at = SIX_PM - ahead
    until = offer_ends_at(FULL, limits, at)
    assert until is None or at < until <= SIX_PM - margin


@pytest.mark.parametrize(
    ("at", "is_open"), [(NOON, True), (NOON + minutes(30) - A_MOMENT, True), (NOON + minutes(30), False)]
)
def test_an_offer_is_open_up_to_the_moment_that_was_told(at: datetime, is_open: bool) -> None:
    offered = waits("anna", status=WaitingStatus.OFFERED, offer_ends_at=NOON + minutes(30))
    assert is_offer_open(offered, at) is is_open
    assert not is_offer_open(replace(offered, status=WaitingStatus.WAITING), at)


def test_the_first_missed_offer_puts_behind_the_others_and_the_second_takes_off_the_list() -> None:
    offered = waits("anna", status=WaitingStatus.OFFERED, offer_ends_at=NOON)
    once = after_missed_offer(offered, LIMITS)
    assert (once.status, once.offers_missed, once.offer_ends_at) == (WaitingStatus.WAITING, 1, None)
    assert after_missed_offer(once, LIMITS).status is WaitingStatus.ENDED
    assert after_missed_offer(offered, replace(LIMITS, offers=1)).status is WaitingStatus.ENDED


# what else would do

TOMORROW = replace(WHEEL, id="wheel-tomorrow", starts_at=SIX_PM + timedelta(days=1))
EARLIER = replace(WHEEL, id="wheel-earlier", starts_at=SIX_PM - hours(3))
LOOM = replace(ABROAD, starts_at=SIX_PM + hours(3))


def test_the_nearest_comes_first_and_the_same_venue_first_among_equals() -> None:
    assert alternatives(FULL, [TOMORROW, LOOM, EARLIER], NOON) == (EARLIER, LOOM, TOMORROW)
    assert alternatives(FULL, [TOMORROW, LOOM, EARLIER], NOON, most=1) == (EARLIER,)


@pytest.mark.parametrize(
    "unfit",
    [
        FULL,
        GLAZE,
        replace(TOMORROW, taken=8),
        replace(TOMORROW, is_cancelled=True),
        replace(TOMORROW, starts_at=NOON),
        replace(TOMORROW, course_id=COURSE, part=1),
    ],
)
def test_what_is_another_class_full_cancelled_or_over_would_not_do(unfit: Session) -> None:
    assert alternatives(FULL, [unfit], NOON) == ()


def test_of_a_course_only_the_same_part_would_do() -> None:
    again = replace(PART_1, id="part-1-again", starts_at=PART_1.starts_at + timedelta(days=2))
    assert alternatives(PART_1, [again, PART_2, TOMORROW], PART_1.starts_at - hours(1)) == (again,)


# a place that was let go of


@pytest.mark.parametrize(("taken", "is_let_in"), [(7, True), (8, False)])
def test_whoever_comes_late_for_a_place_that_was_let_go_of_is_let_in_if_there_is_room(
    taken: int, is_let_in: bool
) -> None:
    place = replace(place_in(WHEEL, SERIES), is_released=True)
    facts = replace(WALTER, passes=(SERIES,), sessions=(replace(WHEEL, taken=taken),), reservations=(place,))
    decision = decide(facts, POLICY, SIX_PM + minutes(20))
    if is_let_in:
        assert isinstance(decision, Admitted) and decision.reservation_id == place.id
    else:
        assert isinstance(decision, Refused) and decision.reason is R.SESSION_FULL


def test_a_place_that_is_kept_is_theirs_however_full_it_is() -> None:
    facts = replace(ALICE, sessions=(FULL,), reservations=(PLACE,))
    assert isinstance(decide(facts, POLICY, SIX_PM + minutes(20)), Admitted)
