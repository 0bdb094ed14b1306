"""Sessions that are free, and those that somebody pays at the desk: in the rows, at the desk and at a kiosk alone."""

from dataclasses import replace

import pytest
from peewee import Database

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.errors import Conflict, Forbidden, Invalid
from core.facts import Knowledge, Source
from core.model import ReservationStatus as S
from core.policy import Policy
from core.refusals import RefusalReason as R
from server.services.door.at_the_desk import undo
from server.services.door.facts import Asking, facts_of_member
from server.services.people.rights import member_asking, the_house
from server.services.people.sessions import NewSession, plan_session
from server.services.reserving import arriving
from server.store.database import reading
from server.store.tables import VisitRow
from tests.server.pass_stories import DAY, Holder
from tests.server.studio import SIX_PM, after, before, open_studio


@pytest.fixture
def holder(database: Database) -> Holder:
    studio = open_studio()
    return Holder(studio=studio, alice=studio.member())


def paid(visit_key: str) -> tuple[str, str | None, int | None, str]:
    with reading():
        visit = VisitRow.get_by_id(visit_key)
        return visit.paid_by, visit.pass_id, visit.drop_in_cents, visit.drop_in_note


def test_a_free_evening_costs_nobody_anything(holder: Holder) -> None:
    studio, free = holder.studio, holder.studio.session(is_free=True)
    nora = Holder(studio=studio, alice=studio.member("Nora"))
    pass_ = studio.punch_pass(holder.alice, 8)
    place = studio.reservation(holder.alice, free, pass_)
    for who in (holder, nora):
        key = who.comes(before(5), free)
        assert paid(str(key)) == ("FREE", None, None, "")
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (8, 8)
    assert studio.status(place) is S.CHECKED_IN
    undo(studio.organization, f"R:{place}", studio.staff, "wrong Alice", after(5))
    assert (studio.status(place), studio.punches_available(pass_)) == (S.PENDING, 8), "no punch is set aside for it"
    assert nora.comes(SIX_PM + DAY) is R.NO_PASS


def test_a_kiosk_alone_decides_about_a_free_session_as_the_server_does(holder: Holder) -> None:
    free, usual = holder.studio.session(is_free=True), holder.studio.session()
    asking = Asking(venue_id=holder.studio.venue, at=SIX_PM)
    with reading():
        facts = facts_of_member(holder.organization, holder.alice, asking, locked=False)
    alone = replace(facts, knowledge=Knowledge(source=Source.REPLICA, synced_at=before(60), kiosks_at_venue=2))
    for known in (facts, alone):
        to_free = decide(replace(known, chosen_session_id=free), Policy(), SIX_PM)
        to_usual = decide(replace(known, chosen_session_id=usual), Policy(), SIX_PM)
        assert isinstance(to_free, Admitted) and to_free.pass_id is None
        assert isinstance(to_usual, Refused) and to_usual.reason is R.NO_PASS


def test_a_visitor_pays_the_price_or_what_staff_say(holder: Holder) -> None:
    studio, session = holder.studio, holder.studio.session(drop_in_cents=1800, capacity=2)
    nora, olga, pia = (studio.member(name) for name in ("Nora", "Olga", "Pia"))

    def comes(who: str, **more: object) -> Admitted | Refused:
        visitor = arriving.Visitor(session_id=session, member_id=who, **more)  # type: ignore[arg-type]
        return arriving.check_in_drop_in(studio.organization, visitor, holder.mira(), SIX_PM)

    assert isinstance(comes(nora), Admitted)
    assert isinstance(comes(olga, cents=1000, note="half, she helped with the glazes"), Admitted)
    assert paid(f"W:{nora}:{session}") == ("DROP_IN", None, 1800, "")
    assert paid(f"W:{olga}:{session}") == ("DROP_IN", None, 1000, "half, she helped with the glazes")
    full = comes(pia)
    assert isinstance(full, Refused) and full.reason is R.SESSION_FULL
    again = comes(nora, cents=5)
    assert isinstance(again, Admitted) and again.again_since == SIX_PM
    assert paid(f"W:{nora}:{session}")[2] == 1800, "who is in already pays nothing more"


def test_whoever_pays_at_the_desk_keeps_their_punch(holder: Holder) -> None:
    studio, session = holder.studio, holder.studio.session(drop_in_cents=1800)
    pass_ = studio.punch_pass(holder.alice, 8)
    place = studio.reservation(holder.alice, session, pass_)
    visitor = arriving.Visitor(session_id=session, member_id=holder.alice)
    assert isinstance(arriving.check_in_drop_in(studio.organization, visitor, holder.mira(), SIX_PM), Admitted)
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (8, 8)
    assert (paid(f"R:{place}")[0], studio.status(place)) == ("DROP_IN", S.CHECKED_IN)
    undo(studio.organization, f"R:{place}", studio.staff, "went home", after(1))
    assert holder.comes(after(2), session) == f"R:{place}"
    assert paid(f"R:{place}") == ("PASS", pass_, None, ""), "this time the pass pays"
    assert studio.punches_left(pass_) == 7


def test_only_staff_take_money_and_only_where_there_is_a_price(holder: Holder) -> None:
    studio = holder.studio
    session, usual, free = studio.session(drop_in_cents=0), studio.session(), studio.session(is_free=True)
    herself = member_asking(studio.organization, holder.alice, "Alice")
    with pytest.raises(Forbidden):
        visitor = arriving.Visitor(session_id=session, member_id=holder.alice)
        arriving.check_in_drop_in(studio.organization, visitor, herself, SIX_PM)
    for other in (usual, free):
        with pytest.raises(Conflict, match=r"session\.sells_no_drop_ins"):
            visitor = arriving.Visitor(session_id=other, member_id=holder.alice)
            arriving.check_in_drop_in(studio.organization, visitor, holder.mira(), SIX_PM)
    house = the_house(studio.organization)
    new = NewSession(venue_id=studio.venue, class_type_id=studio.wheel, starts_at=SIX_PM, ends_at=after(60), capacity=4)
    plan_session(studio.organization, replace(new, drop_in_cents=1800), house, SIX_PM)
    plan_session(studio.organization, replace(new, is_free=True), house, SIX_PM)
    with pytest.raises(Invalid, match=r"session\.free_sells_no_drop_ins"):
        plan_session(studio.organization, replace(new, is_free=True, drop_in_cents=1800), house, SIX_PM)
    with pytest.raises(Invalid, match=r"field\.out_of_range"):
        plan_session(studio.organization, replace(new, drop_in_cents=-1), house, SIX_PM)
