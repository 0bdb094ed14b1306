"""The door says no: one row for each reason, both sides of each boundary, and none of them forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.facts import Facts
from core.model import CardState, Method, ReservationStatus
from core.policy import ClassRule, Policy
from core.refusals import RefusalReason as R
from tests.personas import (
    ABROAD,
    ALICE,
    BOB_WITH_NO_PUNCHES,
    CARL_WHOSE_CLASS_IS_OFF,
    DAN_SUSPENDED,
    EIGHT_PM,
    EVE_WHO_STARTS_TOMORROW,
    FRED_BEFORE_A_FULL_ROOM,
    GLAZE,
    GUS_WITH_A_GLAZING_PASS,
    INA_WHO_LEFT,
    LATER,
    LEO_WHO_LOST_HIS_CARD,
    NORA_WITHOUT_A_PASS,
    OLGA_AT_THE_OTHER_VENUE,
    PAULA_WHO_IS_AWAY,
    PIA_WHO_SKIPS_A_PART,
    POLICY,
    PUNCHES,
    REBECCA_WITH_THE_OLD_CARD,
    SIX_PM,
    STRANGER,
    TOM_WHO_TAKES_IT_TWICE,
    WALTER_WHO_WALKS_IN,
    WHEEL,
    XAVER_WHOSE_PASS_RAN_OUT,
    alone,
    before_class,
    hours,
    minutes,
    place_in,
    suspended,
    visit_to,
)

A_MOMENT = timedelta(microseconds=1)
RESERVED_ONLY = Policy(may_walk_in=False)
SYNCED = alone(ALICE).knowledge.synced_at or SIX_PM

NO = [
    (STRANGER, SIX_PM, POLICY, R.CARD_UNKNOWN),
    (alone(STRANGER), SIX_PM, POLICY, R.CARD_NOT_ON_THIS_KIOSK),
    (alone(STRANGER, has_member_list=False), SIX_PM, POLICY, R.NO_MEMBER_LIST),
    (REBECCA_WITH_THE_OLD_CARD, SIX_PM, POLICY, R.CARD_REPLACED),
    (LEO_WHO_LOST_HIS_CARD, SIX_PM, POLICY, R.CARD_REVOKED),
    (replace(ALICE, card=CardState.EXPIRED), SIX_PM, POLICY, R.CARD_EXPIRED),
    (replace(ALICE, card=CardState.CODE_OLD), SIX_PM, POLICY, R.PHONE_CODE_OLD),
    (replace(ALICE, card=CardState.CODE_UNSURE), SIX_PM, POLICY, R.CLOCK_UNSURE),
    (INA_WHO_LEFT, SIX_PM, POLICY, R.MEMBER_INACTIVE),
    (DAN_SUSPENDED, SIX_PM, POLICY, R.SUSPENDED),
    (ALICE, before_class(120) - A_MOMENT, POLICY, R.TOO_EARLY),
    (ALICE, EIGHT_PM + minutes(120), POLICY, R.TOO_LATE),
    (replace(ALICE, sessions=(), reservations=()), SIX_PM, POLICY, R.NO_SESSION_TODAY),
    (OLGA_AT_THE_OTHER_VENUE, SIX_PM, POLICY, R.OTHER_VENUE),
    (CARL_WHOSE_CLASS_IS_OFF, SIX_PM, POLICY, R.SESSION_CANCELLED),
    (replace(CARL_WHOSE_CLASS_IS_OFF, reservations=()), SIX_PM, POLICY, R.SESSION_CANCELLED),
    (WALTER_WHO_WALKS_IN, SIX_PM, RESERVED_ONLY, R.NO_RESERVATION),
    (FRED_BEFORE_A_FULL_ROOM, SIX_PM, POLICY, R.SESSION_FULL),
    (NORA_WITHOUT_A_PASS, SIX_PM, POLICY, R.NO_PASS),
    (GUS_WITH_A_GLAZING_PASS, SIX_PM, POLICY, R.PASS_NOT_FOR_THIS),
    (EVE_WHO_STARTS_TOMORROW, SIX_PM, POLICY, R.PASS_NOT_YET_VALID),
    (XAVER_WHOSE_PASS_RAN_OUT, SIX_PM, POLICY, R.PASS_EXPIRED),
    (PAULA_WHO_IS_AWAY, SIX_PM, POLICY, R.PASS_PAUSED),
    (alone(PAULA_WHO_IS_AWAY), SIX_PM, POLICY, R.PASS_PAUSED),
    (BOB_WITH_NO_PUNCHES, SIX_PM, POLICY, R.PASS_USED_UP),
    (PIA_WHO_SKIPS_A_PART, SIX_PM, POLICY, R.PART_OUT_OF_ORDER),
    (TOM_WHO_TAKES_IT_TWICE, SIX_PM, POLICY, R.PART_ALREADY_TAKEN),
    (alone(WALTER_WHO_WALKS_IN, is_clock_sure=False), SIX_PM, POLICY, R.CLOCK_UNSURE),
    (alone(ALICE, synced_at=SIX_PM - hours(72) - A_MOMENT), SIX_PM, POLICY, R.MEMBER_LIST_TOO_OLD),
    (alone(ALICE, synced_at=None), SIX_PM, POLICY, R.MEMBER_LIST_TOO_OLD),
    (alone(WALTER_WHO_WALKS_IN, synced_at=SIX_PM - hours(24) - A_MOMENT), SIX_PM, POLICY, R.MEMBER_LIST_TOO_OLD),
    (alone(WALTER_WHO_WALKS_IN, passes_walked_in_on_today=(PUNCHES.id,)), SIX_PM, POLICY, R.OFFLINE_WALK_IN_LIMIT),
]

YES = [
    (ALICE, SIX_PM, POLICY),
    (ALICE, before_class(120), POLICY),
    (ALICE, EIGHT_PM + minutes(120) - A_MOMENT, POLICY),
    (WALTER_WHO_WALKS_IN, SIX_PM, POLICY),
    (WALTER_WHO_WALKS_IN, EIGHT_PM - A_MOMENT, POLICY),
    (ALICE, SIX_PM, RESERVED_ONLY),
    (replace(WALTER_WHO_WALKS_IN, sessions=(replace(WHEEL, taken=7),)), SIX_PM, POLICY),
    (replace(ALICE, sessions=(replace(WHEEL, taken=8),)), SIX_PM, POLICY),
    (replace(EVE_WHO_STARTS_TOMORROW, passes=(replace(PUNCHES, valid_from=SIX_PM),)), SIX_PM, POLICY),
    (replace(ALICE, passes=(replace(PUNCHES, valid_until=SIX_PM + A_MOMENT),)), SIX_PM + minutes(5), POLICY),
    (replace(BOB_WITH_NO_PUNCHES, passes=(replace(PUNCHES, punches_left=1),)), SIX_PM, POLICY),
    (replace(ALICE, suspensions=(suspended(SIX_PM + A_MOMENT, SIX_PM + hours(9)),)), SIX_PM, POLICY),
    (replace(ALICE, suspensions=(suspended(SIX_PM - hours(9), SIX_PM),)), SIX_PM, POLICY),
    (replace(ALICE, suspensions=(suspended(SIX_PM - hours(9), SIX_PM + hours(9), SIX_PM),)), SIX_PM, POLICY),
    (alone(ALICE, synced_at=SIX_PM - hours(72)), SIX_PM, POLICY),
    (alone(ALICE, is_clock_sure=False), SIX_PM, POLICY),
    (alone(WALTER_WHO_WALKS_IN, synced_at=SIX_PM - hours(24)), SIX_PM, POLICY),
    (alone(WALTER_WHO_WALKS_IN, passes_walked_in_on_today=("another",)), SIX_PM, POLICY),
    (alone(WALTER_WHO_WALKS_IN, passes_walked_in_on_today=(PUNCHES.id,), kiosks_at_venue=1), SIX_PM, POLICY),
]

NOT_AT_THE_DOOR = frozenset(
    {
        R.NOT_A_MEMBERSHIP_CARD,  # said before anybody is looked up, by core.cards
        R.SESSION_STARTED,
        R.ALREADY_RESERVED,
        R.TOO_MANY_AHEAD,
        R.CHOICE_NOT_MADE,
        R.UNDONE_BY_MEMBER,
        R.UNDONE_BY_STAFF,
        R.INTERRUPTED,
        R.STAFF_NOT_ALLOWED,  # said when the server hears who let somebody in
        R.NOT_LED_BY_CARD,  # said when the server hears by which card
        R.FINDING_NEEDS_SERVER,  # said where nobody can be asked who it is
    }
)


@pytest.mark.parametrize(("who", "at", "policy", "why"), NO)
def test_the_door_says_no(who: Facts, at: datetime, policy: Policy, why: R) -> None:
    decision = decide(who, policy, at)
    assert isinstance(decision, Refused), decision
    assert decision.reason is why


@pytest.mark.parametrize(("who", "at", "policy"), YES)
def test_the_door_opens(who: Facts, at: datetime, policy: Policy) -> None:
    assert isinstance(decide(who, policy, at), Admitted), decide(who, policy, at)


def test_every_reason_the_door_can_give_has_a_row() -> None:
    assert {why for *_, why in NO} == set(R) - NOT_AT_THE_DOOR


def test_too_early_says_until_when_and_for_what() -> None:
    decision = decide(ALICE, POLICY, before_class(121))
    assert decision == Refused(reason=R.TOO_EARLY, until=before_class(120), session=WHEEL)


def test_a_suspension_says_until_when() -> None:
    assert decide(DAN_SUSPENDED, POLICY, SIX_PM) == Refused(reason=R.SUSPENDED, until=SIX_PM + hours(24))


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_suspensions_the_longer_one_is_told(order: int) -> None:
    both = (suspended(SIX_PM - hours(24), SIX_PM + hours(24)), suspended(SIX_PM - hours(1), SIX_PM + hours(90)))
    decision = decide(replace(ALICE, suspensions=both[::order]), POLICY, SIX_PM)
    assert decision == Refused(reason=R.SUSPENDED, until=SIX_PM + hours(90))


def test_a_pass_that_starts_later_says_from_when() -> None:
    decision = decide(EVE_WHO_STARTS_TOMORROW, POLICY, SIX_PM)
    assert isinstance(decision, Refused)
    assert decision.until == SIX_PM + hours(24)


def test_the_next_opening_is_named_when_a_place_comes_later_today() -> None:
    """Six o'clock is over; the late class opens two hours before it starts."""
    late = replace(LATER, starts_at=EIGHT_PM + hours(3), ends_at=EIGHT_PM + hours(4))
    facts = replace(ALICE, sessions=(WHEEL, late), reservations=(place_in(late),))
    decision = decide(facts, POLICY, EIGHT_PM + hours(1) - A_MOMENT)
    assert decision == Refused(reason=R.TOO_EARLY, until=EIGHT_PM + hours(1), session=late)


def test_a_class_type_can_have_a_window_of_its_own() -> None:
    short = Policy(class_rules=(ClassRule(class_type_id="wheel", opens_before_start=minutes(15)),))
    assert isinstance(decide(ALICE, short, before_class(15)), Admitted)
    decision = decide(ALICE, short, before_class(16))
    assert isinstance(decision, Refused)
    assert decision.reason is R.TOO_EARLY


def test_a_class_type_can_be_for_reservations_only() -> None:
    strict = Policy(class_rules=(ClassRule(class_type_id="wheel", may_walk_in=False),))
    decision = decide(WALTER_WHO_WALKS_IN, strict, SIX_PM)
    assert isinstance(decision, Refused)
    assert decision.reason is R.NO_RESERVATION


@pytest.mark.parametrize("status", [ReservationStatus.CANCELLED, ReservationStatus.AUTO_CANCELLED])
def test_a_place_given_up_is_no_place(status: ReservationStatus) -> None:
    gone = replace(ALICE, reservations=(replace(ALICE.reservations[0], status=status),))
    decision = decide(gone, RESERVED_ONLY, SIX_PM)
    assert isinstance(decision, Refused)
    assert decision.reason is R.NO_RESERVATION


def test_a_no_show_may_come_after_all_while_the_window_is_open() -> None:
    missed = replace(ALICE, reservations=(replace(ALICE.reservations[0], status=ReservationStatus.NO_SHOW),))
    decision = decide(missed, RESERVED_ONLY, EIGHT_PM + minutes(10))
    assert isinstance(decision, Admitted)
    assert decision.reservation_id == "place"


def test_nobody_walks_in_to_what_is_over() -> None:
    decision = decide(WALTER_WHO_WALKS_IN, POLICY, EIGHT_PM)
    assert decision == Refused(reason=R.NO_SESSION_TODAY)


def test_a_place_at_another_venue_counts_only_while_its_window_is_open() -> None:
    far = replace(OLGA_AT_THE_OTHER_VENUE, sessions=(ABROAD, WHEEL))
    assert decide(far, POLICY, SIX_PM) == Refused(reason=R.OTHER_VENUE, session=ABROAD)
    later = replace(ABROAD, starts_at=SIX_PM + hours(3), ends_at=SIX_PM + hours(4))
    free_until_then = replace(far, passes=(PUNCHES,), sessions=(later, WHEEL))
    assert isinstance(decide(free_until_then, POLICY, SIX_PM), Admitted)


@pytest.mark.parametrize(
    ("at", "comes_in"),
    [
        (SIX_PM - hours(18) - A_MOMENT, False),
        (SIX_PM - hours(18), True),
        (SIX_PM + hours(6) - A_MOMENT, True),
        (SIX_PM + hours(6), False),
    ],
)
def test_staff_may_check_in_all_of_the_local_day_and_no_longer(at: datetime, comes_in: bool) -> None:
    decision = decide(replace(ALICE, by=Method.STAFF), POLICY, at)
    assert isinstance(decision, Admitted) is comes_in, decision


def test_staff_may_let_somebody_walk_in_after_the_class_for_the_rest_of_the_day() -> None:
    by_staff = replace(WALTER_WHO_WALKS_IN, by=Method.STAFF)
    assert isinstance(decide(by_staff, POLICY, EIGHT_PM + hours(3)), Admitted)


def test_a_visit_whose_session_nobody_knows_is_no_way_in() -> None:
    lost = replace(ALICE, sessions=(), reservations=(), check_ins=(visit_to(WHEEL, "R:place"),))
    assert decide(lost, POLICY, SIX_PM) == Refused(reason=R.NO_SESSION_TODAY)


def test_what_a_pass_was_never_for_is_said_last() -> None:
    """A glazing pass, an open wheel class earlier in the list, and a glazing class that wants a reservation."""
    strict = Policy(class_rules=(ClassRule(class_type_id="glaze", may_walk_in=False),))
    later = replace(GLAZE, starts_at=GLAZE.starts_at + minutes(30))
    decision = decide(replace(GUS_WITH_A_GLAZING_PASS, sessions=(WHEEL, later)), strict, SIX_PM)
    assert isinstance(decision, Refused)
    assert decision.reason is R.NO_RESERVATION
