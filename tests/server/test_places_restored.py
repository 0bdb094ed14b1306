"""Staff give back a place that the night took away, or are told exactly why not; and suspensions from a date on."""

from datetime import timedelta

import pytest
from peewee import Database

from core.decisions import Refused
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events import EventKind
from core.refusals import RefusalReason as R
from server.services.door.places import taken_in
from server.services.penalties.no_shows import excuse
from server.services.penalties.restoring import restore
from server.services.penalties.suspended import Which, suspensions
from server.services.penalties.values import Standing
from server.services.people.rights import Role, asker_of_staff, member_asking
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.services.programs.paging import Wanted
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish
from server.services.reserving.values import Place
from server.services.waiting.giving import offer_free_places
from server.services.waiting.joining import WaitingWish, join
from server.services.waiting.values import Given, InLine
from server.store.database import reading
from server.store.tables import ChangeRow, EventRow, NoShowRow, ReservationRow, SuspensionRow, WaitingRow
from tests.server.amnesty_evening import DAY, ONE_AM, Evening, S, an_evening, everything
from tests.server.door_stories import StoryKiosk, welcomed
from tests.server.inbox_stories import card_of, mira
from tests.server.studio import SIX_PM, before, open_studio
from tests.server.test_reserving_races import at_once

NEXT_DAY = ONE_AM + DAY + timedelta(hours=11)


def lost_a_place(capacity: int = 1, punches: int = 0) -> tuple[Evening, str, str]:
    """(Alice missed a session and the night took her place next week, that place, its session)."""
    evening = an_evening()
    studio = evening.studio
    session = studio.session(SIX_PM + 7 * DAY, capacity=capacity)
    place = studio.reservation(evening.alice, session, evening.pass_)
    evening.night()
    evening.night(ONE_AM + DAY)
    assert studio.status(place) is S.AUTO_CANCELLED
    return evening, place, session


def test_a_place_given_back_stands_and_no_night_takes_it_again(database: Database) -> None:
    evening, place, session = lost_a_place()
    studio, by = evening.studio, mira(evening.studio)
    with reading():
        knew = ChangeRow.get(ChangeRow.subject_id == evening.alice).version
    given = restore(studio.organization, place, "She called", by, NEXT_DAY)
    assert isinstance(given, Place) and (given.status, given.has_hold) == (S.PENDING, True)
    with reading():
        assert ChangeRow.get(ChangeRow.subject_id == evening.alice).version > knew, "kiosks hear of it"
    assert evening.steps(place)[-1] == ("GIVEN_BACK", "PENDING")
    with reading():
        assert ChangeRow.select().where(ChangeRow.subject_id == session).exists()
    kept = everything()
    assert restore(studio.organization, place, "Again", by, NEXT_DAY) == given
    assert everything() == kept
    evening.night(ONE_AM + 2 * DAY)
    evening.night(ONE_AM + 3 * DAY)
    assert studio.status(place) is S.PENDING
    later = studio.reservation(evening.alice, studio.session(SIX_PM + 2 * DAY), evening.pass_)
    evening.night(ONE_AM + 4 * DAY)
    assert studio.status(later) is S.NO_SHOW


def test_whoever_waits_for_the_place_that_is_given_back_waits_no_more(database: Database) -> None:
    """Alice lost her place, Walter took it and gave it up, and it is offered to Alice: it is hers either way."""
    evening, place, session = lost_a_place()
    studio, by, alice = evening.studio, mira(evening.studio), evening.alice
    walter = studio.member("Walter")
    walters = studio.reservation(walter, session, studio.unlimited(walter))
    asking = member_asking(studio.organization, alice, "Alice")
    waits = join(studio.organization, WaitingWish(place=Wish(session_id=session, member_id=alice)), asking, NEXT_DAY)
    assert isinstance(waits, InLine)
    cancel(studio.organization, walters, by, NEXT_DAY)
    assert offer_free_places(NEXT_DAY) == Given(offered=1)
    given = restore(studio.organization, place, "She called", by, NEXT_DAY)
    assert isinstance(given, Place) and given.status is S.PENDING
    with reading():
        row = WaitingRow.get_by_id(waits.id)
        assert (row.status, row.reservation_id, taken_in([session])[session]) == ("BOOKED", place, 1)
    assert offer_free_places(NEXT_DAY + DAY) == Given()


def test_a_place_that_is_not_there_any_more_is_refused_with_the_reason(database: Database) -> None:
    evening, place, session = lost_a_place()
    studio, by = evening.studio, mira(evening.studio)
    bob = studio.member("Bob")
    taken = studio.reservation(bob, session, studio.unlimited(bob))
    assert restore(studio.organization, place, "She called", by, NEXT_DAY) == Refused(reason=R.SESSION_FULL)
    with reading():
        ReservationRow.update(status=S.CANCELLED.value).where(ReservationRow.id == taken).execute()
    until = SIX_PM + 8 * DAY
    ban = suspend(studio.organization, evening.alice, until, "broke the kiln", by, NEXT_DAY)
    refused = restore(studio.organization, place, "She called", by, NEXT_DAY)
    assert refused == Refused(reason=R.SUSPENDED, until=until)
    lift_suspension(studio.organization, ban, "it was the cat", by, NEXT_DAY)
    begun = restore(studio.organization, place, "She called", by, SIX_PM + 7 * DAY)
    assert begun == Refused(reason=R.SESSION_STARTED)
    again = studio.reservation(evening.alice, session, evening.pass_)
    assert restore(studio.organization, place, "She called", by, NEXT_DAY) == Refused(reason=R.ALREADY_RESERVED)
    with reading():
        ReservationRow.update(status=S.CANCELLED.value, has_hold=False).where(ReservationRow.id == again).execute()
    for day in range(8, 8 + evening.punches):
        studio.reservation(evening.alice, studio.session(SIX_PM + day * DAY), evening.pass_)
    assert restore(studio.organization, place, "She called", by, NEXT_DAY) == Refused(reason=R.PASS_USED_UP)
    call_off_session(studio.organization, session, "the kiln exploded", by, NEXT_DAY)
    assert restore(studio.organization, place, "She called", by, NEXT_DAY) == Refused(reason=R.SESSION_CANCELLED)


def test_only_what_the_house_took_is_given_back_and_only_by_those_who_may(database: Database) -> None:
    evening, place, _ = lost_a_place()
    studio = evening.studio
    with pytest.raises(Conflict) as told:
        restore(studio.organization, evening.reservation, "She called", mira(studio), NEXT_DAY)
    assert (told.value.code, told.value.values) == ("reservation.not_taken_away", {"status": "NO_SHOW"})
    with pytest.raises(Invalid):
        restore(studio.organization, place, " ", mira(studio), NEXT_DAY)
    alice = member_asking(studio.organization, evening.alice, "Alice")
    for by in (alice, mira(studio, Role.INSTRUCTOR)):
        with pytest.raises(Forbidden):
            restore(studio.organization, place, "please", by, NEXT_DAY)
    other = open_studio("Clay")
    with reading():
        theirs = asker_of_staff(other.organization, other.staff)
    with pytest.raises(NotFound, match=r"reservation\.not_found"):
        restore(other.organization, place, "mine", theirs, NEXT_DAY)


def test_a_kiosk_that_tells_late_gives_back_no_place_in_a_session_that_is_over(database: Database) -> None:
    """Alice had come. The place she lost was for a day that is gone: she is not to be missed there, too."""
    evening = an_evening()
    studio, days = evening.studio, (2, 9)
    gone, ahead = (studio.reservation(evening.alice, studio.session(SIX_PM + d * DAY), evening.pass_) for d in days)
    evening.night()
    evening.night(ONE_AM + DAY)
    assert {studio.status(place) for place in (gone, ahead)} == {S.AUTO_CANCELLED}
    studio.card(evening.alice)
    kiosk = StoryKiosk(known=evening.kiosk)
    shown = kiosk.show(card_of(evening.alice), before(5))
    session = evening.absence().session_id
    kiosk.tell(SIX_PM + 4 * DAY, welcomed(shown, evening.alice, session, reservation=evening.reservation))
    assert studio.status(evening.reservation) is S.CHECKED_IN
    assert [studio.status(place) for place in (gone, ahead)] == [S.AUTO_CANCELLED, S.PENDING]
    evening.night(ONE_AM + 5 * DAY)
    assert (studio.status(gone), evening.punches) == (S.AUTO_CANCELLED, 7)


def test_a_suspension_from_a_date_on_takes_only_places_in_its_time(database: Database) -> None:
    studio = open_studio()
    alice, by = studio.member(), mira(studio)
    pass_, organization = studio.punch_pass(alice), studio.organization
    before, within = (studio.reservation(alice, studio.session(SIX_PM + d * DAY), pass_) for d in (1, 3))
    starts, ends = SIX_PM + 2 * DAY, SIX_PM + 5 * DAY
    id_ = suspend(organization, alice, ends, "a quiet week", by, SIX_PM, starts_at=starts)
    assert (studio.status(before), studio.status(within)) == (S.PENDING, S.AUTO_CANCELLED)
    assert suspend(organization, alice, ends, "a quiet week", by, SIX_PM + DAY, starts_at=starts) == id_
    assert suspend(organization, alice, ends, "a quiet week", by, SIX_PM + 3 * DAY, starts_at=starts) == id_
    with pytest.raises(Invalid, match=r"suspension\.begins_in_the_past"):
        suspend(organization, alice, ends, "another", by, SIX_PM + 3 * DAY, starts_at=starts)
    with pytest.raises(Invalid, match=r"time\.ends_before_it_starts"):
        suspend(organization, alice, ends, "another", by, SIX_PM, starts_at=ends)
    now = suspend(organization, alice, ends, "broke the kiln", by, SIX_PM)
    assert suspend(organization, alice, ends, "broke the kiln", by, SIX_PM + DAY) == now
    with reading():
        assert SuspensionRow.select().count() == 2


def test_suspensions_are_listed_by_how_they_stand_and_in_parts(database: Database) -> None:
    studio = open_studio()
    alice, bob, by = studio.member(), studio.member("Bob"), mira(studio)
    organization = studio.organization
    over = suspend(organization, bob, SIX_PM + DAY, "served", by, SIX_PM)
    lifted = suspend(organization, alice, SIX_PM + 9 * DAY, "lifted", by, SIX_PM + timedelta(minutes=1))
    lift_suspension(organization, lifted, "it was the cat", by, SIX_PM + DAY)
    active = suspend(organization, alice, SIX_PM + 9 * DAY, "kiln", by, SIX_PM + DAY)
    moment_later = SIX_PM + DAY + timedelta(minutes=1)
    coming = suspend(organization, bob, SIX_PM + 9 * DAY, "later", by, moment_later, starts_at=SIX_PM + 4 * DAY)
    at = SIX_PM + 2 * DAY

    def ids(which: Which, wanted: Wanted | None = None) -> list[str]:
        part = suspensions(organization, which, by, at, wanted or Wanted())
        assert all(one.standing is which.standing for one in part.found if which.standing)
        return [one.suspended.id for one in part.found]

    assert ids(Which()) == [coming, active, lifted, over]
    assert ids(Which(standing=Standing.ACTIVE)) == [active]
    assert ids(Which(standing=Standing.TO_COME)) == [coming]
    assert ids(Which(standing=Standing.OVER)) == [lifted, over]
    assert ids(Which(member_id=alice)) == [active, lifted]
    first = suspensions(organization, Which(), by, at, Wanted(limit=3))
    assert len(first.found) == 3 and first.next is not None
    assert ids(Which(), Wanted(limit=3, after=first.next)) == [over]
    other = open_studio("Clay")
    with reading():
        theirs = asker_of_staff(other.organization, other.staff)
    assert suspensions(other.organization, Which(), theirs, at, Wanted()).found == ()
    with pytest.raises(NotFound, match=r"member\.not_found"):
        suspensions(other.organization, Which(member_id=alice), theirs, at, Wanted())
    with pytest.raises(Forbidden):
        suspensions(organization, Which(), member_asking(organization, alice, "Alice"), at, Wanted())


def test_six_who_excuse_an_absence_at_once_take_it_back_and_tell_it_once(database: Database) -> None:
    evening, place, _ = lost_a_place()
    organization, by = evening.studio.organization, mira(evening.studio)
    with reading():
        no_show = str(NoShowRow.get().id)
    at_once(*(lambda: excuse(organization, no_show, "the bus was late", by, NEXT_DAY) for _ in range(6)))
    with reading():
        assert EventRow.select().where(EventRow.kind == EventKind.NO_SHOW_EXCUSED.value).count() == 1
    assert [step for step in evening.steps(place) if step[0] == "GIVEN_BACK"] == [("GIVEN_BACK", "PENDING")]
