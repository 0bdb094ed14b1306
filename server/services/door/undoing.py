"""Takes back what the night did to somebody who had come after all: strike, penalty punch, suspension, lost places."""

from datetime import datetime

from core.model import ReservationStatus
from server.services.door import history, ledger
from server.services.door.causes import Cause
from server.services.door.changes import touch_session
from server.services.door.places import has_free_place, lock_session
from server.services.door.policies import policy_in_force
from server.store.tables import NoShowRow, ReservationRow, SessionRow, SuspensionRow


def undo_no_show(reservation: ReservationRow, at: datetime, cause: Cause) -> None:
    """Everything the night made of this absence. The member is locked; the reservation's own status is the caller's."""
    standing = NoShowRow.select().where(NoShowRow.reservation == reservation.id, NoShowRow.reversed_at.is_null())
    for no_show in standing.order_by(NoShowRow.id):
        no_show.reversed_at, no_show.reversed_because = at, cause.because
        no_show.save()
        ledger.give_penalty_back(no_show.id, at, cause)
        for suspension in _suspensions_without_ground(no_show):
            lift(suspension, at, cause)


def lift(suspension: SuspensionRow, at: datetime, cause: Cause) -> None:
    """End a suspension now and give back the places it took away, where they are still free."""
    suspension.lifted_at, suspension.lifted_by, suspension.lifted_because = at, cause.staff_id, cause.because
    suspension.save()
    lost = (
        ReservationRow.select()
        .join(SessionRow)
        .where(
            ReservationRow.cancelled_by_suspension == suspension.id,
            ReservationRow.status == ReservationStatus.AUTO_CANCELLED.value,
            SessionRow.starts_at > at,
            SessionRow.cancelled_at.is_null(),
        )
        .order_by(ReservationRow.session, ReservationRow.id)
    )
    for reservation in lost:
        lock_session(reservation.session_id)
        if (
            has_free_place(reservation.session_id)
            and not _has_another(reservation)
            and _is_payable(reservation.pass_id)
        ):
            _give_back(reservation, at, cause)


def _suspensions_without_ground(no_show: NoShowRow) -> list[SuspensionRow]:
    """Those this absence made, and those that would not have been made without it: too few strikes are left."""
    unlifted = SuspensionRow.select().where(
        SuspensionRow.member == no_show.member_id,
        SuspensionRow.no_show_id.is_null(False),
        SuspensionRow.lifted_at.is_null(),
    )
    policy = policy_in_force(no_show.organization_id)
    groundless = []
    for suspension in unlifted.order_by(SuspensionRow.id):
        strikes = NoShowRow.select().where(
            NoShowRow.member == no_show.member_id,
            NoShowRow.is_counted,
            NoShowRow.reversed_at.is_null(),
            NoShowRow.noted_at > suspension.made_at - policy.strike_span,
            NoShowRow.noted_at <= suspension.made_at,
        )
        if suspension.no_show_id == no_show.id or strikes.count() < policy.strikes:
            groundless.append(suspension)
    return groundless


def _has_another(reservation: ReservationRow) -> bool:
    """The member took a place there again in the meantime."""
    gone = (ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value)
    same = (ReservationRow.member == reservation.member_id) & (ReservationRow.session == reservation.session_id)
    return bool(ReservationRow.select().where(same, ReservationRow.status.not_in(gone)).exists())


def _is_payable(pass_id: str) -> bool:
    return not ledger.is_punched(pass_id) or ledger.can_hold(pass_id)


def _give_back(reservation: ReservationRow, at: datetime, cause: Cause) -> None:
    reservation.has_hold = ledger.can_hold(reservation.pass_id)
    reservation.cancelled_at, reservation.cancelled_because = None, ""
    reservation.cancelled_by_suspension = None
    history.move(reservation, ReservationStatus.PENDING, at, cause, action="GIVEN_BACK")
    touch_session(reservation.organization_id, reservation.session_id)
