"""A check-in by mistake ends no wait: once it is taken back, everybody stands where they stood."""

from datetime import datetime

from peewee import Database

from core.decisions import Admitted
from core.waiting import WaitingStatus as W
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.door.places import taken_in
from server.services.reserving.cancel import cancel
from server.services.reserving.values import Cancelled
from server.services.waiting.values import Given
from server.store.database import reading
from tests.server.studio import SIX_PM, before, open_studio
from tests.server.waiting_stories import FullClass, full_class


def taken(full: FullClass) -> int:
    with reading():
        return taken_in([full.session])[full.session]


def test_a_check_in_by_mistake_that_is_taken_back_puts_anna_where_she_stood(database: Database) -> None:
    """She holds an offer and is let in instead of another Anna; Bea and Carl must neither gain nor lose by it."""
    full = full_class(open_studio())
    organization = full.studio.organization
    anna, bea, carl = (full.waits(name, before(300 - number)) for number, name in enumerate(("Anna", "Bea", "Carl")))

    def let_in(member: str, at: datetime) -> str:
        desk = AtTheDesk(venue_id=full.studio.venue, member_id=member, session_id=full.session)
        decision = at_the_desk.check_in(organization, desk, at)
        assert isinstance(decision, Admitted), decision
        return decision.visit_key

    def undo(visit: str, at: datetime) -> None:
        at_the_desk.undo(organization, visit, full.studio.staff, "another Anna", at)

    full.gives_up(before(90))
    full.errand(before(90))
    assert full.line() == [bea, carl]
    for minutes in (88, 80):
        visit = let_in(anna, before(minutes))
        assert (full.entry(anna).status, full.entry(anna).ended_because) == (W.BOOKED, "CHECKED_IN")
        undo(visit, before(minutes - 1))
        undo(visit, before(minutes - 1))
        again = full.entry(anna)
        assert (again.position, again.joined_at, again.ended_because) == (1, before(300), "")
        assert full.line() == [anna, bea, carl] and taken(full) == 0
        assert full.errand(before(minutes - 2)) == Given(offered=1)
        assert full.entry(anna).status is W.OFFERED
    visit = let_in(anna, before(70))
    place = full.studio.reservation(anna, full.session, full.passes[anna])
    undo(visit, before(69))
    assert full.entry(anna).status is W.BOOKED, "meanwhile she has a place there"
    assert isinstance(cancel(organization, place, full.mira, before(68)), Cancelled)
    full.errand(before(68))
    visit = let_in(bea, before(60))
    undo(visit, SIX_PM)
    assert full.entry(bea).status is W.BOOKED, "once it has begun there is no line to stand in"
