"""Staff give back a place that the house took away, against the absence or the suspension that took it."""

from datetime import datetime

from core.decisions import Refused
from core.errors import Conflict
from core.model import ReservationStatus
from core.refusals import RefusalReason
from server.services.door.as_core import as_suspension
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.places import lock_session
from server.services.door.undoing import give_back, why_not_back
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.reserving.finding import as_place, session_of
from server.services.reserving.values import Place
from server.store.database import writing
from server.store.tables import ReservationRow, SessionRow, SuspensionRow

S = ReservationStatus


def restore(organization_id: str, reservation_id: str, because: str, by: Asker, at: datetime) -> Place | Refused:
    """The place, standing again as if reserved now: no night takes it for the same absence once more.

    Twice is once. Refused where it cannot be: it has begun, was called off, is full, is reserved otherwise, nothing
    pays for it, or a suspension covers it; that is lifted first. Raises `Conflict` for a place that the house did not
    take away, `Invalid` without a reason, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        member_id = ours(ReservationRow, organization_id, reservation_id, "reservation").member_id
        lock_member(organization_id, member_id)
        row = ReservationRow.get_by_id(reservation_id)
        if row.status == S.PENDING.value and row.restored_at is not None:
            return as_place(row, session_of(organization_id, row.session_id))
        if row.status != S.AUTO_CANCELLED.value:
            raise Conflict("reservation.not_taken_away", status=row.status)
        refused = _why_not(row, lock_session(row.session_id), at)
        if refused is not None:
            return refused
        row.restored_at = at
        give_back(row, at, by.cause(why))
        touch_member(organization_id, row.member_id)
        return as_place(row, session_of(organization_id, row.session_id))


def _why_not(row: ReservationRow, session: SessionRow, at: datetime) -> Refused | None:
    if session.cancelled_at is not None:
        return Refused(reason=RefusalReason.SESSION_CANCELLED)
    if session.starts_at <= at:
        return Refused(reason=RefusalReason.SESSION_STARTED)
    until = _suspended_until(row.member_id, session.starts_at)
    if until is not None:
        return Refused(reason=RefusalReason.SUSPENDED, until=until)
    reason = why_not_back(row)
    return None if reason is None else Refused(reason=reason)


def _suspended_until(member_id: str, starts_at: datetime) -> datetime | None:
    """When the last suspension ends in whose time the session starts. None: none does."""
    rows = SuspensionRow.select().where(SuspensionRow.member == member_id, SuspensionRow.ends_at > starts_at)
    covering = [one.ends_at for one in map(as_suspension, rows) if one.covers(starts_at)]
    return max(covering, default=None)
