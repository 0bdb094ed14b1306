"""Suspensions that staff make and lift. What the night does by itself stands in `services/night`."""

from datetime import datetime

from core.errors import Conflict
from core.events import EventKind
from core.model import ReservationStatus
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.door.undoing import lift, suspension_news
from server.services.events.announcing import announce
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import ReservationRow, SessionRow, SuspensionRow


def suspend(organization_id: str, member_id: str, until: datetime, because: str, by: Asker, at: datetime) -> str:
    """A new suspension's id, from now until `until`. Places reserved in that time are given up, their punches free.

    Lifting it gives back those that are still free then. Raises `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    words.span(at, until)
    with writing():
        require(organization_id, by, Right.SERVE)
        lock_member(organization_id, member_id)
        id_ = new_id(at)
        SuspensionRow.create(
            id=id_,
            organization=organization_id,
            member=member_id,
            starts_at=at,
            ends_at=until,
            because=why,
            made_by=by.staff_id,
            made_at=at,
        )
        made = SuspensionRow.get_by_id(id_)
        announce(suspension_news(made, EventKind.SUSPENDED, why), at)
        give_up_places(made, at, by.cause(why))
        touch_member(organization_id, member_id)
        return id_


def give_up_places(suspension: SuspensionRow, at: datetime, cause: Cause) -> int:
    """The places reserved in a suspension's time are free for others; how many. The member is locked."""
    lost = _reserved_between(suspension.member_id, suspension.starts_at, suspension.ends_at)
    for reservation in lost:
        reservation.has_hold, reservation.cancelled_at, reservation.cancelled_because = False, at, cause.because
        reservation.cancelled_by_suspension = suspension.id
        history.move(reservation, ReservationStatus.AUTO_CANCELLED, at, cause, action="SUSPENDED")
        touch_session(suspension.organization_id, reservation.session_id)
    return len(lost)


def lift_suspension(organization_id: str, suspension_id: str, because: str, by: Asker, at: datetime) -> None:
    """End it now. Raises `Conflict` for one that is over, `Invalid` without a reason, `NotFound`, `Forbidden`."""
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        member_id = ours(SuspensionRow, organization_id, suspension_id, "suspension").member_id
        lock_member(organization_id, member_id)
        row = SuspensionRow.get_by_id(suspension_id)
        if row.lifted_at is not None or row.ends_at <= at:
            raise Conflict("suspension.is_over")
        lift(row, at, by.cause(why))
        touch_member(organization_id, member_id)


def _reserved_between(member_id: str, starts_at: datetime, ends_at: datetime) -> list[ReservationRow]:
    pending = ReservationRow.status == ReservationStatus.PENDING.value
    return list(
        ReservationRow.select()
        .join(SessionRow)
        .where(
            ReservationRow.member == member_id,
            pending,
            SessionRow.starts_at >= starts_at,
            SessionRow.starts_at < ends_at,
        )
        .order_by(ReservationRow.session)
    )
