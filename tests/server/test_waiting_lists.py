"""Waiting for a place in a full class: the line, an offer that is held, answered or missed, being booked at once."""

from datetime import timedelta

import pytest
from peewee import Database

from core.decisions import Admitted, Refused
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events import EventKind as E
from core.features import Feature
from core.refusals import RefusalReason as R
from core.waiting import Priority, WaitingStatus
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.door.places import taken_in
from server.services.fleet.features import switch
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving import looking as reserving_looking
from server.services.reserving.values import Reserved
from server.services.waiting import answering, joining, looking
from server.services.waiting.values import Given, InLine
from server.store.database import reading, writing
from server.store.tables import ChangeRow, SessionRow, SuspensionRow, VisitRow, WaitingRow
from tests.server.studio import SIX_PM, before, open_studio
from tests.server.waiting_stories import DAY, NOON, FullClass, full_class, later

A_MOMENT = timedelta(milliseconds=1)
W = WaitingStatus


def taken(full: FullClass) -> int:
    with reading():
        return taken_in([full.session])[full.session]


def test_three_wait_one_place_is_given_up_two_offers_run_out_and_the_third_gets_it(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea, carl = full.waits("Anna"), full.waits("Bea", later(1)), full.waits("Carl", later(2))
    assert [full.entry(one).position for one in (anna, bea, carl)] == [1, 2, 3]
    assert full.entry(carl).people_ahead == 2
    assert full.errand(later(3)) == Given()
    full.gives_up(later(10))
    assert full.errand(later(10)) == Given(offered=1)
    offer = full.entry(anna)
    assert (offer.status, offer.position, offer.offer_ends_at) == (W.OFFERED, None, later(40))
    assert (full.entry(bea).position, taken(full)) == (1, 1)
    assert full.errand(later(40) - A_MOMENT) == Given()
    assert full.errand(later(40)) == Given(offered=1, ran_out=1)
    assert full.line() == [carl, anna]
    assert full.errand(later(70)) == Given(offered=1, ran_out=1)
    outcome = full.accept(carl, later(75))
    assert isinstance(outcome, Reserved) and outcome.place.session.taken == 1
    assert full.line() == [anna, bea]
    assert (full.entry(carl).status, full.entry(carl).reservation_id) == (W.BOOKED, outcome.place.id)
    again = full.accept(carl, later(76))
    assert isinstance(again, Reserved) and again.place.id == outcome.place.id
    assert full.errand(SIX_PM) == Given(ended=2)
    assert full.told(anna) == [E.WAITING, E.PLACE_OFFERED, E.OFFER_RAN_OUT, E.WAITING_LEFT]
    assert full.news(anna)[1][1] == {"until": int(later(40).timestamp() * 1000)}
    assert full.told(carl) == [E.WAITING, E.PLACE_OFFERED]
    assert full.errand(SIX_PM) == Given()


def test_a_place_that_is_offered_is_taken_for_everybody_else_and_free_for_them(database: Database) -> None:
    full = full_class(open_studio())
    anna, walter = full.waits("Anna"), full.member("Walter")
    full.gives_up(before(90))
    full.errand(before(90))
    refused = full.reserve(walter, before(89))
    assert isinstance(refused, Refused) and refused.reason is R.SESSION_FULL
    desk = AtTheDesk(venue_id=full.studio.venue, member_id=walter, session_id=full.session)
    door = at_the_desk.check_in(full.studio.organization, desk, before(88))
    assert isinstance(door, Refused) and door.reason is R.SESSION_FULL
    for member, why in ((walter, R.SESSION_FULL), (anna, None)):
        offers = reserving_looking.available(
            full.studio.organization, full.passes[member], NOON, SIX_PM + DAY, full.asking(member), before(88)
        )
        assert [one.refused.reason if one.refused else None for one in offers] == [why]
    assert isinstance(full.reserve(anna, before(87)), Reserved)
    assert (full.entry(anna).status, taken(full)) == (W.BOOKED, 1)


def test_whoever_holds_an_offer_may_simply_walk_in(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna")
    full.gives_up(before(60))
    full.errand(before(60))
    desk = AtTheDesk(venue_id=full.studio.venue, member_id=anna, session_id=full.session)
    assert isinstance(at_the_desk.check_in(full.studio.organization, desk, before(50)), Admitted)
    with reading():
        visit = VisitRow.select().where(VisitRow.member == anna).get()
    assert (visit.is_over_capacity, taken(full), full.entry(anna).status) == (False, 1, W.BOOKED)


def test_a_newcomer_does_not_get_before_those_who_wait(database: Database) -> None:
    """Not even in the seconds between a place given up and the next look at it."""
    full = full_class(open_studio())
    anna, newcomer = full.waits("Anna"), full.member("Newcomer")
    full.gives_up(later(10))
    refused = full.reserve(newcomer, later(10))
    assert isinstance(refused, Refused) and refused.reason is R.SESSION_FULL
    assert full.entry(anna).status is W.OFFERED
    full.decline(anna, later(11))
    assert isinstance(full.reserve(newcomer, later(12)), Reserved)


def test_whoever_asked_to_be_booked_is_booked_and_told(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna", is_auto_book=True)
    full.gives_up(later(10))
    assert full.errand(later(10)) == Given(offered=1, booked=1)
    assert (full.places_of(anna), full.entry(anna).status, taken(full)) == (1, W.BOOKED, 1)
    assert full.told(anna) == [E.WAITING, E.PLACE_BOOKED]
    assert full.errand(later(11)) == Given()


def test_whoever_is_suspended_is_passed_over_with_the_reason_and_keeps_their_place_in_line(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    anna = full.waits("Anna", is_auto_book=True)
    bea = full.waits("Bea", later(1))
    suspend(full.studio.organization, anna, SIX_PM + DAY, "broke the kiln", full.mira, later(2))
    full.gives_up(later(10))
    assert full.errand(later(10)) == Given(offered=1)
    assert (full.entry(bea).status, full.passed_over(anna), full.line()) == (W.OFFERED, R.SUSPENDED, [anna])
    with reading():
        suspension = SuspensionRow.select().where(SuspensionRow.member == anna).get().id
    lift_suspension(full.studio.organization, suspension, "mended it", full.mira, later(20))
    full.gives_up(later(21))
    assert full.errand(later(21)) == Given(offered=1, booked=1)
    assert full.passed_over(anna) is None


def test_a_pass_that_was_used_up_meanwhile_is_no_booking_and_the_next_is_offered_the_place(database: Database) -> None:
    """The punch went between the place held and the place reserved: the worst moment."""
    full = full_class(open_studio())
    studio = full.studio
    anna = studio.member("Anna")
    pass_ = studio.punch_pass(anna, 1)
    full.join(anna, is_auto_book=True)
    bea = full.waits("Bea", later(1))
    full.gives_up(later(10))
    with writing():
        WaitingRow.update(status=W.BOOKING.value, offered_at=later(10)).where(WaitingRow.member == anna).execute()
    elsewhere = studio.session(SIX_PM + DAY)
    studio.reservation(anna, elsewhere, pass_)
    assert full.errand(later(11)) == Given()
    assert (full.places_of(anna), full.passed_over(anna)) == (0, R.PASS_USED_UP)
    assert full.entry(bea).status is W.OFFERED


def test_nobody_is_booked_who_left_just_before(database: Database) -> None:
    """The errand saw them a moment ago, when a place was still held for them."""
    full = full_class(open_studio())
    anna = full.waits("Anna", is_auto_book=True)
    entry = full.entry(anna).id
    full.gives_up(later(10))
    joining.leave(full.studio.organization, entry, full.asking(anna), later(11))
    assert answering.book(full.studio.organization, entry, later(11)) is False
    assert (full.places_of(anna), full.entry(anna).status) == (0, W.LEFT)


def test_near_the_session_nobody_is_booked_unasked_but_offered(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna", is_auto_book=True)
    full.gives_up(before(119))
    full.errand(before(119))
    assert (full.entry(anna).status, full.told(anna)) == (W.OFFERED, [E.WAITING, E.PLACE_OFFERED])
    assert full.entry(anna).offer_ends_at == before(89)


def test_in_the_last_minutes_places_are_for_whoever_comes(database: Database) -> None:
    full = full_class(open_studio())
    full.waits("Anna")
    full.gives_up(before(19))
    assert full.errand(before(19)) == Given()
    assert isinstance(full.reserve(full.member("Walter"), before(18)), Reserved)


def test_declining_gives_the_place_to_the_next_at_once(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.waits("Bea", later(1))
    full.gives_up(later(10))
    full.errand(later(10))
    assert full.decline(anna, later(12)).status is W.LEFT
    assert full.decline(anna, later(12)).status is W.LEFT
    assert (full.entry(bea).status, full.entry(bea).offer_ends_at) == (W.OFFERED, later(42))
    assert full.news(anna)[-1] == (E.WAITING_LEFT, {"because": "declined", "by": "SELF"})


def test_the_second_offer_missed_is_the_last(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna")
    full.gives_up(later(0))
    full.errand(later(0))
    assert full.errand(later(30)) == Given(offered=1, ran_out=1)
    assert full.errand(later(60)) == Given(ran_out=1, ended=1)
    assert (full.entry(anna).status, full.entry(anna).ended_because) == (W.ENDED, "OFFERS_MISSED")
    assert [data for kind, data in full.news(anna) if kind is E.OFFER_RAN_OUT] == [
        {"is_off_the_list": False},
        {"is_off_the_list": True},
    ]
    assert isinstance(full.reserve(full.member("Walter"), later(61)), Reserved)


def test_joining_twice_is_once_and_the_newer_word_on_booking_counts(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.member("Anna")
    first, second = full.join(anna), full.join(anna, later(5), is_auto_book=True)
    assert (second.id, second.is_auto_book, second.joined_at) == (first.id, True, NOON)
    assert full.told(anna) == [E.WAITING]


def test_who_cannot_wait_is_told_why(database: Database) -> None:
    full = full_class(open_studio())
    organization = full.studio.organization
    stranger = full.studio.member("Passless")
    told = joining.join(organization, full.wish(stranger), full.asking(stranger), NOON)
    assert isinstance(told, Refused) and told.reason is R.NO_PASS
    told = joining.join(organization, full.wish(full.member("Late")), full.mira, SIX_PM)
    assert isinstance(told, Refused) and told.reason is R.SESSION_STARTED
    full.gives_up(later(1))
    with pytest.raises(Conflict, match=r"waiting\.place_is_free"):
        full.join(full.member("Quick"), later(2))


def test_leaving_twice_is_leaving_once_and_one_may_come_back_behind(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.waits("Bea", later(1))
    for _ in range(2):
        left = joining.leave(full.studio.organization, full.entry(anna).id, full.asking(anna), later(2))
        assert (left.status, left.ended_because) == (W.LEFT, "left")
    full.join(anna, later(3))
    assert full.line() == [bea, anna]
    assert full.told(anna) == [E.WAITING, E.WAITING_LEFT, E.WAITING]


def test_staff_put_somebody_first_and_say_why(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.waits("Bea", later(1))
    organization, entry = full.studio.organization, full.entry(bea).id
    told = joining.set_priority(organization, entry, Priority.HIGH, "her last part", full.mira, later(2))
    assert (told.position, told.priority_because, full.line()) == (1, "her last part", [bea, anna])
    assert full.entry(bea).priority_because == full.join(bea, later(2)).priority_because == ""
    with pytest.raises(Invalid):
        joining.set_priority(organization, entry, Priority.LOW, " ", full.mira, later(3))
    with pytest.raises(Forbidden):
        joining.set_priority(organization, entry, Priority.HIGH, "me first", full.asking(bea), later(3))


def test_staff_offer_a_place_out_of_turn(database: Database) -> None:
    full = full_class(open_studio())
    full.waits("Anna")
    bea = full.waits("Bea", later(1))
    organization, entry = full.studio.organization, full.entry(bea).id
    told = answering.offer_to(organization, entry, full.mira, later(2))
    assert isinstance(told, Refused) and told.reason is R.SESSION_FULL
    full.gives_up(later(3))
    for _ in range(2):
        told = answering.offer_to(organization, entry, full.mira, later(3))
        assert isinstance(told, InLine) and (told.status, told.offer_ends_at) == (W.OFFERED, later(33))
    with pytest.raises(Conflict, match=r"waiting\.offer_is_over"):
        full.accept(bea, later(33))
    with pytest.raises(Forbidden):
        answering.offer_to(organization, entry, full.asking(bea), later(4))
    switch(organization, Feature.WAITING_LIST, False, full.mira, later(5))
    told = answering.offer_to(organization, entry, full.mira, later(5))
    assert isinstance(told, InLine) and told.offer_ends_at == later(33), "what was offered stands"
    with pytest.raises(Conflict, match=r"feature\.is_off"):
        answering.offer_to(organization, entry, full.mira, later(33))
    assert full.told(bea).count(E.PLACE_OFFERED) == 1


def test_nobody_answers_what_was_not_offered(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna")
    for answer in (full.accept, full.decline):
        with pytest.raises(Conflict, match=r"waiting\.no_offer"):
            answer(anna, later(1))
    joining.leave(full.studio.organization, full.entry(anna).id, full.mira, later(2))
    with pytest.raises(Conflict, match=r"waiting\.is_over"):
        full.accept(anna, later(3))


def test_a_session_called_off_ends_its_list(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna")
    call_off_session(full.studio.organization, full.session, "the kiln is cold", full.mira, later(1))
    assert full.entry(anna).status is W.ENDED
    assert full.errand(later(2)) == Given()
    assert full.news(anna)[-1] == (E.WAITING_LEFT, {"because": "SESSION_CANCELLED"})


def test_more_places_are_offered_too_and_kiosks_hear_of_it(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.waits("Bea", later(1))
    with writing():
        SessionRow.update(capacity=3).where(SessionRow.id == full.session).execute()
    with reading():
        heard = ChangeRow.select().where(ChangeRow.subject_id == full.session).count()
    assert full.errand(later(5)) == Given(offered=2)
    with reading():
        assert ChangeRow.select().where(ChangeRow.subject_id == full.session).count() == heard + 1
    assert {full.entry(one).status for one in (anna, bea)} == {W.OFFERED}


def test_a_studio_without_waiting_lists_offers_no_more_and_keeps_its_word(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    anna = full.waits("Anna")
    full.waits("Bea", later(1))
    full.gives_up(later(2))
    full.errand(later(2))
    switch(full.studio.organization, Feature.WAITING_LIST, False, full.mira, later(3))
    full.gives_up(later(4))
    assert full.errand(later(4)) == Given()
    with pytest.raises(Conflict, match=r"feature\.is_off"):
        full.join(full.member("Carl"), later(5))
    assert isinstance(full.accept(anna, later(6)), Reserved)
    assert isinstance(full.reserve(full.member("Walter"), later(7)), Reserved)


def test_what_belongs_to_another_member_is_not_there(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.member("Bea")
    organization, entry, by = full.studio.organization, full.entry(anna).id, full.asking(bea)
    for verb in (
        lambda: joining.leave(organization, entry, by, later(1)),
        lambda: answering.accept(organization, entry, by, later(1)),
        lambda: answering.decline(organization, entry, by, later(1)),
        lambda: looking.waiting_of_member(organization, anna, by, later(1)),
        lambda: joining.join(organization, full.wish(anna), by, later(1)),
        lambda: looking.alternatives(organization, full.session, by, later(1), member_id=anna),
    ):
        with pytest.raises(NotFound):
            verb()
    with pytest.raises(Forbidden):
        looking.waiting_list(organization, full.session, by)
    other = full_class(open_studio("Loom"))
    with pytest.raises(NotFound):
        joining.leave(other.studio.organization, entry, other.mira, later(1))
    with pytest.raises(NotFound):
        looking.waiting_list(other.studio.organization, full.session, other.mira)


def test_other_sessions_that_anna_could_reserve_nearest_first(database: Database) -> None:
    full = full_class(open_studio())
    studio, anna = full.studio, full.waits("Anna")
    in_a_week, tomorrow = studio.session(SIX_PM + 7 * DAY), studio.session(SIX_PM + DAY)
    studio.session(SIX_PM + 2 * DAY, class_type=studio.glazing)
    studio.session(SIX_PM + 2 * DAY, capacity=0)
    studio.session(SIX_PM + 40 * DAY)
    for by, member in ((full.asking(anna), None), (full.mira, anna), (full.mira, None)):
        found = looking.alternatives(studio.organization, full.session, by, NOON, member_id=member)
        assert [one.id for one in found] == [tomorrow, in_a_week]
    studio.reservation(anna, tomorrow, full.passes[anna])
    mine = looking.alternatives(studio.organization, full.session, full.asking(anna), NOON)
    assert [one.id for one in mine] == [in_a_week]


def test_who_already_has_a_place_another_way_waits_no_more(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    anna = full.waits("Anna")
    full.gives_up(later(1))
    full.studio.reservation(anna, full.session, full.passes[anna])
    full.gives_up(later(2))
    assert full.errand(later(3)) == Given()
    assert (full.entry(anna).status, full.told(anna)) == (W.BOOKED, [E.WAITING])


def test_when_the_only_one_who_waits_leaves_an_offer_kiosks_hear_that_the_place_is_free(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna")
    full.gives_up(later(1))
    full.errand(later(1))

    def version() -> int:
        with reading():
            return int(ChangeRow.get(ChangeRow.subject_id == full.session).version)

    heard = version()
    joining.leave(full.studio.organization, full.entry(anna).id, full.asking(anna), later(2))
    assert version() > heard


def test_a_place_that_is_held_for_anna_in_another_session_is_an_alternative_for_her(database: Database) -> None:
    full, tomorrow = full_class(studio := open_studio()), full_class(studio)
    with writing():
        moved = {SessionRow.starts_at: SIX_PM + DAY, SessionRow.ends_at: SIX_PM + DAY + timedelta(hours=2)}
        SessionRow.update(moved).where(SessionRow.id == tomorrow.session).execute()
    anna = tomorrow.waits("Anna")
    tomorrow.gives_up(later(1))
    tomorrow.errand(later(1))
    for by, found in ((tomorrow.asking(anna), [tomorrow.session]), (full.asking(full.member("Bea")), [])):
        shown = looking.alternatives(studio.organization, full.session, by, later(2))
        assert [one.id for one in shown] == found
