"""Taking a place and giving it up: every rule on both sides of its boundary, one last place, punches that add up."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.decisions import Refused
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.model import PassType
from core.model import ReservationStatus as S
from core.refusals import RefusalReason as R
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.people.overrides import NewOverride, override
from server.services.people.rights import Asker, Role, asker_of_staff, the_house
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.store.database import reading, writing
from server.store.tables import ChangeRow, PassRow, ReservationHistoryRow
from tests.server.studio import SIX_PM, Studio, before, open_studio

NOON_DAYS_BEFORE = SIX_PM - timedelta(days=3)
A_MOMENT = timedelta(milliseconds=1)
DAY = timedelta(days=1)


def member_of(studio: Studio) -> Asker:
    """A member's app asks."""
    return the_house(studio.organization).for_member()


def mira(studio: Studio) -> Asker:
    with reading():
        return asker_of_staff(studio.organization, studio.staff)


def ask(studio: Studio, pass_: str, session: str, at: datetime = NOON_DAYS_BEFORE) -> Reserved | Refused:
    return reserve(studio.organization, Wish(session_id=session, pass_id=pass_), member_of(studio), at)


def reserved(studio: Studio, pass_: str, session: str, at: datetime = NOON_DAYS_BEFORE) -> str:
    outcome = ask(studio, pass_, session, at)
    assert isinstance(outcome, Reserved), outcome
    return outcome.place.id


def why_not(studio: Studio, pass_: str, session: str, at: datetime = NOON_DAYS_BEFORE) -> R:
    outcome = ask(studio, pass_, session, at)
    assert isinstance(outcome, Refused), outcome
    return outcome.reason


def kiosks_hear_of(studio: Studio) -> set[str]:
    """Ids of what changed since the studio was made, for which no service was asked."""
    with reading():
        return {row.subject_id for row in ChangeRow.select().where(ChangeRow.organization == studio.organization)}


def steps(reservation: str) -> list[tuple[str, str]]:
    with reading():
        rows = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == reservation)
        return [(row.action, row.by) for row in rows.order_by(ReservationHistoryRow.step)]


def test_alice_takes_a_place_and_a_punch_is_set_aside_for_it(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_, session = studio.punch_pass(alice, 8), studio.session()
    outcome = ask(studio, pass_, session)
    assert isinstance(outcome, Reserved)
    assert (outcome.place.status, outcome.place.has_hold, outcome.place.session.taken) == (S.PENDING, True, 1)
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (8, 7)
    assert steps(outcome.place.id) == [("CREATED", "SELF")]
    assert kiosks_hear_of(studio) == {alice, session}


def test_kiosks_hear_of_a_place_given_up(database: Database) -> None:
    studio = open_studio()
    alice, session = studio.member(), studio.session()
    place = studio.reservation(alice, session, studio.unlimited(alice))
    assert kiosks_hear_of(studio) == set()
    cancel(studio.organization, place, member_of(studio), NOON_DAYS_BEFORE)
    assert kiosks_hear_of(studio) == {alice, session}


def test_a_pass_without_punches_sets_nothing_aside(database: Database) -> None:
    studio = open_studio()
    outcome = ask(studio, studio.unlimited(studio.member()), studio.session())
    assert isinstance(outcome, Reserved) and not outcome.place.has_hold


def test_a_member_without_naming_a_pass_gets_the_one_that_costs_nothing(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.punch_pass(alice, 8)
    unlimited = studio.unlimited(alice)
    wish = Wish(session_id=studio.session(), member_id=alice)
    outcome = reserve(studio.organization, wish, member_of(studio), NOON_DAYS_BEFORE)
    assert isinstance(outcome, Reserved) and outcome.place.pass_id == unlimited


def test_the_named_pass_pays_even_if_another_would_cost_nothing(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.unlimited(alice)
    punched = studio.punch_pass(alice, 8)
    outcome = ask(studio, punched, studio.session())
    assert isinstance(outcome, Reserved) and outcome.place.pass_id == punched


def test_at_most_three_places_ahead(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.unlimited(studio.member())
    sessions = [studio.session(SIX_PM + DAY * day) for day in range(4)]
    for session in sessions[:3]:
        reserved(studio, pass_, session)
    assert why_not(studio, pass_, sessions[3]) is R.TOO_MANY_AHEAD
    once_the_first_has_begun = SIX_PM
    assert why_not(studio, pass_, sessions[3], once_the_first_has_begun - A_MOMENT) is R.TOO_MANY_AHEAD
    reserved(studio, pass_, sessions[3], once_the_first_has_begun)


def test_a_place_given_up_counts_no_more(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.unlimited(studio.member())
    sessions = [studio.session(SIX_PM + DAY * day) for day in range(4)]
    first, *_ = [reserved(studio, pass_, session) for session in sessions[:3]]
    cancel(studio.organization, first, member_of(studio), NOON_DAYS_BEFORE)
    reserved(studio, pass_, sessions[3])


def test_no_place_without_a_punch_to_set_aside(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.punch_pass(studio.member(), 2)
    reserved(studio, pass_, studio.session())
    reserved(studio, pass_, studio.session(SIX_PM + DAY))
    assert why_not(studio, pass_, studio.session(SIX_PM + 2 * DAY)) is R.PASS_USED_UP


def test_until_the_session_starts(database: Database) -> None:
    studio = open_studio()
    session = studio.session()
    reserved(studio, studio.unlimited(studio.member("Alice")), session, SIX_PM - A_MOMENT)
    assert why_not(studio, studio.unlimited(studio.member("Bob")), session, SIX_PM) is R.SESSION_STARTED


@pytest.mark.parametrize(
    "valid_from, valid_until, reason",
    [
        (SIX_PM, SIX_PM + A_MOMENT, None),
        (SIX_PM + A_MOMENT, None, R.PASS_NOT_YET_VALID),
        (SIX_PM - DAY, SIX_PM, R.PASS_EXPIRED),
    ],
)
def test_the_pass_is_valid_when_the_session_starts(
    database: Database, valid_from: datetime, valid_until: datetime | None, reason: R | None
) -> None:
    studio = open_studio()
    pass_ = studio.unlimited(studio.member(), valid_from=valid_from, valid_until=valid_until)
    outcome = ask(studio, pass_, studio.session())
    assert (outcome.reason if isinstance(outcome, Refused) else None) is reason


def test_a_pass_for_glazing_is_not_for_the_wheel(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.unlimited(studio.member(), class_types=(studio.glazing,))
    assert why_not(studio, pass_, studio.session()) is R.PASS_NOT_FOR_THIS
    reserved(studio, pass_, studio.session(class_type=studio.glazing))


def test_a_pass_given_back_pays_for_nothing(database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.unlimited(studio.member()), studio.session()
    with writing():
        PassRow.update({PassRow.cancelled_at: before(99_999)}).where(PassRow.id == pass_).execute()
    assert why_not(studio, pass_, session) is R.NO_PASS


def test_one_place_a_member_a_session(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    session = studio.session()
    reserved(studio, studio.punch_pass(alice, 8), session)
    assert why_not(studio, studio.unlimited(alice), session) is R.ALREADY_RESERVED


def test_the_last_place_and_then_none(database: Database) -> None:
    studio = open_studio()
    session = studio.session(capacity=2)
    passes = [studio.unlimited(studio.member(name)) for name in ("Alice", "Bob", "Cleo")]
    first = reserved(studio, passes[0], session)
    reserved(studio, passes[1], session)
    assert why_not(studio, passes[2], session) is R.SESSION_FULL
    cancel(studio.organization, first, member_of(studio), NOON_DAYS_BEFORE)
    reserved(studio, passes[2], session)


def test_somebody_inactive_or_suspended_takes_no_place(database: Database) -> None:
    studio = open_studio()
    gone = studio.member("Gil", is_active=False)
    assert why_not(studio, studio.unlimited(gone), studio.session()) is R.MEMBER_INACTIVE
    dan = studio.member("Dan")
    pass_, session = studio.unlimited(dan), studio.session(SIX_PM + 9 * DAY)
    suspend(studio.organization, dan, SIX_PM, "three absences", mira(studio), NOON_DAYS_BEFORE)
    assert why_not(studio, pass_, session, SIX_PM - A_MOMENT) is R.SUSPENDED
    reserved(studio, pass_, session, SIX_PM)


def test_parts_come_in_order_each_once(database: Database) -> None:
    studio = open_studio()
    course = studio.course(3)
    elif_ = studio.member("Elif")
    pass_ = studio.pass_of(elif_, PassType.FULL_COURSE, course=course, is_in_order=True)
    one, again, two, three = (
        studio.session(SIX_PM + DAY * day, course=course, part=part) for day, part in ((0, 1), (1, 1), (2, 2), (3, 3))
    )
    assert why_not(studio, pass_, two) is R.PART_OUT_OF_ORDER
    reserved(studio, pass_, one)
    assert why_not(studio, pass_, again) is R.PART_ALREADY_TAKEN
    assert why_not(studio, pass_, three) is R.PART_OUT_OF_ORDER
    reserved(studio, pass_, two)
    reserved(studio, pass_, three)


def test_a_session_called_off_takes_nobody_and_gives_every_punch_back(database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.punch_pass(studio.member(), 1), studio.session()
    place = reserved(studio, pass_, session)
    assert call_off_session(studio.organization, session, "kiln is broken", mira(studio), NOON_DAYS_BEFORE) == 1
    assert studio.status(place) is S.AUTO_CANCELLED
    assert studio.punches_available(pass_) == 1
    assert steps(place)[-1] == ("SESSION_CANCELLED", "STAFF")
    assert why_not(studio, pass_, session) is R.SESSION_CANCELLED
    assert call_off_session(studio.organization, session, "kiln is broken", mira(studio), NOON_DAYS_BEFORE) == 0


def test_staff_lift_one_reason_for_one_member_for_a_while(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_, full = studio.unlimited(alice), studio.session(capacity=1)
    reserved(studio, studio.unlimited(studio.member("Bob")), full)
    assert why_not(studio, pass_, full) is R.SESSION_FULL
    until = NOON_DAYS_BEFORE + timedelta(minutes=30)
    new = NewOverride(member_id=alice, reason=R.SESSION_FULL, ends_at=until, because="brings her own wheel")
    id_ = override(studio.organization, new, mira(studio), NOON_DAYS_BEFORE)
    assert why_not(studio, pass_, full, until) is R.SESSION_FULL
    outcome = ask(studio, pass_, full, until - A_MOMENT)
    assert isinstance(outcome, Reserved) and outcome.lifted_by == (id_,)
    assert [action for action, _ in steps(outcome.place.id)] == ["CREATED", "LIFTED"]


@pytest.mark.parametrize(
    "change, code",
    [
        ({"because": "  "}, "field.missing"),
        ({"reason": R.CARD_UNKNOWN}, "override.cannot_lift"),
        ({"ends_at": NOON_DAYS_BEFORE}, "time.ends_before_it_starts"),
        ({"ends_at": NOON_DAYS_BEFORE + timedelta(days=7) + A_MOMENT}, "override.too_long"),
    ],
)
def test_an_override_has_a_reason_an_end_and_a_because(
    database: Database, change: dict[str, object], code: str
) -> None:
    studio = open_studio()
    wanted = {"reason": R.TOO_LATE, "ends_at": NOON_DAYS_BEFORE + timedelta(days=7), "because": "train was late"}
    new = NewOverride(member_id=studio.member(), **{**wanted, **change})  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        override(studio.organization, new, mira(studio), NOON_DAYS_BEFORE)
    assert refused.value.code == code


@pytest.mark.parametrize("is_late", [False, True])
def test_a_day_before_is_early_and_a_moment_later_is_late(database: Database, is_late: bool) -> None:
    studio = open_studio()
    pass_, session = studio.punch_pass(studio.member(), 1), studio.session(capacity=1)
    place = reserved(studio, pass_, session)
    at = SIX_PM - DAY + (A_MOMENT if is_late else timedelta(0))
    outcome = cancel(studio.organization, place, member_of(studio), at)
    assert isinstance(outcome, Cancelled)
    assert (outcome.keeps_hold, outcome.place.is_late_cancel) == (is_late, is_late)
    assert studio.punches_available(pass_) == (0 if is_late else 1)
    assert studio.punches_left(pass_) == 1, "giving a place up takes no punch by itself"
    reserved(studio, studio.unlimited(studio.member("Bob")), session, at)


def test_cancelling_twice_is_cancelling_once(database: Database) -> None:
    studio = open_studio()
    place = reserved(studio, studio.punch_pass(studio.member(), 1), studio.session())
    first = cancel(studio.organization, place, member_of(studio), NOON_DAYS_BEFORE, because="ill")
    again = cancel(studio.organization, place, member_of(studio), SIX_PM)
    assert first == again
    assert [action for action, _ in steps(place)] == ["CREATED", "CANCELLED"]


def test_a_member_cancels_until_the_start_and_staff_after_it(database: Database) -> None:
    studio = open_studio()
    session = studio.session()
    alice, bob = (reserved(studio, studio.unlimited(studio.member(n)), session) for n in ("Alice", "Bob"))
    assert isinstance(cancel(studio.organization, alice, member_of(studio), SIX_PM - A_MOMENT), Cancelled)
    refused = cancel(studio.organization, bob, member_of(studio), SIX_PM)
    assert isinstance(refused, Refused) and refused.reason is R.SESSION_STARTED
    assert isinstance(cancel(studio.organization, bob, mira(studio), SIX_PM, because="called us"), Cancelled)
    assert steps(bob)[-1] == ("CANCELLED", "STAFF")


def test_whoever_is_in_cannot_be_cancelled(database: Database) -> None:
    studio = open_studio()
    alice, session = studio.member(), studio.session()
    place = reserved(studio, studio.unlimited(alice), session)
    wish = AtTheDesk(venue_id=studio.venue, member_id=alice, session_id=session, staff_id=studio.staff)
    at_the_desk.check_in(studio.organization, wish, before(5))
    with pytest.raises(Conflict, match="is_over"):
        cancel(studio.organization, place, mira(studio), before(4))
    assert studio.status(place) is S.CHECKED_IN


def test_whoever_changes_their_mind_back_needs_no_second_punch(database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.punch_pass(studio.member(), 1), studio.session()
    place = reserved(studio, pass_, session)
    cancel(studio.organization, place, member_of(studio), before(60))
    assert studio.punches_available(pass_) == 0
    assert why_not(studio, pass_, studio.session(SIX_PM + DAY), before(59)) is R.PASS_USED_UP
    again = reserved(studio, pass_, session, before(59))
    assert again != place
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (1, 0)
    assert [action for action, _ in steps(place)] == ["CREATED", "CANCELLED", "HOLD_MOVED"]


def test_suspending_gives_places_up_and_lifting_gives_them_back(database: Database) -> None:
    studio = open_studio()
    dan = studio.member("Dan")
    pass_ = studio.punch_pass(dan, 3)
    inside, outside = studio.session(), studio.session(SIX_PM + 9 * DAY)
    lost, kept = reserved(studio, pass_, inside), reserved(studio, pass_, outside)
    id_ = suspend(studio.organization, dan, SIX_PM + DAY, "asked for it", mira(studio), NOON_DAYS_BEFORE)
    assert (studio.status(lost), studio.status(kept)) == (S.AUTO_CANCELLED, S.PENDING)
    assert studio.punches_available(pass_) == 2
    lift_suspension(studio.organization, id_, "talked about it", mira(studio), NOON_DAYS_BEFORE + DAY)
    assert studio.status(lost) is S.PENDING
    assert studio.punches_available(pass_) == 1
    with pytest.raises(Conflict):
        lift_suspension(studio.organization, id_, "again", mira(studio), NOON_DAYS_BEFORE + DAY)


def test_another_studio_has_no_such_pass_session_or_reservation(database: Database) -> None:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    pass_, session = kiln.unlimited(kiln.member()), kiln.session()
    place = reserved(kiln, pass_, session)
    theirs, there = loom.unlimited(loom.member()), loom.session()
    asker = member_of(loom)
    attempts: list[Callable[[], object]] = [
        lambda: reserve(loom.organization, Wish(session_id=there, pass_id=pass_), asker, NOON_DAYS_BEFORE),
        lambda: reserve(loom.organization, Wish(session_id=session, pass_id=theirs), asker, NOON_DAYS_BEFORE),
        lambda: cancel(loom.organization, place, asker, NOON_DAYS_BEFORE),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(Forbidden):
        cancel(kiln.organization, place, asker, NOON_DAYS_BEFORE)
    assert kiln.status(place) is S.PENDING


def test_an_instructor_reserves_for_nobody(database: Database) -> None:
    studio = open_studio()
    teacher = Asker(organization_id=studio.organization, role=Role.INSTRUCTOR, name="Jo")
    wish = Wish(session_id=studio.session(), pass_id=studio.unlimited(studio.member()))
    with pytest.raises(Forbidden):
        reserve(studio.organization, wish, teacher, NOON_DAYS_BEFORE)


def test_a_wish_of_nobody_is_not_understood(database: Database) -> None:
    studio = open_studio()
    with pytest.raises(Invalid):
        reserve(studio.organization, Wish(session_id=studio.session()), member_of(studio), NOON_DAYS_BEFORE)


def test_a_pass_in_use_adds_up_after_every_step(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_ = studio.punch_pass(alice, 3)
    tonight, tomorrow = studio.session(), studio.session(SIX_PM + DAY)
    here, later = reserved(studio, pass_, tonight), reserved(studio, pass_, tomorrow)
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (3, 1)
    wish = AtTheDesk(venue_id=studio.venue, member_id=alice, session_id=tonight)
    at_the_desk.check_in(studio.organization, wish, before(5))
    assert studio.status(here) is S.CHECKED_IN
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (2, 1)
    cancel(studio.organization, later, member_of(studio), before(4))
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (2, 2)
