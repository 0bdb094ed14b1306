"""How somebody stops waiting: with a place, by leaving, or since there is nothing more to wait for. And how they wait
again, where the place was a check-in by mistake."""

from collections.abc import Mapping
from datetime import datetime

from core import clocktime
from core.events import EventKind
from core.model import ReservationStatus
from core.waiting import WaitingStatus
from server.services.events.announcing import Event, announce
from server.services.letters.overtaken import offer_is_over
from server.services.waiting.finding import open_row_of
from server.store.tables import ReservationRow, SessionRow, VisitRow, WaitingRow

SESSION_STARTED = "SESSION_STARTED"
SESSION_CANCELLED = "SESSION_CANCELLED"
OFFERS_MISSED = "OFFERS_MISSED"
CHECKED_IN = "CHECKED_IN"
"""What stands in `ended_because` where nobody gave words of their own."""


def news(row: WaitingRow, kind: EventKind, **data: object) -> Event:
    """About one entry; its id is the event's subject."""
    return Event(
        organization_id=row.organization_id,
        kind=kind,
        member_id=row.member_id,
        session_id=row.session_id,
        reservation_id=row.reservation_id,
        subject=row.id,
        data=data,
    )


def end(row: WaitingRow, status: WaitingStatus, because: str, at: datetime) -> None:
    """They wait no more; a place held for them is free. The session is locked, and touched by the caller."""
    if row.status == WaitingStatus.OFFERED.value:
        offer_is_over(row.member_id, row.id, at)
    row.status, row.ended_at, row.ended_because = status.value, at, because
    row.offer_ends_at = None
    row.save()


def end_for_good(row: WaitingRow, because: str, at: datetime) -> None:
    """There is nothing more to wait for: news for programs. Members are written of a session that is called off."""
    end(row, WaitingStatus.ENDED, because, at)
    announce(news(row, EventKind.WAITING_LEFT, because=because), at)


def has_a_place(
    member_id: str, session_id: str, at: datetime, reservation_id: str | None = None, *, because: str = ""
) -> None:
    """The member got a place there, by an offer, by themselves or at the door: whatever was held for them is theirs.

    `because` CHECKED_IN: at the door. Told as news only where the house reserved it, as they had asked. The session is
    locked.
    """
    row = open_row_of(member_id, session_id)
    if row is None:
        return
    was_booking = row.status == WaitingStatus.BOOKING.value
    row.reservation = reservation_id
    end(row, WaitingStatus.BOOKED, because, at)
    if was_booking and reservation_id is not None:
        announce(news(row, EventKind.PLACE_BOOKED, **_joined(row)), at)


def waits_again(member_id: str, session: SessionRow, at: datetime) -> None:
    """The check-in by which they stopped waiting is taken back: they stand where they stood, by when they had joined.

    An offer they held is not renewed here: if it is their turn, the place they leave is offered to them anew. Not once
    the session has begun, nor where they have another place there. Member and session are locked.
    """
    if at >= session.starts_at or session.cancelled_at is not None:
        return
    same = (WaitingRow.member == member_id) & (WaitingRow.session == session.id)
    by_it = (WaitingRow.status == WaitingStatus.BOOKED.value) & (WaitingRow.ended_because == CHECKED_IN)
    row = WaitingRow.select().where(same, by_it).order_by(WaitingRow.ended_at.desc(), WaitingRow.id.desc()).first()
    if row is None or open_row_of(member_id, session.id) is not None or _comes_anyway(member_id, session.id):
        return
    row.status, row.ended_at, row.ended_because, row.reservation = WaitingStatus.WAITING.value, None, "", None
    row.save()


def _comes_anyway(member_id: str, session_id: str) -> bool:
    is_reserved = (ReservationRow.member == member_id) & (ReservationRow.session == session_id)
    is_there = (VisitRow.member == member_id) & (VisitRow.session == session_id) & VisitRow.is_live
    stands = ReservationRow.status == ReservationStatus.PENDING.value
    return ReservationRow.select().where(is_reserved, stands).exists() or VisitRow.select().where(is_there).exists()


def _joined(row: WaitingRow) -> Mapping[str, object]:
    return {"joined_at": clocktime.to_ms(row.joined_at)}
