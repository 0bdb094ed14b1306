"""Which session, which pass, whether again: what the door does when there is more than one way in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.checkin import decide
from core.decisions import Admitted, Choose, Refused
from core.facts import Facts
from core.model import CourseProgress, Pass, PassType, ReservationStatus
from core.refusals import RefusalReason as R
from tests.personas import (
    A_YEAR,
    ABROAD,
    ALICE,
    COURSE,
    EIGHT_PM,
    GLAZE,
    HELD,
    LATER,
    OPEN_STUDIO,
    PART_1,
    PART_2,
    PART_3,
    PIA_WHO_SKIPS_A_PART,
    PLACE,
    POLICY,
    PUNCHES,
    SERIES,
    SIX_PM,
    WALTER_WHO_WALKS_IN,
    WHEEL,
    before_class,
    hours,
    minutes,
    place_in,
    visit_to,
)


def welcomed(facts: Facts, at: object = SIX_PM) -> Admitted:
    decision = decide(facts, POLICY, at)  # type: ignore[arg-type]
    assert isinstance(decision, Admitted), decision
    return decision


def refused(facts: Facts, at: object = SIX_PM) -> R:
    decision = decide(facts, POLICY, at)  # type: ignore[arg-type]
    assert isinstance(decision, Refused), decision
    return decision.reason


def test_alice_is_told_all_that_the_screen_needs() -> None:
    assert welcomed(ALICE) == Admitted(
        visit_key="R:place",
        member_id="alice",
        session=WHEEL,
        pass_id="punches",
        pass_title="Eight evenings",
        reservation_id="place",
        takes_punch=True,
        punches_before=8,
        punches_after=7,
        punches_included=8,
    )


def test_an_unlimited_pass_shows_no_punches() -> None:
    came = welcomed(replace(WALTER_WHO_WALKS_IN, passes=(SERIES,)))
    assert (came.takes_punch, came.punches_before, came.punches_after) == (False, None, None)


@pytest.mark.parametrize(("late_by", "is_late"), [(minutes(0), False), (timedelta(microseconds=1), True)])
def test_late_is_after_the_start(late_by: timedelta, is_late: bool) -> None:
    assert welcomed(ALICE, SIX_PM + late_by).is_late is is_late


# which session


def test_her_place_comes_before_any_walk_in() -> None:
    assert welcomed(replace(ALICE, sessions=(GLAZE, WHEEL, OPEN_STUDIO))).session == WHEEL


def test_two_places_at_once_are_hers_to_choose_in_the_order_of_the_day() -> None:
    both = replace(ALICE, sessions=(WHEEL, GLAZE), reservations=(PLACE, place_in(GLAZE)))
    assert decide(both, POLICY, SIX_PM) == Choose(sessions=(GLAZE, WHEEL))


def test_a_tap_settles_it() -> None:
    both = replace(ALICE, sessions=(WHEEL, GLAZE), reservations=(PLACE, place_in(GLAZE)))
    assert welcomed(replace(both, chosen_session_id=GLAZE.id)).reservation_id == "place-glaze-friday"


def test_several_walk_ins_are_a_choice_and_one_is_not() -> None:
    assert decide(replace(WALTER_WHO_WALKS_IN, sessions=(WHEEL, GLAZE)), POLICY, SIX_PM) == Choose(
        sessions=(GLAZE, WHEEL)
    )
    only_one_has_room = replace(WALTER_WHO_WALKS_IN, sessions=(WHEEL, replace(GLAZE, taken=8)))
    assert welcomed(only_one_has_room).session == WHEEL


def test_what_is_on_now_is_the_reason_given_before_what_comes_later() -> None:
    full_now = replace(WALTER_WHO_WALKS_IN, sessions=(replace(WHEEL, taken=8), LATER))
    assert refused(full_now, before_class(10)) is R.SESSION_FULL


def test_a_place_missed_in_the_morning_does_not_shut_the_evening() -> None:
    morning = replace(WHEEL, id="morning", starts_at=SIX_PM - hours(8), ends_at=SIX_PM - hours(6))
    missed = replace(WALTER_WHO_WALKS_IN, sessions=(morning, WHEEL), reservations=(place_in(morning),))
    assert welcomed(missed).visit_key == "W:walter:wheel-friday"
    assert refused(replace(missed, chosen_session_id=morning.id)) is R.TOO_LATE


def test_a_cancelled_place_is_told_rather_than_turned_into_another_class() -> None:
    off = replace(WHEEL, is_cancelled=True)
    assert refused(replace(ALICE, sessions=(off, GLAZE))) is R.SESSION_CANCELLED


def test_a_place_later_today_is_not_spent_on_a_walk_in_now() -> None:
    later = replace(ALICE, sessions=(WHEEL, LATER), reservations=(place_in(LATER),))
    assert refused(later) is R.TOO_EARLY
    assert welcomed(replace(later, chosen_session_id=WHEEL.id)).reservation_id is None


# again


def in_class(**changes: object) -> Facts:
    came = visit_to(WHEEL, "R:place", at=before_class(2), pass_id=HELD.id, reservation_id="place")
    checked_in = replace(PLACE, status=ReservationStatus.CHECKED_IN, has_hold=False)
    return replace(ALICE, check_ins=(came,), reservations=(checked_in,), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("at", [before_class(2), SIX_PM, EIGHT_PM, EIGHT_PM + minutes(119)])
def test_the_same_card_again_is_the_same_visit_and_takes_nothing(at: object) -> None:
    again = welcomed(in_class(), at)
    assert (again.visit_key, again.again_since, again.takes_punch) == ("R:place", before_class(2), False)
    assert (again.punches_before, again.punches_after) == (None, None)
    assert again.pass_title == "Eight evenings"


def test_another_place_that_is_open_is_offered_beside_it() -> None:
    both = in_class(sessions=(WHEEL, GLAZE))
    again = welcomed(replace(both, reservations=(*both.reservations, place_in(GLAZE))))
    assert (again.again_since, again.also) == (before_class(2), (GLAZE,))


def test_a_tap_on_the_other_one_is_another_visit() -> None:
    both = in_class(sessions=(WHEEL, GLAZE), chosen_session_id=GLAZE.id)
    other = welcomed(replace(both, reservations=(*both.reservations, place_in(GLAZE))))
    assert (other.visit_key, other.again_since) == ("R:place-glaze-friday", None)


def test_once_the_class_is_over_the_card_means_the_next_place() -> None:
    """A walk-in is only offered; a place of hers is taken."""
    later = replace(LATER, starts_at=EIGHT_PM + minutes(15), ends_at=EIGHT_PM + hours(2))
    offered = welcomed(in_class(sessions=(WHEEL, later)), EIGHT_PM)
    assert (offered.again_since, offered.also) == (before_class(2), (later,))
    both = in_class(sessions=(WHEEL, later))
    taken = welcomed(replace(both, reservations=(*both.reservations, place_in(later))), EIGHT_PM)
    assert (taken.session, taken.again_since) == (later, None)


def test_of_two_visits_going_on_the_later_one_is_meant() -> None:
    first, second = visit_to(WHEEL, "R:place", at=before_class(9)), visit_to(GLAZE, "W:alice:glaze", at=before_class(2))
    for both in ((first, second), (second, first)):
        assert welcomed(replace(ALICE, sessions=(WHEEL, GLAZE), check_ins=both)).visit_key == "W:alice:glaze"


def test_a_visit_at_another_venue_does_not_answer_for_this_door() -> None:
    came = visit_to(ABROAD, "W:alice:wheel-loom", at=before_class(60))
    assert welcomed(replace(ALICE, sessions=(WHEEL, ABROAD), check_ins=(came,))).visit_key == "R:place"


def open_studio_in_the_morning() -> Facts:
    morning = replace(OPEN_STUDIO, id="open-morning", starts_at=SIX_PM - hours(8), ends_at=SIX_PM - hours(6))
    came = visit_to(morning, "O:walter:venue-kiln:2026-11-20", at=morning.starts_at)
    return replace(WALTER_WHO_WALKS_IN, sessions=(morning, OPEN_STUDIO), check_ins=(came,))


@pytest.mark.parametrize("chosen", [None, OPEN_STUDIO.id])
def test_open_studio_is_paid_once_a_day(chosen: str | None) -> None:
    again = welcomed(replace(open_studio_in_the_morning(), chosen_session_id=chosen))
    assert (again.visit_key, again.takes_punch) == ("O:walter:venue-kiln:2026-11-20", False)
    assert (again.again_since, again.also) == (SIX_PM - hours(8), ())


def test_open_studio_the_next_day_is_another_visit() -> None:
    tomorrow = replace(OPEN_STUDIO, starts_at=SIX_PM + hours(24), ends_at=SIX_PM + hours(26))
    facts = replace(open_studio_in_the_morning(), sessions=(tomorrow,))
    assert welcomed(facts, SIX_PM + hours(24)).visit_key == "O:walter:venue-kiln:2026-11-21"


# which pass


SHORT = replace(PUNCHES, id="short", valid_until=SIX_PM + hours(24))
FEW = replace(PUNCHES, id="few", punches_left=2)
ENDLESS = replace(PUNCHES, id="endless", valid_until=None)


@pytest.mark.parametrize(
    ("passes", "pays"),
    [
        ((PUNCHES, SERIES), "series"),
        ((PUNCHES, SHORT), "short"),
        ((ENDLESS, PUNCHES), "punches"),
        ((PUNCHES, FEW), "few"),
        ((replace(PUNCHES, id="b"), replace(PUNCHES, id="a")), "a"),
        ((replace(SHORT, punches_left=0), PUNCHES), "punches"),
        ((replace(SHORT, punches_left=3, punches_held=3), PUNCHES), "punches"),
        ((replace(SERIES, valid_until=SIX_PM), PUNCHES), "punches"),
        ((replace(PUNCHES, id="glazing", class_type_ids=frozenset({"glaze"})), PUNCHES), "punches"),
    ],
)
def test_nothing_a_member_paid_for_goes_to_waste(passes: tuple[Pass, ...], pays: str) -> None:
    assert welcomed(replace(WALTER_WHO_WALKS_IN, passes=passes)).pass_id == pays


def test_a_place_is_paid_by_its_own_pass_and_its_own_punch() -> None:
    last_one_is_hers = replace(HELD, punches_left=1)
    came = welcomed(replace(ALICE, passes=(SERIES, last_one_is_hers)))
    assert (came.pass_id, came.punches_before, came.punches_after) == ("punches", 1, 0)


def test_a_place_whose_pass_ran_out_is_paid_by_another() -> None:
    gone = replace(HELD, valid_until=SIX_PM)
    assert welcomed(replace(ALICE, passes=(gone, SERIES))).pass_id == "series"


def test_the_nearest_miss_is_the_reason_given() -> None:
    used_up, expired = replace(PUNCHES, punches_left=0), replace(SERIES, valid_until=SIX_PM - A_YEAR / 4)
    assert refused(replace(WALTER_WHO_WALKS_IN, passes=(expired, used_up))) is R.PASS_USED_UP


def test_a_series_is_not_for_a_course_unless_it_names_the_class_type() -> None:
    facts = replace(WALTER_WHO_WALKS_IN, sessions=(PART_1,), passes=(SERIES,))
    assert refused(facts) is R.PASS_NOT_FOR_THIS
    assert welcomed(replace(facts, passes=(replace(SERIES, class_type_ids=frozenset({"mug"})),))).pass_id == "series"


# courses


@pytest.mark.parametrize(
    ("attended", "session", "answer"),
    [
        ({1}, PART_2, None),
        ({1}, PART_3, R.PART_OUT_OF_ORDER),
        ({1, 2}, PART_3, None),
        ({2}, PART_3, R.PART_OUT_OF_ORDER),
        (set(), PART_1, None),
        (set(), PART_2, R.PART_OUT_OF_ORDER),
        ({1, 2}, PART_2, R.PART_ALREADY_TAKEN),
        (set(), replace(PART_3, is_makeup=True), None),
        ({3}, replace(PART_3, is_makeup=True), R.PART_ALREADY_TAKEN),
    ],
)
def test_parts_come_in_order_each_once(attended: set[int], session: object, answer: R | None) -> None:
    facts = replace(
        PIA_WHO_SKIPS_A_PART,
        sessions=(session,),  # type: ignore[arg-type]
        courses=(CourseProgress(course_id="mugs", parts_attended=frozenset(attended)),),
    )
    decision = decide(facts, POLICY, SIX_PM)
    assert (decision.reason if isinstance(decision, Refused) else None) is answer


def test_a_course_without_order_takes_any_part() -> None:
    free = replace(PIA_WHO_SKIPS_A_PART, passes=(replace(COURSE, is_in_order=False),))
    assert welcomed(free).session == PART_3


def test_reserved_parts_do_not_count_as_taken_at_the_door() -> None:
    reserved = CourseProgress(course_id="mugs", parts_attended=frozenset({1}), parts_reserved=frozenset({2, 3}))
    facts = replace(PIA_WHO_SKIPS_A_PART, courses=(reserved,))
    assert refused(facts) is R.PART_OUT_OF_ORDER
    assert welcomed(replace(facts, sessions=(PART_2,), passes=(replace(COURSE, type=PassType.FULL_COURSE),)))
