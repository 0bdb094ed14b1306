"""A full class and people who wait for a place in it, for stories."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.decisions import Refused
from core.events import EventKind
from core.refusals import RefusalReason
from server.services.people.rights import Asker, asker_of_staff, member_asking
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.services.waiting import answering, giving, joining, looking
from server.services.waiting.joining import WaitingWish
from server.services.waiting.values import Given, InLine
from server.store.database import reading
from server.store.tables import EventRow, ReservationRow, WaitingRow
from tests.server.studio import SIX_PM, Studio

NOON = SIX_PM - timedelta(hours=6)
DAY = timedelta(days=1)


def later(minutes: float, moment: datetime = NOON) -> datetime:
    return moment + timedelta(minutes=minutes)


@dataclass(kw_only=True)
class FullClass:
    """A session at 18:00 whose places are all taken, by members who are there for nothing else."""

    studio: Studio
    session: str
    places: list[str] = field(default_factory=list)
    passes: dict[str, str] = field(default_factory=dict)

    def member(self, name: str) -> str:
        member = self.studio.member(name)
        self.passes[member] = self.studio.unlimited(member)
        return member

    def asking(self, member: str) -> Asker:
        return member_asking(self.studio.organization, member, "them")

    @property
    def mira(self) -> Asker:
        with reading():
            return asker_of_staff(self.studio.organization, self.studio.staff)

    def wish(self, member: str, *, is_auto_book: bool = False) -> WaitingWish:
        return WaitingWish(place=Wish(session_id=self.session, member_id=member), is_auto_book=is_auto_book)

    def join(self, member: str, at: datetime = NOON, *, is_auto_book: bool = False) -> InLine:
        wish = self.wish(member, is_auto_book=is_auto_book)
        told = joining.join(self.studio.organization, wish, self.asking(member), at)
        assert isinstance(told, InLine), told
        return told

    def waits(self, name: str, at: datetime = NOON, *, is_auto_book: bool = False) -> str:
        """The member's id; they wait from then on."""
        member = self.member(name)
        self.join(member, at, is_auto_book=is_auto_book)
        return member

    def reserve(self, member: str, at: datetime) -> Reserved | Refused:
        wish = Wish(session_id=self.session, member_id=member)
        return reserve(self.studio.organization, wish, self.asking(member), at)

    def gives_up(self, at: datetime) -> None:
        """One of those who have a place gives it up."""
        given_up = cancel(self.studio.organization, self.places.pop(), self.mira, at)
        assert isinstance(given_up, Cancelled)

    def errand(self, at: datetime) -> Given:
        return giving.offer_free_places(at)

    def entry(self, member: str) -> InLine:
        """The newest of theirs."""
        at = SIX_PM - timedelta(days=30)
        return looking.waiting_of_member(self.studio.organization, member, self.asking(member), at)[-1]

    def accept(self, member: str, at: datetime) -> Reserved | Refused:
        return answering.accept(self.studio.organization, self.entry(member).id, self.asking(member), at)

    def decline(self, member: str, at: datetime) -> InLine:
        return answering.decline(self.studio.organization, self.entry(member).id, self.asking(member), at)

    def leave(self, member: str, at: datetime) -> InLine:
        return joining.leave(self.studio.organization, self.entry(member).id, self.asking(member), at)

    def line(self) -> list[str]:
        """Who stands in line, in order."""
        found = looking.waiting_list(self.studio.organization, self.session, self.mira)
        return [one.member_id for one in found if one.position]

    def places_of(self, member: str) -> int:
        with reading():
            same = (ReservationRow.member == member) & (ReservationRow.session == self.session)
            return int(ReservationRow.select().where(same, ReservationRow.status == "PENDING").count())

    def news(self, member: str) -> list[tuple[EventKind, dict[str, object]]]:
        """What was announced about a member's waiting, in order."""
        with reading():
            rows = EventRow.select().where(EventRow.member == member, EventRow.kind.startswith("waiting_list."))
            return [(EventKind(row.kind), json.loads(row.data)) for row in rows.order_by(EventRow.id)]

    def told(self, member: str) -> list[EventKind]:
        return [kind for kind, _ in self.news(member)]

    def passed_over(self, member: str) -> RefusalReason | None:
        return self.entry(member).passed_over

    def row(self, member: str) -> WaitingRow:
        with reading():
            return WaitingRow.select().where(WaitingRow.member == member).get()


def full_class(studio: Studio, places: int = 1) -> FullClass:
    """With so many places, all taken."""
    session = studio.session(capacity=places)
    full = FullClass(studio=studio, session=session)
    for number in range(places):
        member = studio.member(f"Regular {number}")
        full.places.append(studio.reservation(member, session, studio.unlimited(member)))
    return full
