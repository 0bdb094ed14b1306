"""May this member take a place: limits, capacity, order of parts, the punch to hold; and giving it up again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decisions import Refused
from core.facts import Facts
from core.model import CourseProgress, Pass, ReservationStatus, Session
from core.policy import ClassRule, Policy
from core.refusals import RefusalReason as R
from core.reserving import Reservable, cancel_keeps_hold, reserve, why_not_cancel, why_not_reserve
from tests.core.arbitrary import facts as arbitrary_facts
from tests.core.arbitrary import instants
from tests.core.test_door_says_no import NO, NOT_AT_THE_DOOR
from tests.personas import (
    ALICE,
    COURSE,
    GLAZE,
    PART_1,
    PART_2,
    PART_3,
    PLACE,
    POLICY,
    PUNCHES,
    SERIES,
    SIX_PM,
    WALTER_WHO_WALKS_IN,
    WHEEL,
    hours,
    lifted,
    place_in,
    suspended,
    visit_to,
)

A_MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
NOON = SIX_PM - hours(6)
WALTER = WALTER_WHO_WALKS_IN
WEEK = tuple(
    replace(WHEEL, id=f"wheel-{day}", starts_at=SIX_PM + day * DAY, ends_at=SIX_PM + day * DAY + hours(2))
    for day in range(8)
)


def with_places(*sessions: Session, pass_: Pass = SERIES, **changes: object) -> Facts:
    """Walter with places in these sessions."""
    places = tuple(place_in(session, pass_) for session in sessions)
    return replace(WALTER, passes=(pass_,), sessions=WEEK, reservations=places, **changes)  # type: ignore[arg-type]


def reason(facts: Facts, session: Session = WHEEL, at: datetime = NOON, policy: Policy = POLICY) -> R | None:
    refused = why_not_reserve(facts, session, policy, at)
    return refused.reason if refused else None


def test_a_place_on_a_punch_pass_sets_a_punch_aside() -> None:
    assert reserve(WALTER, WHEEL, POLICY, NOON) == Reservable(paid_by=PUNCHES, takes_hold=True)
    assert reserve(replace(WALTER, passes=(SERIES,)), WHEEL, POLICY, NOON) == Reservable(
        paid_by=SERIES, takes_hold=False
    )


CASES: list[tuple[Facts, Session, R | None]] = [
    (WALTER, WHEEL, None),
    (replace(WALTER, is_member_active=False), WHEEL, R.MEMBER_INACTIVE),
    (replace(WALTER, suspensions=(suspended(NOON, NOON + A_MOMENT),)), WHEEL, R.SUSPENDED),
    (replace(WALTER, suspensions=(suspended(NOON - DAY, NOON),)), WHEEL, None),
    (WALTER, replace(WHEEL, is_cancelled=True), R.SESSION_CANCELLED),
    (WALTER, replace(WHEEL, starts_at=NOON), R.SESSION_STARTED),
    (WALTER, replace(WHEEL, starts_at=NOON + A_MOMENT), None),
    (ALICE, WHEEL, R.ALREADY_RESERVED),
    (replace(ALICE, reservations=(replace(PLACE, status=ReservationStatus.CANCELLED),)), WHEEL, None),
    (replace(ALICE, reservations=(replace(PLACE, status=ReservationStatus.AUTO_CANCELLED),)), WHEEL, None),
    (replace(ALICE, reservations=(replace(PLACE, status=ReservationStatus.CHECKED_IN),)), WHEEL, R.ALREADY_RESERVED),
    (replace(WALTER, check_ins=(visit_to(WHEEL, "W:walter:wheel-friday"),)), WHEEL, R.ALREADY_RESERVED),
    (WALTER, replace(WHEEL, taken=8), R.SESSION_FULL),
    (WALTER, replace(WHEEL, taken=7), None),
    (replace(WALTER, passes=()), WHEEL, R.NO_PASS),
    (replace(WALTER, passes=(replace(PUNCHES, valid_until=SIX_PM),)), WHEEL, R.PASS_EXPIRED),
    (replace(WALTER, passes=(replace(PUNCHES, valid_until=SIX_PM + A_MOMENT),)), WHEEL, None),
    (replace(WALTER, passes=(replace(PUNCHES, valid_from=SIX_PM + A_MOMENT),)), WHEEL, R.PASS_NOT_YET_VALID),
    (replace(WALTER, passes=(replace(PUNCHES, valid_from=SIX_PM),)), WHEEL, None),
    (replace(WALTER, passes=(replace(PUNCHES, class_type_ids=frozenset({"glaze"})),)), WHEEL, R.PASS_NOT_FOR_THIS),
    (replace(WALTER, passes=(replace(PUNCHES, punches_left=2, punches_held=2),)), WHEEL, R.PASS_USED_UP),
    (replace(WALTER, passes=(replace(PUNCHES, punches_left=2, punches_held=1),)), WHEEL, None),
    (with_places(*WEEK[1:4]), WEEK[5], R.TOO_MANY_AHEAD),
    (with_places(*WEEK[1:3]), WEEK[5], None),
    (with_places(PART_1, pass_=COURSE, courses=(CourseProgress(course_id="mugs"),)), PART_3, R.PART_OUT_OF_ORDER),
    (
        with_places(pass_=COURSE, courses=(CourseProgress(course_id="mugs", parts_attended=frozenset({1})),)),
        PART_1,
        R.PART_ALREADY_TAKEN,
    ),
]


@pytest.mark.parametrize(("who", "session", "why"), CASES)
def test_may_this_place_be_taken(who: Facts, session: Session, why: R | None) -> None:
    assert reason(who, session) is why


def test_every_reason_there_is_can_be_given_at_the_door_or_when_reserving() -> None:
    given_reasons = {why for *_, why in NO} | {why for *_, why in CASES if why}
    how_an_attempt_ends = {
        R.CHOICE_NOT_MADE,
        R.UNDONE_BY_MEMBER,
        R.UNDONE_BY_STAFF,
        R.INTERRUPTED,
        R.STAFF_NOT_ALLOWED,
        R.NOT_LED_BY_CARD,
        R.FINDING_NEEDS_SERVER,
    }
    assert given_reasons == set(R) - how_an_attempt_ends - {R.NOT_A_MEMBERSHIP_CARD}
    assert {why for *_, why in CASES if why} >= NOT_AT_THE_DOOR - how_an_attempt_ends - {R.NOT_A_MEMBERSHIP_CARD}


# places ahead


def test_only_places_still_to_come_count_as_ahead() -> None:
    """The class at six has begun, one place was given up: two are left, and a third may be taken."""
    facts = with_places(*WEEK[0:4])
    given_up = replace(facts.reservations[3], status=ReservationStatus.CANCELLED)
    facts = replace(facts, reservations=(*facts.reservations[:3], given_up))
    assert reason(facts, WEEK[5], SIX_PM - A_MOMENT) is R.TOO_MANY_AHEAD
    assert reason(facts, WEEK[5], SIX_PM) is None


def test_each_pass_has_its_own_limit_and_another_may_help_out() -> None:
    full = with_places(*WEEK[1:4])
    also_punches = replace(full, passes=(SERIES, PUNCHES))
    assert reserve(also_punches, WEEK[5], POLICY, NOON) == Reservable(paid_by=PUNCHES, takes_hold=True)
    assert reason(replace(full, passes=(replace(SERIES, max_reservations_ahead=4),)), WEEK[5]) is None


# parts of a course


MONDAY, TUESDAY, WEDNESDAY = (
    replace(part, starts_at=SIX_PM + day * DAY, ends_at=SIX_PM + day * DAY + hours(2))
    for day, part in enumerate((PART_1, PART_2, PART_3), start=3)
)


def course_with_places(*sessions: Session) -> Facts:
    return replace(with_places(*sessions, pass_=COURSE), sessions=(MONDAY, TUESDAY, WEDNESDAY))


def test_a_part_may_be_reserved_when_those_before_it_are_reserved_earlier() -> None:
    assert reason(course_with_places(), TUESDAY) is R.PART_OUT_OF_ORDER
    assert reason(course_with_places(MONDAY), TUESDAY) is None
    assert reason(course_with_places(MONDAY), WEDNESDAY) is R.PART_OUT_OF_ORDER
    assert reason(course_with_places(MONDAY, TUESDAY), WEDNESDAY) is None


def test_earlier_means_over_before_this_one_begins() -> None:
    just_before = replace(TUESDAY, starts_at=MONDAY.ends_at)
    overlapping = replace(TUESDAY, starts_at=MONDAY.ends_at - A_MOMENT)
    assert reason(course_with_places(MONDAY), just_before) is None
    assert reason(course_with_places(MONDAY), overlapping) is R.PART_OUT_OF_ORDER


def test_a_part_that_is_reserved_cannot_be_reserved_again() -> None:
    again = replace(MONDAY, id="mug-1-again", starts_at=MONDAY.starts_at + 2 * DAY, ends_at=MONDAY.ends_at + 2 * DAY)
    assert reason(course_with_places(MONDAY), again) is R.PART_ALREADY_TAKEN
    only_counted = CourseProgress(course_id="mugs", parts_reserved=frozenset({1}))
    assert reason(replace(course_with_places(), courses=(only_counted,)), again) is R.PART_ALREADY_TAKEN


def test_a_make_up_session_is_free_of_the_order() -> None:
    assert reason(course_with_places(), replace(WEDNESDAY, is_makeup=True)) is None


def test_an_override_lets_a_part_come_early_and_names_itself() -> None:
    early = replace(course_with_places(), overrides=(lifted(R.PART_OUT_OF_ORDER, TUESDAY, starts_at=NOON),))
    assert reserve(early, TUESDAY, POLICY, NOON) == Reservable(
        paid_by=COURSE, takes_hold=False, lifted_by=("lift-PART_OUT_OF_ORDER",)
    )


# overrides


@pytest.mark.parametrize(("who", "session", "why"), [case for case in CASES if case[2]])
def test_staff_may_lift_it_unless_there_is_no_pass_or_no_second_place(who: Facts, session: Session, why: R) -> None:
    outcome = reserve(replace(who, overrides=(lifted(why, starts_at=NOON),)), session, POLICY, NOON)
    if why in (R.ALREADY_RESERVED, R.NO_PASS, R.PASS_NOT_FOR_THIS):
        assert isinstance(outcome, Refused)
    else:
        assert isinstance(outcome, Reservable), outcome
        assert outcome.lifted_by == (f"lift-{why}",)


def test_lifting_one_thing_does_not_lift_the_next() -> None:
    dan = replace(WALTER, suspensions=(suspended(NOON, SIX_PM),), overrides=(lifted(R.SUSPENDED, starts_at=NOON),))
    assert reason(dan, replace(WHEEL, taken=8)) is R.SESSION_FULL


def test_a_punch_that_is_not_there_cannot_be_set_aside() -> None:
    used_up = replace(WALTER, passes=(replace(PUNCHES, punches_left=0),))
    outcome = reserve(replace(used_up, overrides=(lifted(R.PASS_USED_UP, starts_at=NOON),)), WHEEL, POLICY, NOON)
    assert isinstance(outcome, Reservable)
    assert outcome.takes_hold is False


# giving up


@pytest.mark.parametrize(
    ("at", "keeps"),
    [
        (SIX_PM - DAY, False),
        (SIX_PM - DAY + A_MOMENT, True),
        (SIX_PM - hours(1), True),
    ],
)
def test_cancelling_later_than_a_day_before_keeps_the_hold(at: datetime, keeps: bool) -> None:
    assert cancel_keeps_hold(WHEEL, POLICY, at) is keeps


@pytest.mark.parametrize(("at", "keeps"), [(SIX_PM - hours(2) - A_MOMENT, False), (SIX_PM - hours(2), True)])
def test_once_check_in_is_open_a_cancel_keeps_the_hold_whatever_the_policy(at: datetime, keeps: bool) -> None:
    generous = Policy(free_cancel_before_start=timedelta(0))
    assert cancel_keeps_hold(WHEEL, generous, at) is keeps
    longer = replace(generous, class_rules=(ClassRule(class_type_id="wheel", opens_before_start=hours(5)),))
    assert cancel_keeps_hold(WHEEL, longer, at) is True
    assert cancel_keeps_hold(GLAZE, longer, at) is keeps


def test_a_class_the_studio_cancelled_keeps_nothing_back() -> None:
    assert cancel_keeps_hold(replace(WHEEL, is_cancelled=True), POLICY, SIX_PM) is False


def test_a_place_can_be_given_up_until_the_start() -> None:
    assert why_not_cancel(PLACE, WHEEL, SIX_PM - A_MOMENT) is None
    assert why_not_cancel(PLACE, WHEEL, SIX_PM) == Refused(reason=R.SESSION_STARTED, session=WHEEL)


@pytest.mark.parametrize("status", [s for s in ReservationStatus if s is not ReservationStatus.PENDING])
def test_only_a_place_one_still_has_can_be_given_up(status: ReservationStatus) -> None:
    assert why_not_cancel(replace(PLACE, status=status), WHEEL, NOON) is not None


@given(arbitrary_facts(), instants(), st.data())
def test_a_place_is_given_only_where_there_is_one(facts: Facts, at: datetime, data: st.DataObject) -> None:
    if not facts.sessions:
        return
    session = data.draw(st.sampled_from(facts.sessions))
    outcome = reserve(facts, session, POLICY, at)
    if isinstance(outcome, Reservable) and not outcome.lifted_by:
        assert at < session.starts_at
        assert session.taken < session.capacity
        assert outcome.paid_by in facts.passes
        assert not outcome.takes_hold or outcome.paid_by.punches_available >= 1
    if isinstance(reserve(replace(facts, overrides=()), session, POLICY, at), Reservable):
        assert isinstance(outcome, Reservable)
