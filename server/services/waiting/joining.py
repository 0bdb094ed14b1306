"""Getting on a session's waiting list, off it again, and who comes before whom."""

from dataclasses import dataclass
from datetime import datetime

from core.decisions import Refused
from core.errors import Conflict, NotFound
from core.events import EventKind
from core.features import Feature
from core.model import Method
from core.waiting import OPEN, Priority, WaitingStatus, why_not_wait
from server.services.door.changes import touch_session
from server.services.door.facts import lock_member
from server.services.door.features import require_on
from server.services.door.places import lock_session
from server.services.door.policies import policy_in_force
from server.services.events.announcing import announce
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require, require_for_member
from server.services.reserving.asked import facts_for_place
from server.services.reserving.finding import session_of
from server.services.reserving.reserve import Wish, whose
from server.services.waiting import ending
from server.services.waiting.finding import in_line, open_row_of, waiting_of
from server.services.waiting.offering import offer_in, taken_after_offers
from server.services.waiting.values import InLine
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import SessionRow, WaitingRow

LONGEST_NOTES = 1000
BECAUSE_LEFT = "left"


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingWish:
    """A place in a full session. `is_auto_book`: reserve it as soon as there is one, without asking again."""

    place: Wish
    is_auto_book: bool = False
    notes: str = ""


def join(organization_id: str, wish: WaitingWish, by: Asker, at: datetime) -> InLine | Refused:
    """Stand in line, or say why not. Twice is once: the newer word on being booked at once counts.

    Whoever waits already has the first claim, so free places are offered to them before this one is looked at.
    Raises `Conflict` if a place is free: it is reserved, not waited for; and where the studio has no waiting lists.
    `NotFound`, `Invalid`, `Forbidden`.
    """
    notes = words.optional("notes", wish.notes, LONGEST_NOTES)
    session_id = wish.place.session_id
    with writing():
        member_id = whose(organization_id, wish.place)
        pass_id = wish.place.pass_id
        # As for an id that never was, so that nobody learns whose a pass is.
        missing = NotFound("pass.not_found", id=pass_id) if pass_id else NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        require_on(organization_id, Feature.WAITING_LIST, at)
        ours(SessionRow, organization_id, session_id, "session")
        lock_member(organization_id, member_id)
        lock_session(session_id)
        if row := open_row_of(member_id, session_id):
            row.is_auto_book = wish.is_auto_book
            row.save()
            return _told(organization_id, row, by)
        session = session_of(organization_id, session_id)
        taken = taken_after_offers(organization_id, session_id, session.capacity, at)
        policy = policy_in_force(organization_id, session.venue_id, at)
        facts, _ = facts_for_place(organization_id, member_id, session_id, wish.place.pass_id, at)
        if refused := why_not_wait(facts, session, policy, at):
            return refused
        if taken < session.capacity:
            raise Conflict("waiting.place_is_free")
        row = WaitingRow.create(
            id=new_id(at),
            organization=organization_id,
            session=session_id,
            member=member_id,
            pass_=wish.place.pass_id,
            status=WaitingStatus.WAITING.value,
            is_auto_book=wish.is_auto_book,
            notes=notes,
            joined_at=at,
            joined_by=by.acts_as.value,
        )
        told = _told(organization_id, WaitingRow.get_by_id(row.id), by)
        announce(ending.news(row, EventKind.WAITING, position=told.position, is_auto_book=wish.is_auto_book), at)
        return told


def leave(organization_id: str, waiting_id: str, by: Asker, at: datetime, *, because: str = "") -> InLine:
    """Wait no more; a place that was offered goes to the next at once. Twice is once.

    Raises `NotFound`, `Forbidden`.
    """
    why = words.optional("because", because) or BECAUSE_LEFT
    with writing():
        row = locked(organization_id, waiting_id, by)
        if WaitingStatus(row.status) in OPEN:
            stop(row, why, by, at)
        return _told(organization_id, row, by)


def stop(row: WaitingRow, because: str, by: Asker, at: datetime) -> None:
    """They said so themselves, or staff did. Member and session are locked."""
    ending.end(row, WaitingStatus.LEFT, because, at)
    announce(ending.news(row, EventKind.WAITING_LEFT, because=because, by=by.acts_as.value), at)
    offer_in(row.organization_id, row.session_id, at)
    touch_session(row.organization_id, row.session_id)


def set_priority(
    organization_id: str, waiting_id: str, priority: Priority, because: str, by: Asker, at: datetime
) -> InLine:
    """Staff put somebody before others, or behind them, and say why. Raises `Invalid`, `Conflict`, `NotFound`…"""
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        row = locked(organization_id, waiting_id, by)
        if WaitingStatus(row.status) not in OPEN:
            raise Conflict("waiting.is_over")
        row.priority, row.priority_because, row.priority_by = priority.value, why, by.staff_id
        row.save()
        return _told(organization_id, row, by)


def locked(organization_id: str, waiting_id: str, by: Asker) -> WaitingRow:
    """The entry as it is now, its member and its session locked. Raises `NotFound`, `Forbidden`."""
    row = waiting_of(organization_id, waiting_id, by, Right.SERVE)
    lock_member(organization_id, row.member_id)
    lock_session(row.session_id)
    return WaitingRow.get_by_id(waiting_id)


def _told(organization_id: str, row: WaitingRow, by: Asker) -> InLine:
    found = in_line(organization_id, [row])[0]
    return found.for_the_member() if by.acts_as is Method.SELF else found
