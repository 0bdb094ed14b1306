"""Which pass pays when several could; who needs none; and passes whose days begin with their first use."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.facts import Facts
from core.model import Method, Pass, Reservation, Session
from core.paying import PaidBy, paid_by, pass_that_pays
from core.refusals import RefusalReason as R
from core.reserving import Reservable, reserve
from core.validity import Pause, end_of_days
from tests.personas import (
    BERLIN,
    NORA_WITHOUT_A_PASS,
    POLICY,
    PUNCHES,
    SERIES,
    SIX_PM,
    WALTER_WHO_WALKS_IN,
    WHEEL,
    alone,
    hours,
    place_in,
    visit_to,
)

DAY = timedelta(days=1)
A_MOMENT = timedelta(milliseconds=1)
WAITS = replace(SERIES, id="waits", valid_until=None, days_from_first_use=30)
"""Thirty days from its first use, and never used."""
WAITING_PUNCHES = replace(PUNCHES, id="waiting-punches", valid_until=None, days_from_first_use=30)
RUNS = replace(WAITS, id="runs", valid_until=SIX_PM + 20 * DAY)
"""The same, in use for ten days."""
ENDLESS = replace(SERIES, id="endless", valid_until=None)
AWAY = replace(SERIES, id="away", pauses=(Pause(starts_at=SIX_PM, ends_at=SIX_PM + 2 * DAY, zone=BERLIN),))
FREE = replace(WHEEL, is_free=True)
PAYABLE = replace(WHEEL, drop_in_cents=1800)


@pytest.mark.parametrize(
    ("passes", "pays"),
    [
        ((SERIES, RUNS), "runs"),
        ((ENDLESS, SERIES), "series"),
        ((WAITS, ENDLESS), "endless"),
        ((WAITS, SERIES), "series"),
        ((WAITS, RUNS), "runs"),
        ((WAITS, PUNCHES), "punches"),
        ((WAITING_PUNCHES, WAITS), "waits"),
        ((WAITING_PUNCHES, PUNCHES), "punches"),
        ((AWAY, PUNCHES), "punches"),
        ((AWAY, WAITS), "waits"),
        ((WAITS,), "waits"),
    ],
)
def test_what_runs_out_first_pays_and_days_that_wait_go_on_waiting(passes: tuple[Pass, ...], pays: str) -> None:
    for given in (passes, passes[::-1]):
        facts = replace(WALTER_WHO_WALKS_IN, passes=given)
        paying = pass_that_pays(facts, WHEEL, None)
        assert isinstance(paying, Pass) and paying.id == pays
        admitted = decide(facts, POLICY, SIX_PM)
        assert isinstance(admitted, Admitted) and admitted.pass_id == pays


def walks_in(facts: Facts, session: Session = WHEEL, at: datetime = SIX_PM) -> R | str | None:
    """Why not, or the pass that pays, or None if none does."""
    decision = decide(replace(facts, sessions=(session,)), POLICY, at)
    assert isinstance(decision, Admitted | Refused)
    return decision.reason if isinstance(decision, Refused) else decision.pass_id


# free sessions and drop-ins


@pytest.mark.parametrize("facts", [NORA_WITHOUT_A_PASS, WALTER_WHO_WALKS_IN, alone(NORA_WITHOUT_A_PASS)])
def test_nobody_pays_for_a_free_session(facts: Facts) -> None:
    decision = decide(replace(facts, sessions=(FREE,)), POLICY, SIX_PM)
    assert isinstance(decision, Admitted)
    assert (decision.pass_id, decision.takes_punch, decision.punches_after) == (None, False, None)


def test_a_kiosk_alone_lets_a_punch_pass_in_to_a_free_session_however_often_it_was_used_today() -> None:
    again = alone(WALTER_WHO_WALKS_IN, passes_walked_in_on_today=(PUNCHES.id,))
    assert walks_in(again) is R.OFFLINE_WALK_IN_LIMIT
    assert walks_in(again, FREE) is None


def test_a_free_session_is_free_of_nothing_else() -> None:
    assert walks_in(NORA_WITHOUT_A_PASS, replace(FREE, taken=FREE.capacity)) is R.SESSION_FULL
    assert walks_in(replace(NORA_WITHOUT_A_PASS, is_member_active=False), FREE) is R.MEMBER_INACTIVE


@pytest.mark.parametrize(
    ("is_paid_at_desk", "session", "outcome"),
    [(False, WHEEL, R.NO_PASS), (False, PAYABLE, R.NO_PASS), (True, WHEEL, R.NO_PASS), (True, PAYABLE, None)],
)
def test_a_drop_in_is_paid_at_the_desk_where_drop_ins_are_sold(
    is_paid_at_desk: bool, session: Session, outcome: R | None
) -> None:
    facts = replace(NORA_WITHOUT_A_PASS, is_paid_at_desk=is_paid_at_desk, by=Method.STAFF)
    assert walks_in(facts, session) is outcome


@pytest.mark.parametrize(
    ("pass_id", "is_free", "is_drop_in", "how"),
    [
        ("p", False, False, PaidBy.PASS),
        (None, False, False, PaidBy.WAIVED),
        (None, False, True, PaidBy.DROP_IN),
        ("p", False, True, PaidBy.DROP_IN),
        ("p", True, False, PaidBy.FREE),
        (None, True, True, PaidBy.FREE),
    ],
)
def test_what_a_visit_was_paid_with(pass_id: str | None, is_free: bool, is_drop_in: bool, how: PaidBy) -> None:
    assert paid_by(pass_id, is_free=is_free, is_drop_in=is_drop_in) is how


def test_a_place_in_a_free_session_sets_no_punch_aside_and_counts_as_one_ahead() -> None:
    noon = SIX_PM - hours(6)
    facts = replace(WALTER_WHO_WALKS_IN, passes=(replace(PUNCHES, punches_left=0),), sessions=(FREE,))
    assert reserve(facts, FREE, POLICY, noon) == Reservable(paid_by=facts.passes[0], takes_hold=False)
    none = reserve(replace(facts, passes=()), FREE, POLICY, noon)
    full = reserve(replace(facts, passes=(replace(PUNCHES, max_reservations_ahead=0),)), FREE, POLICY, noon)
    assert isinstance(none, Refused) and none.reason is R.NO_PASS
    assert isinstance(full, Refused) and full.reason is R.TOO_MANY_AHEAD


# days from the first use


def test_a_pass_that_was_never_used_is_good_for_any_session() -> None:
    for days in (0, 29, 30, 400):
        then = replace(WHEEL, starts_at=SIX_PM + days * DAY, ends_at=SIX_PM + days * DAY + hours(2))
        assert walks_in(replace(WALTER_WHO_WALKS_IN, passes=(WAITS,)), then, then.starts_at) == "waits"


def test_a_kiosk_alone_knows_of_a_pass_that_it_began_itself() -> None:
    """A pass for one day, used yesterday at this kiosk, of which the server has not told yet."""
    one_day = replace(WAITS, id="day", days_from_first_use=1)
    yesterday = replace(WHEEL, id="yesterday", starts_at=SIX_PM - DAY, ends_at=SIX_PM - DAY + hours(2))
    began = visit_to(yesterday, "W:walter:yesterday", at=SIX_PM - DAY, pass_id="day")
    facts = alone(replace(WALTER_WHO_WALKS_IN, passes=(one_day,)))
    assert walks_in(facts) == "day", "as far as anybody here knows it waits"
    assert walks_in(replace(facts, check_ins=(began,))) is R.PASS_EXPIRED
    assert walks_in(replace(facts, check_ins=(replace(began, pass_id="another"),))) == "day"


def places(*days: int) -> tuple[tuple[Session, ...], tuple[Reservation, ...]]:
    sessions = tuple(
        replace(WHEEL, id=f"in {day}", starts_at=SIX_PM + day * DAY, ends_at=SIX_PM + day * DAY + hours(2))
        for day in days
    )
    return sessions, tuple(place_in(session, WAITS) for session in sessions)


def test_a_place_beyond_the_days_that_the_first_place_begins_is_not_taken() -> None:
    """Whoever has a place in two days has used the pass by then: the thirty days are counted from there."""
    ahead, reserved = places(2)
    facts = replace(WALTER_WHO_WALKS_IN, passes=(WAITS,), sessions=ahead, reservations=reserved)
    ends_at = end_of_days(SIX_PM + 2 * DAY, 30, BERLIN)
    last = replace(WHEEL, id="last", starts_at=ends_at - A_MOMENT, ends_at=ends_at + hours(1))
    too_late = replace(last, id="too late", starts_at=ends_at)
    before = replace(WHEEL, id="before", starts_at=SIX_PM + DAY, ends_at=SIX_PM + DAY + hours(1))
    outcomes = [reserve(facts, session, POLICY, SIX_PM) for session in (last, too_late, before)]
    assert [isinstance(outcome, Reservable) for outcome in outcomes] == [True, False, True]
    assert isinstance(outcomes[1], Refused) and outcomes[1].reason is R.PASS_EXPIRED


# pauses


@pytest.mark.parametrize(
    ("starts_at", "outcome"),
    [
        (SIX_PM - A_MOMENT, "away"),
        (SIX_PM, R.PASS_PAUSED),
        (SIX_PM + 2 * DAY - A_MOMENT, R.PASS_PAUSED),
        (SIX_PM + 2 * DAY, "away"),
    ],
)
def test_a_pass_that_is_paused_when_a_session_starts_does_not_pay_for_it(starts_at: datetime, outcome: R | str) -> None:
    session = replace(WHEEL, starts_at=starts_at, ends_at=starts_at + hours(2))
    facts = replace(WALTER_WHO_WALKS_IN, passes=(AWAY,))
    assert walks_in(facts, session, starts_at) == outcome
    wished = reserve(facts, session, POLICY, SIX_PM - DAY)
    assert (wished.reason if isinstance(wished, Refused) else wished.paid_by.id) == outcome


def test_whoever_is_told_of_a_pause_is_told_until_when() -> None:
    refused = decide(replace(WALTER_WHO_WALKS_IN, passes=(AWAY,)), POLICY, SIX_PM)
    assert isinstance(refused, Refused) and refused.until == SIX_PM + 2 * DAY
