"""How somebody stops waiting: with a place, by leaving, or since there is nothing more to wait for."""

from collections.abc import Mapping
from datetime import datetime

from core import clocktime
from core.events import EventKind
from core.waiting import WaitingStatus
from server.services.events.announcing import Event, announce
from server.services.waiting.finding import open_row_of
from server.store.tables import WaitingRow

SESSION_STARTED = "SESSION_STARTED"
SESSION_CANCELLED = "SESSION_CANCELLED"
OFFERS_MISSED = "OFFERS_MISSED"
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
    row.status, row.ended_at, row.ended_because = status.value, at, because
    row.offer_ends_at = None
    row.save()


def end_for_good(row: WaitingRow, because: str, at: datetime) -> None:
    """There is nothing more to wait for: news for programs. A letter of it is not written."""
    end(row, WaitingStatus.ENDED, because, at)
    announce(news(row, EventKind.WAITING_LEFT, because=because), at)


def has_a_place(member_id: str, session_id: str, at: datetime, reservation_id: str | None = None) -> None:
    """The member got a place there, by an offer, by themselves or at the door: whatever was held for them is theirs.

    Told as news only where the house reserved it, as they had asked. The session is locked.
    """
    row = open_row_of(member_id, session_id)
    if row is None:
        return
    was_booking = row.status == WaitingStatus.BOOKING.value
    row.reservation = reservation_id
    end(row, WaitingStatus.BOOKED, "", at)
    if was_booking and reservation_id is not None:
        announce(news(row, EventKind.PLACE_BOOKED, **_joined(row)), at)


def _joined(row: WaitingRow) -> Mapping[str, object]:
    return {"joined_at": clocktime.to_ms(row.joined_at)}
