"""Staff lift one reason for one member for a while, and never more than that one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.facts import Facts
from core.model import PassType
from core.policy import Policy
from core.refusals import RefusalReason as R
from tests.core.arbitrary import facts as arbitrary_facts
from tests.core.arbitrary import instants
from tests.personas import (
    ALICE,
    BOB_WITH_NO_PUNCHES,
    DAN_SUSPENDED,
    EIGHT_PM,
    FRED_BEFORE_A_FULL_ROOM,
    GLAZE,
    GUS_WITH_A_GLAZING_PASS,
    LATER,
    NORA_WITHOUT_A_PASS,
    PIA_WHO_SKIPS_A_PART,
    POLICY,
    SIX_PM,
    WALTER_WHO_WALKS_IN,
    WHEEL,
    alone,
    hours,
    lifted,
    minutes,
)

A_MOMENT = minutes(1) / 60_000_000
RESERVED_ONLY = Policy(may_walk_in=False)
EARLY = replace(ALICE, sessions=(replace(WHEEL, starts_at=SIX_PM + hours(3), ends_at=SIX_PM + hours(5)),))


@pytest.mark.parametrize(
    ("who", "policy", "reason"),
    [
        (DAN_SUSPENDED, POLICY, R.SUSPENDED),
        (EARLY, POLICY, R.TOO_EARLY),
        (WALTER_WHO_WALKS_IN, RESERVED_ONLY, R.NO_RESERVATION),
        (FRED_BEFORE_A_FULL_ROOM, POLICY, R.SESSION_FULL),
        (NORA_WITHOUT_A_PASS, POLICY, R.NO_PASS),
        (GUS_WITH_A_GLAZING_PASS, POLICY, R.PASS_NOT_FOR_THIS),
        (BOB_WITH_NO_PUNCHES, POLICY, R.PASS_USED_UP),
        (PIA_WHO_SKIPS_A_PART, POLICY, R.PART_OUT_OF_ORDER),
        (alone(WALTER_WHO_WALKS_IN, is_clock_sure=False), POLICY, R.CLOCK_UNSURE),
        (alone(ALICE, synced_at=SIX_PM - hours(100)), POLICY, R.MEMBER_LIST_TOO_OLD),
        (alone(WALTER_WHO_WALKS_IN, passes_walked_in_on_today=("punches",)), POLICY, R.OFFLINE_WALK_IN_LIMIT),
    ],
)
def test_what_staff_lifted_no_longer_stands_in_the_way(who: Facts, policy: Policy, reason: R) -> None:
    before = decide(who, policy, SIX_PM)
    assert isinstance(before, Refused)
    assert before.reason is reason
    after = decide(replace(who, overrides=(lifted(reason),)), policy, SIX_PM)
    assert isinstance(after, Admitted), after
    other = R.TOO_LATE if reason is not R.TOO_LATE else R.TOO_EARLY
    assert decide(replace(who, overrides=(lifted(other),)), policy, SIX_PM) == before


def test_the_override_that_opened_the_door_is_named() -> None:
    came = decide(replace(BOB_WITH_NO_PUNCHES, overrides=(lifted(R.PASS_USED_UP),)), POLICY, SIX_PM)
    assert isinstance(came, Admitted)
    assert came.lifted_by == ("lift-PASS_USED_UP",)
    assert (came.takes_punch, came.punches_before, came.punches_after) == (True, 0, -1)


def test_without_any_pass_nothing_is_taken() -> None:
    came = decide(replace(NORA_WITHOUT_A_PASS, overrides=(lifted(R.NO_PASS),)), POLICY, SIX_PM)
    assert isinstance(came, Admitted)
    assert (came.pass_id, came.takes_punch) == (None, False)


@pytest.mark.parametrize(
    ("at", "lifts"),
    [
        (SIX_PM - hours(1) - A_MOMENT, False),
        (SIX_PM - hours(1), True),
        (SIX_PM + hours(1) - A_MOMENT, True),
        (SIX_PM + hours(1), False),
    ],
)
def test_an_override_lasts_as_long_as_it_says(at: object, lifts: bool) -> None:
    decision = decide(replace(BOB_WITH_NO_PUNCHES, overrides=(lifted(R.PASS_USED_UP),)), POLICY, at)  # type: ignore[arg-type]
    assert isinstance(decision, Admitted) is lifts


def test_an_override_for_one_session_is_not_for_another() -> None:
    for_glazing = replace(BOB_WITH_NO_PUNCHES, overrides=(lifted(R.PASS_USED_UP, GLAZE),))
    assert isinstance(decide(for_glazing, POLICY, SIX_PM), Refused)
    for_wheel = replace(BOB_WITH_NO_PUNCHES, overrides=(lifted(R.PASS_USED_UP, WHEEL),))
    assert isinstance(decide(for_wheel, POLICY, SIX_PM), Admitted)


@pytest.mark.parametrize(
    ("session", "policy", "also"),
    [
        (replace(LATER, taken=8), POLICY, R.SESSION_FULL),
        (LATER, RESERVED_ONLY, R.NO_RESERVATION),
    ],
)
def test_lifting_the_hour_does_not_lift_what_comes_after_it(session: object, policy: Policy, also: R) -> None:
    early = replace(WALTER_WHO_WALKS_IN, sessions=(session,), overrides=(lifted(R.TOO_EARLY),))  # type: ignore[arg-type]
    decision = decide(early, policy, SIX_PM)
    assert isinstance(decision, Refused)
    assert decision.reason is also
    both = replace(early, overrides=(lifted(R.TOO_EARLY), lifted(also)))
    came = decide(both, policy, SIX_PM)
    assert isinstance(came, Admitted)
    assert came.lifted_by == ("lift-TOO_EARLY", f"lift-{also}")


def test_lifting_a_cancellation_does_not_open_the_window() -> None:
    off = replace(ALICE, sessions=(replace(WHEEL, is_cancelled=True),), overrides=(lifted(R.SESSION_CANCELLED),))
    assert isinstance(decide(off, POLICY, SIX_PM), Admitted)
    long_over = replace(off, overrides=(lifted(R.SESSION_CANCELLED, ends_at=SIX_PM + hours(9)),))
    decision = decide(long_over, POLICY, EIGHT_PM + hours(2))
    assert isinstance(decision, Refused)
    assert decision.reason is R.TOO_LATE


@given(arbitrary_facts(), instants(), st.booleans())
def test_taking_overrides_away_never_opens_a_door(facts: Facts, at: object, may_walk_in: bool) -> None:
    """Unless the override only made somebody choose, or showed another visit that would fit too."""
    policy = Policy(may_walk_in=may_walk_in)
    with_them = decide(facts, policy, at)  # type: ignore[arg-type]
    without = decide(replace(facts, overrides=()), policy, at)  # type: ignore[arg-type]
    assert not (isinstance(with_them, Refused) and isinstance(without, Admitted))
    if isinstance(without, Admitted) and isinstance(with_them, Admitted) and with_them.visit_key == without.visit_key:
        assert without.lifted_by == ()


@given(arbitrary_facts(), instants(), st.booleans())
def test_the_door_always_has_an_answer_that_holds_together(facts: Facts, at: object, may_walk_in: bool) -> None:
    decision = decide(facts, Policy(may_walk_in=may_walk_in), at)  # type: ignore[arg-type]
    assert decision == decide(facts, Policy(may_walk_in=may_walk_in), at)  # type: ignore[arg-type]
    if isinstance(decision, Admitted):
        assert decision.session in facts.sessions
        assert facts.chosen_session_id in (None, decision.session.id) or decision.again_since is not None
        punched = {p.id for p in facts.passes if p.type is PassType.PUNCH_PASS}
        assert decision.takes_punch == (decision.again_since is None and decision.pass_id in punched)
        assert decision.session not in decision.also
        if not decision.lifted_by and decision.again_since is None:
            assert not any(suspension.covers(at) for suspension in facts.suspensions) or facts.overrides  # type: ignore[arg-type]
