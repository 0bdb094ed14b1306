"""What the night makes of the day: when it may judge, what an absence costs, and when it is forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.attendance import (
    Absence,
    Cost,
    Lost,
    Missed,
    PlaceAhead,
    SuspensionDue,
    Verdict,
    Versions,
    cost,
    due_at,
    has_attended,
    is_absent,
    is_due,
    is_made_good,
    is_served,
    lets_go_of_late_cancel,
    places_lost,
    suspension_due,
    verdict,
)
from core.model import PassType, ReservationStatus
from core.policy import ClassRule, Enforcement, Policy
from tests.personas import EIGHT_PM, SIX_PM, hours, minutes, suspended

A_MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)
NO_TIME = timedelta(0)
POLICY = Policy(closes_after_end=NO_TIME)
SLOW = Policy(closes_after_end=NO_TIME, no_show_delay=hours(3))
TAKES = Policy(no_show_takes_punch=True)
ANY = Versions(otherwise=POLICY)
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


MISSED_ONE = Missed(
    found=Verdict.NO_SHOW, pass_type=PassType.PUNCH_PASS, class_type_id="wheel", session_ends_at=EIGHT_PM
)
NOTHING, A_STRIKE, STRIKE_AND_PUNCH = (
    Cost(is_counted=False, takes_punch=False),
    Cost(is_counted=True, takes_punch=False),
    Cost(is_counted=True, takes_punch=True),
)
LENIENT = Policy(no_show_takes_punch=True, is_first_free=True)


def test_missing_what_costs_nothing_takes_no_punch_and_is_a_strike_all_the_same() -> None:
    assert cost(MISSED_ONE, TAKES) == STRIKE_AND_PUNCH
    assert cost(replace(MISSED_ONE, costs_nothing=True), TAKES) == A_STRIKE


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
    before = () if is_first else (EIGHT_PM - DAY,)
    one = replace(MISSED_ONE, found=found, pass_type=pass_type, before=before, is_excused=is_excused)
    assert cost(one, policy) == costs


WHEEL = ClassRule(class_type_id="wheel", no_show_takes_punch=False, counts_strikes=True)
TASTER = ClassRule(class_type_id="taster", counts_strikes=False)


@pytest.mark.parametrize(
    ("class_type", "costs"),
    [
        ("wheel", A_STRIKE),
        ("taster", Cost(is_counted=False, takes_punch=True)),
        ("any other", STRIKE_AND_PUNCH),
    ],
)
def test_a_class_type_may_cost_less(class_type: str, costs: Cost) -> None:
    policy = replace(TAKES, class_rules=(WHEEL, TASTER))
    assert cost(replace(MISSED_ONE, class_type_id=class_type), policy) == costs


GRACE = Policy(
    no_show_takes_punch=True, enforcement=Enforcement.GRACE, grace_from_at=SIX_PM - 10 * DAY, grace_absences=2
)
TEN_DAYS = replace(GRACE, grace_absences=0, grace_span=10 * DAY + hours(2))


@pytest.mark.parametrize(
    ("policy", "before", "costs"),
    [
        (replace(TAKES, enforcement=Enforcement.SOFT), (EIGHT_PM - DAY,) * 9, NOTHING),
        (GRACE, (), NOTHING),
        (GRACE, (EIGHT_PM - DAY,), NOTHING),
        (GRACE, (EIGHT_PM - DAY,) * 2, STRIKE_AND_PUNCH),
        (GRACE, (SIX_PM - 10 * DAY, EIGHT_PM - DAY), STRIKE_AND_PUNCH),
        (GRACE, (SIX_PM - 10 * DAY - A_MOMENT, EIGHT_PM - DAY), NOTHING),
        (TEN_DAYS, (), STRIKE_AND_PUNCH),
        (replace(TEN_DAYS, grace_span=10 * DAY + hours(2) + A_MOMENT), (EIGHT_PM - DAY,) * 9, NOTHING),
        (replace(GRACE, grace_absences=0, grace_span=NO_TIME), (), STRIKE_AND_PUNCH),
    ],
)
def test_a_studio_that_only_warns_takes_nothing(policy: Policy, before: tuple[datetime, ...], costs: Cost) -> None:
    assert cost(replace(MISSED_ONE, before=before), policy) == costs


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
    assert places_lost([MISSED], [AHEAD], grace, as_of, ANY) == lost


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
    assert places_lost([MISSED], [place], hours(24), NEXT_NIGHT, ANY) == ()


@pytest.mark.parametrize(
    "place",
    [
        replace(AHEAD, session_starts_at=NEXT_NIGHT + A_MOMENT),
        replace(AHEAD, made_at=EIGHT_PM + hours(24) - A_MOMENT),
    ],
)
def test_just_this_side_of_the_line_they_are_lost(place: PlaceAhead) -> None:
    assert places_lost([MISSED], [place], hours(24), NEXT_NIGHT, ANY) == TAKEN


@pytest.mark.parametrize(
    "absence",
    [replace(MISSED, is_excused=True), replace(MISSED, is_confirmed=False), replace(MISSED, is_counted=False)],
)
def test_what_is_excused_or_not_certain_takes_nothing_away(absence: Absence) -> None:
    assert places_lost([absence], [AHEAD], hours(24), NEXT_NIGHT, ANY) == ()
    assert suspension_due([absence] * 3, None, ANY, NEXT_NIGHT) is None


def test_a_place_is_lost_once_and_to_the_first_absence() -> None:
    earlier = replace(MISSED, no_show_id="n0", session_ends_at=EIGHT_PM - DAY)
    assert places_lost([MISSED, earlier], [AHEAD], hours(24), NEXT_NIGHT, ANY) == (
        Lost(reservation_id="r2", no_show_id="n0"),
    )


def test_the_version_of_an_absence_says_whether_it_takes_places() -> None:
    kind = Versions(otherwise=POLICY, known={7: replace(POLICY, no_show_takes_places=False)})
    assert places_lost([replace(MISSED, policy_version=7)], [AHEAD], hours(24), NEXT_NIGHT, kind) == ()
    assert places_lost([replace(MISSED, policy_version=6)], [AHEAD], hours(24), NEXT_NIGHT, kind) == TAKEN


# suspensions


def missed(*days_ago: float, noted: datetime = SIX_PM) -> list[Absence]:
    """Absences whose sessions ended so many days before six."""
    return [
        replace(MISSED, no_show_id=f"n{number}", session_ends_at=SIX_PM - days * DAY, noted_at=noted)
        for number, days in enumerate(days_ago)
    ]


def test_three_strikes_make_a_suspension_from_now_for_its_length() -> None:
    assert suspension_due(missed(20, 9, 1), None, ANY, SIX_PM) == SuspensionDue(
        starts_at=SIX_PM, ends_at=SIX_PM + 14 * DAY, no_show_id="n2", strikes=("n0", "n1", "n2"), policy=POLICY
    )
    assert suspension_due(missed(20, 1), None, ANY, SIX_PM) is None


def test_the_strike_that_filled_the_measure_is_the_last_whatever_the_order() -> None:
    found = suspension_due(missed(1, 20, 9), None, ANY, SIX_PM)
    assert found is not None
    assert (found.no_show_id, found.strikes) == ("n0", ("n1", "n2", "n0"))


def test_a_strike_is_forgotten_after_thirty_days() -> None:
    almost = 30 - A_MOMENT / DAY
    assert suspension_due(missed(30, 9, 1), None, ANY, SIX_PM) is None
    assert suspension_due(missed(almost, 9, 1), None, ANY, SIX_PM) is not None


def test_strikes_that_were_answered_do_not_count_again() -> None:
    old, new = missed(9, 8, 7, noted=SIX_PM - 6 * DAY), missed(3, 2, noted=SIX_PM)
    assert suspension_due([*old, *new], SIX_PM - 6 * DAY, ANY, SIX_PM) is None
    third = replace(new[0], no_show_id="late", session_ends_at=SIX_PM - 8 * DAY)
    found = suspension_due([*old, *new, third], SIX_PM - 6 * DAY, ANY, SIX_PM)
    assert found is not None
    assert set(found.strikes) == {"n0", "n1", "late"}


def test_the_same_night_again_makes_no_second_suspension() -> None:
    assert suspension_due(missed(20, 9, 1, noted=SIX_PM), SIX_PM, ANY, SIX_PM) is None


@pytest.mark.parametrize(("strikes", "is_due_"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_studio_says_how_many_and_zero_means_never(strikes: int, is_due_: bool) -> None:
    policy = replace(POLICY, strikes=strikes)
    assert (suspension_due(missed(4, 3, 2, 1), None, Versions(otherwise=policy), SIX_PM) is not None) is is_due_


def test_a_suspension_is_served_when_it_ends() -> None:
    served = suspended(SIX_PM - DAY, SIX_PM)
    assert not is_served(served, SIX_PM - A_MOMENT)
    assert is_served(served, SIX_PM)
    assert not is_served(suspended(SIX_PM - DAY, SIX_PM, lifted_at=SIX_PM - minutes(9)), SIX_PM)


def by_versions(*versions: int | None) -> list[Absence]:
    """Absences one after another, a day apart, each judged by one of these versions."""
    absences = missed(*range(len(versions), 0, -1))
    return [replace(one, policy_version=version) for one, version in zip(absences, versions, strict=True)]


TWO_FOR_A_WEEK = replace(POLICY, version=2, strikes=2, suspension_length=7 * DAY)
NEVER = replace(POLICY, version=4, strikes=0)
SHORT_MEMORY = replace(POLICY, version=5, strikes=2, strike_span=2 * DAY)
MANY = Versions(otherwise=POLICY, known={2: TWO_FOR_A_WEEK, 4: NEVER, 5: SHORT_MEMORY})


@pytest.mark.parametrize(
    ("versions", "fills", "policy"),
    [
        ((None, None), None, None),
        ((None, 2), "n1", TWO_FOR_A_WEEK),
        ((2, None), None, None),
        ((2, None, None), "n2", POLICY),
        ((None, 2, 4), "n1", TWO_FOR_A_WEEK),
        ((None, None, None, 4), "n2", POLICY),
        ((4, 4, 4), None, None),
        ((2, 5), None, None),
        ((None, 3, 99), "n2", POLICY),
    ],
)
def test_the_version_of_the_strike_that_fills_the_measure_decides(
    versions: tuple[int | None, ...], fills: str | None, policy: Policy | None
) -> None:
    """Version 2: two strikes, a week. 4: never. 5: two within two days. Any other: three, two weeks."""
    found = suspension_due(by_versions(*versions), None, MANY, SIX_PM)
    assert (found.no_show_id, found.policy) == (fills, policy) if found else fills is None
    if found:
        assert found.ends_at == SIX_PM + found.policy.suspension_length


def test_a_strike_is_forgotten_by_the_memory_of_the_version_that_asks() -> None:
    almost = 2 - A_MOMENT / DAY
    found = [replace(one, policy_version=5) for one in missed(almost, 1)]
    assert suspension_due(found, None, MANY, SIX_PM) is not None
    assert suspension_due([replace(found[0], session_ends_at=SIX_PM - 2 * DAY), found[1]], None, MANY, SIX_PM) is None


@pytest.mark.parametrize(("after", "attended", "is_good"), [(0, 9, False), (2, 1, False), (2, 2, True), (2, 3, True)])
def test_who_comes_where_staff_let_them_makes_it_good(after: int, attended: int, is_good: bool) -> None:
    assert is_made_good(attended, replace(POLICY, lifted_after_attended=after)) is is_good
