"""Giving a place up: early, the place and its punch are free at once; late, the punch waits for the night."""

from dataclasses import replace
from datetime import datetime

from core import reserving
from core.decisions import Refused
from core.errors import Conflict
from core.model import Method, ReservationStatus
from server.services.door import history
from server.services.door.as_core import as_reservation
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.door.places import taken_in
from server.services.door.policies import PolicyBook
from server.services.people import words
from server.services.people.rights import Asker, Right
from server.services.reserving.finding import as_place, reservation_of, session_of
from server.services.reserving.values import Cancelled
from server.store.database import for_update, writing
from server.store.tables import ReservationRow


def cancel(
    organization_id: str, reservation_id: str, by: Asker, at: datetime, *, because: str = ""
) -> Cancelled | Refused:
    """Give the place up. Twice is once: a place that was cancelled before is told as it is.

    A member (`by.for_member()`) may until the session starts, else `Refused`; staff may as long as it is PENDING,
    else `Conflict`. Raises `NotFound`, `Forbidden`.
    """
    why = words.optional("because", because)
    with writing():
        member_id = reservation_of(organization_id, reservation_id, by, Right.SERVE).member_id
        lock_member(organization_id, member_id)
        row = for_update(ReservationRow.select().where(ReservationRow.id == reservation_id)).get()
        session = session_of(organization_id, row.session_id)
        if row.status in (ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value):
            return Cancelled(place=as_place(row, session), keeps_hold=row.has_hold)
        refused = reserving.why_not_cancel(as_reservation(row), session, at)
        if refused and by.acts_as is Method.SELF:
            return refused
        if row.status != ReservationStatus.PENDING.value:
            raise Conflict("reservation.is_over", status=row.status)
        policies = PolicyBook(organization_id)
        made_under = policies.of_version(row.policy_version)
        is_late = reserving.cancel_keeps_hold(session, policies.in_force(session.venue_id, at), at, made_under)
        row.has_hold = row.has_hold and is_late
        row.is_late_cancel = is_late
        row.cancelled_at, row.cancelled_because = at, why
        history.move(row, ReservationStatus.CANCELLED, at, by.cause(why or "cancelled"), late=is_late)
        touch_member(organization_id, row.member_id)
        touch_session(organization_id, row.session_id)
        left = replace(session, taken=taken_in([session.id])[session.id])
        return Cancelled(place=as_place(row, left), keeps_hold=row.has_hold)
