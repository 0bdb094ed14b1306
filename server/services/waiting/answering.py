"""What becomes of an offer: it is taken, or not wanted; staff make one; the house reserves for who asked for that."""

from datetime import datetime

from core import waiting
from core.decisions import Refused
from core.errors import Conflict
from core.features import Feature
from core.refusals import RefusalReason
from core.waiting import Offered, WaitingStatus
from server.services.door.changes import touch_session
from server.services.door.features import require_on
from server.services.door.policies import policy_in_force
from server.services.people.rights import Asker, Right, require, the_house
from server.services.reserving.asked import facts_for_place
from server.services.reserving.finding import as_place, session_of
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Reserved
from server.services.waiting.finding import as_waiting, in_line
from server.services.waiting.joining import locked, stop
from server.services.waiting.offering import make_offer, offer_in
from server.services.waiting.values import InLine
from server.store.database import writing
from server.store.tables import ReservationRow, WaitingRow

BECAUSE_DECLINED = "declined"


def accept(organization_id: str, waiting_id: str, by: Asker, at: datetime) -> Reserved | Refused:
    """Take the place that is offered. Twice is once. `Refused`: it cannot be paid, say; the offer stands meanwhile.

    Raises `Conflict` where no offer is open, `NotFound`, `Forbidden`.
    """
    with writing():
        row = locked(organization_id, waiting_id, by)
        if row.status == WaitingStatus.BOOKED.value and row.reservation_id:
            place = ReservationRow.get_by_id(row.reservation_id)
            return Reserved(place=as_place(place, session_of(organization_id, row.session_id)))
        _refuse_without_offer(row, at)
        return reserve(organization_id, _wish(row), by, at)


def decline(organization_id: str, waiting_id: str, by: Asker, at: datetime) -> InLine:
    """Not wanted any more: off the list, and the next is offered the place. Twice is once.

    Raises `Conflict` where no offer is open, `NotFound`, `Forbidden`.
    """
    with writing():
        row = locked(organization_id, waiting_id, by)
        if row.status != WaitingStatus.LEFT.value:
            _refuse_without_offer(row, at)
            stop(row, BECAUSE_DECLINED, by, at)
        return in_line(organization_id, [row])[0].for_the_member()


def offer_to(organization_id: str, waiting_id: str, by: Asker, at: datetime) -> InLine | Refused:
    """Staff offer a free place to this one, whoever else waits. An offer that stands already is told as it is.

    `Refused` if no place is free, or they could not take it. Raises `Conflict` for one who waits no more, where the
    studio has no waiting lists, and where no offer could be answered before the session begins; `NotFound`,
    `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        row = locked(organization_id, waiting_id, by)
        if WaitingStatus(row.status) not in waiting.OPEN:
            raise Conflict("waiting.is_over")
        session = session_of(organization_id, row.session_id)
        policy = policy_in_force(organization_id, session.venue_id, at)
        if not waiting.is_offer_open(as_waiting(row), at):
            require_on(organization_id, Feature.WAITING_LIST, at)
            facts, _ = facts_for_place(organization_id, row.member_id, session.id, row.pass_id, at)
            if refused := waiting.why_not_wait(facts, session, policy, at):
                return refused
            if not session.has_free_place:
                return Refused(reason=RefusalReason.SESSION_FULL, session=session)
            until = waiting.offer_ends_at(session, policy.waiting, at)
            if until is None:
                raise Conflict("waiting.too_late_to_offer")
            make_offer(row, Offered(waiting_id=row.id, until=until), at)
            touch_session(organization_id, row.session_id)
        return in_line(organization_id, [row])[0]


def book(organization_id: str, waiting_id: str, at: datetime) -> bool:
    """Reserve the place that is held for somebody who asked to be booked. False: they could not, or no longer want it.

    Then they wait on with the reason, and the place goes to the next.
    """
    by = the_house(organization_id)
    with writing():
        row = locked(organization_id, waiting_id, by)
        if row.status != WaitingStatus.BOOKING.value:
            return False
        outcome = reserve(organization_id, _wish(row), by, at)
        if isinstance(outcome, Reserved):
            return True
        row = WaitingRow.get_by_id(waiting_id)
        if row.status == WaitingStatus.BOOKING.value:
            row.status, row.passed_over = WaitingStatus.WAITING.value, outcome.reason.value
            row.save()
            offer_in(organization_id, row.session_id, at)
            touch_session(organization_id, row.session_id)
        return False


def _wish(row: WaitingRow) -> Wish:
    return Wish(session_id=row.session_id, pass_id=row.pass_id, member_id=row.member_id)


def _refuse_without_offer(row: WaitingRow, at: datetime) -> None:
    if WaitingStatus(row.status) not in waiting.OPEN:
        raise Conflict("waiting.is_over")
    if row.status != WaitingStatus.OFFERED.value:
        raise Conflict("waiting.no_offer")
    if not waiting.is_offer_open(as_waiting(row), at):
        raise Conflict("waiting.offer_is_over")
