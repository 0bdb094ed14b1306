"""Entries of waiting lists as the rules know them, and as the values that leave this room."""

from collections.abc import Collection, Sequence
from typing import Any

from core.errors import NotFound
from core.model import Method
from core.refusals import RefusalReason
from core.waiting import OPEN, Priority, Waiting, WaitingStatus, positions
from server.services.door.day import sessions_with_ids
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require_for_member
from server.services.waiting.values import InLine
from server.store.tables import WaitingRow
from server.store.written import given, written

_OPEN = [status.value for status in OPEN]


def waiting_of(organization_id: str, waiting_id: str, by: Asker, right: Right) -> WaitingRow:
    """The entry, for whoever has that right or waits themselves. Raises `NotFound`, `Forbidden`."""
    row = ours(WaitingRow, organization_id, waiting_id, "waiting")
    require_for_member(organization_id, by, right, row.member_id, NotFound("waiting.not_found", id=waiting_id))
    return row


def open_rows(session_ids: Collection[str]) -> list[WaitingRow]:
    """Everybody still on the lists of these sessions, whichever way."""
    is_open = WaitingRow.session.in_(list(session_ids)) & WaitingRow.status.in_(_OPEN)
    return list(WaitingRow.select().where(is_open).order_by(WaitingRow.joined_at, WaitingRow.id))


def open_row_of(member_id: str, session_id: str) -> WaitingRow | None:
    """The one entry that this member may have there."""
    row: WaitingRow | None = _open_row.first(member=member_id, session=session_id)
    return row


@written
def _open_row() -> Any:
    same = (WaitingRow.member == given("member")) & (WaitingRow.session == given("session"))
    return WaitingRow.select().where(same, WaitingRow.status.in_(_OPEN)).limit(1)


def as_waiting(row: WaitingRow, refused: RefusalReason | None = None) -> Waiting:
    """As the rules know it."""
    return Waiting(
        id=row.id,
        member_id=row.member_id,
        joined_at=row.joined_at,
        status=WaitingStatus(row.status),
        priority=Priority(row.priority),
        is_auto_book=row.is_auto_book,
        offers_missed=row.offers_missed,
        offer_ends_at=row.offer_ends_at,
        refused=refused,
    )


def in_line(organization_id: str, rows: Sequence[WaitingRow]) -> tuple[InLine, ...]:
    """In the order given, each with its position among all who wait for the same session, in a few queries."""
    session_ids = {row.session_id for row in rows}
    sessions = sessions_with_ids(organization_id, session_ids)
    place: dict[str, int] = {}
    everybody = open_rows(session_ids)
    for session_id in session_ids:
        place |= positions(as_waiting(row) for row in everybody if row.session_id == session_id)
    return tuple(
        InLine(
            id=row.id,
            member_id=row.member_id,
            session=sessions[row.session_id],
            pass_id=row.pass_id,
            status=WaitingStatus(row.status),
            position=place.get(row.id),
            priority=Priority(row.priority),
            is_auto_book=row.is_auto_book,
            joined_at=row.joined_at,
            joined_by=Method(row.joined_by),
            offers_missed=row.offers_missed,
            offered_at=row.offered_at,
            offer_ends_at=row.offer_ends_at,
            passed_over=RefusalReason(row.passed_over) if row.passed_over else None,
            reservation_id=row.reservation_id,
            ended_at=row.ended_at,
            ended_because=row.ended_because,
            notes=row.notes,
            priority_because=row.priority_because,
        )
        for row in rows
    )
