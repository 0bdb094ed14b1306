"""`settle(visit_key)`: makes punches, reservation and night's work agree with whether the visit is live.

The only code that moves a visit's punches. It asks what is so, never what was meant; settling again changes nothing.
"""

from datetime import datetime
from typing import Any

from core.events import EventKind
from core.model import PassType, ReservationStatus
from server.services.door import history, ledger
from server.services.door.causes import Cause
from server.services.door.changes import touch_member, touch_session
from server.services.door.ledger import Line, PunchKind
from server.services.door.places import lock_session, taken_in
from server.services.door.undoing import undo_no_show
from server.services.door.validity import settle_first_use
from server.services.events.announcing import Event, announce
from server.services.waiting.ending import CHECKED_IN, has_a_place, waits_again
from server.store.database import for_update
from server.store.tables import PassRow, ReservationRow, SessionRow, SupportRow, VisitRow
from server.store.written import given, save, written

S = ReservationStatus


def settle(visit_key: str, at: datetime, cause: Cause) -> VisitRow:
    """The settled visit. The member is locked by the caller. Raises `VisitRow.DoesNotExist`."""
    visit = for_update(VisitRow.select().where(VisitRow.id == visit_key)).get()
    session = lock_session(visit.session_id)
    was_live = visit.is_live
    visit.is_live = SupportRow.select().where(SupportRow.visit_key == visit_key, SupportRow.says_welcome).exists()
    undone = (None, "") if visit.is_live else (visit.undone_at or at, cause.because)
    if (visit.is_live, visit.undone_at, visit.undone_because) != (was_live, *undone):
        visit.undone_at, visit.undone_because = undone
        save(visit)
    return settle_as_it_is(visit, session, at, cause, was_live=was_live)


def settle_as_it_is(visit: VisitRow, session: SessionRow, at: datetime, cause: Cause, *, was_live: bool) -> VisitRow:
    """The same for a row that says already whether it is live. It, its member and its session are locked."""
    _settle_pass(visit, at, cause)
    had_place = _settle_reservation(visit, at, cause)
    if visit.is_live:
        has_a_place(visit.member_id, visit.session_id, at, visit.reservation_id, because=CHECKED_IN)
    elif was_live:
        waits_again(visit.member_id, session, at)
    is_over = visit.is_live and (
        visit.is_over_capacity or (not had_place and taken_in([session.id])[session.id] > session.capacity)
    )
    if is_over != visit.is_over_capacity:
        visit.is_over_capacity = is_over
        save(visit)
    touch_member(visit.organization_id, visit.member_id)
    touch_session(visit.organization_id, visit.session_id)
    if visit.is_live != was_live:
        announce(_news(visit, cause), at)
    return visit


def _news(visit: VisitRow, cause: Cause) -> Event:
    return Event(
        organization_id=visit.organization_id,
        kind=EventKind.CHECKED_IN if visit.is_live else EventKind.CHECK_IN_UNDONE,
        member_id=visit.member_id,
        session_id=visit.session_id,
        reservation_id=visit.reservation_id,
        subject=visit.id,
        data={"method": visit.method, "by": cause.by.value},
        happened_at=visit.first_at if visit.is_live else None,
    )


def _settle_pass(visit: VisitRow, at: datetime, cause: Cause) -> None:
    """What the pass that pays has of it: a punch less, and the day it was first used."""
    if visit.pass_id is None:
        return
    pays: PassRow = _pass.first(id=visit.pass_id)
    if pays.type == PassType.PUNCH_PASS.value:
        _settle_punches(visit, at, cause)
    settle_first_use(pays)


@written
def _pass() -> Any:
    return PassRow.select().where(PassRow.id == given("id"))


def _settle_punches(visit: VisitRow, at: datetime, cause: Cause) -> None:
    """Σ of a visit's lines is −1 exactly when it is live and a punch pass pays for it, else 0."""
    total, lines = ledger.paid_for(visit.id)
    owed = -1 if visit.is_live else 0
    if total == owed:
        return
    line = Line(
        organization_id=visit.organization_id,
        pass_id=visit.pass_id,
        delta=owed - total,
        kind=PunchKind.VISIT if visit.is_live else PunchKind.REFUND,
        key=f"{visit.id}#{lines + 1}",
        visit_key=visit.id,
    )
    ledger.write(line, at, cause)


def _settle_reservation(visit: VisitRow, at: datetime, cause: Cause) -> bool:
    """Bring the reservation to where the visit is. True: its place had been kept, so the visit takes no other."""
    if visit.reservation_id is None:
        return False
    reservation: ReservationRow = _reservation_locked.first(id=visit.reservation_id)
    status = S(reservation.status)
    if visit.is_live:
        return _checked_in(reservation, status, visit, at, cause)
    if status in (S.CHECKED_IN, S.ATTENDED):
        reservation.has_hold = ledger.can_hold_for(reservation)
        reservation.checked_in_at = reservation.method = None
        history.move(reservation, S.PENDING, at, cause, action="CHECK_IN_UNDONE", visit_key=visit.id)
    return True


@written
def _reservation_locked() -> Any:
    return for_update(ReservationRow.select().where(ReservationRow.id == given("id")))


def _checked_in(reservation: ReservationRow, status: S, visit: VisitRow, at: datetime, cause: Cause) -> bool:
    if status in (S.CHECKED_IN, S.ATTENDED):
        return True
    if status in (S.CANCELLED, S.AUTO_CANCELLED) and not _make_way(reservation, at, cause):
        return False
    if status is S.NO_SHOW:
        undo_no_show(reservation, at, cause)
    had_place = status is S.PENDING and reservation.released_at is None
    reservation.has_hold, reservation.released_at = False, None
    reservation.checked_in_at, reservation.method = visit.first_at, visit.method
    reservation.cancelled_at, reservation.cancelled_because = None, ""
    reservation.is_late_cancel = reservation.is_unconfirmed = False
    history.move(reservation, S.CHECKED_IN, at, cause, visit_key=visit.id)
    return had_place


def _make_way(cancelled: ReservationRow, at: datetime, cause: Cause) -> bool:
    """The member came on a place they had given up. A place they took there since is given up for it.

    False: they are checked in on that other place already, so this one stays cancelled.
    """
    others = ReservationRow.select().where(
        ReservationRow.member == cancelled.member_id,
        ReservationRow.session == cancelled.session_id,
        ReservationRow.id != cancelled.id,
        ReservationRow.status.not_in([S.CANCELLED.value, S.AUTO_CANCELLED.value]),
    )
    other = for_update(others).first()
    if other is None:
        return True
    if S(other.status) is not S.PENDING:
        return False
    other.has_hold, other.cancelled_at = False, at
    other.cancelled_because = "checked in on an earlier reservation"
    history.move(other, S.AUTO_CANCELLED, at, cause, action="REPLACED")
    return True
