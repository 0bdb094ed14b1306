"""Passes, sessions and reservations of one organization, and rows as the values that leave this room."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from core.errors import Invalid, NotFound
from core.facts import Facts
from core.model import Method, ReservationStatus, Session
from server.services.door.day import sessions_with_ids
from server.services.door.facts import Asking, facts_of_members
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require_for_member
from server.services.reserving.values import Place
from server.store.tables import PassRow, ReservationRow, SessionRow

LONGEST_SPAN = timedelta(days=93)


def pass_of(organization_id: str, pass_id: str) -> PassRow:
    """Raises `NotFound`."""
    return ours(PassRow, organization_id, pass_id, "pass")


def pass_asked(organization_id: str, pass_id: str, by: Asker, right: Right) -> PassRow:
    """The pass, for whoever has that right or holds it themselves. Raises `NotFound`, `Forbidden`."""
    row = pass_of(organization_id, pass_id)
    require_for_member(organization_id, by, right, row.member_id, NotFound("pass.not_found", id=pass_id))
    return row


def reservation_of(organization_id: str, reservation_id: str, by: Asker, right: Right) -> ReservationRow:
    """The reservation, for whoever has that right or made it for themselves. Raises `NotFound`, `Forbidden`."""
    row = ours(ReservationRow, organization_id, reservation_id, "reservation")
    missing = NotFound("reservation.not_found", id=reservation_id)
    require_for_member(organization_id, by, right, row.member_id, missing)
    return row


def session_of(organization_id: str, session_id: str) -> Session:
    """With the places taken, counted now. Raises `NotFound`."""
    found = sessions_with_ids(organization_id, [session_id])
    if session_id not in found:
        raise NotFound("session.not_found", id=session_id)
    return found[session_id]


def facts_about(organization_id: str, member_id: str, at: datetime) -> Facts:
    """What a reservation is decided on: wherever the member goes, not at one door. Raises `NotFound`."""
    found = facts_about_many(organization_id, [member_id], at)
    if member_id not in found:
        raise NotFound("member.not_found", id=member_id)
    return found[member_id]


def facts_about_many(organization_id: str, member_ids: Collection[str], at: datetime) -> dict[str, Facts]:
    """The same for many, in as many queries as for one; whoever is not ours is left out."""
    return facts_of_members(organization_id, member_ids, Asking(venue_id=None, at=at))


def places(organization_id: str, rows: Iterable[ReservationRow]) -> tuple[Place, ...]:
    """In the order of their sessions' starts; two in one session in the order they were made."""
    rows = list(rows)
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows})
    found = [as_place(row, sessions[row.session_id]) for row in rows]
    return tuple(sorted(found, key=lambda place: (place.session.starts_at, place.made_at, place.id)))


def as_place(row: ReservationRow, session: Session) -> Place:
    return Place(
        id=row.id,
        member_id=row.member_id,
        pass_id=row.pass_id,
        session=session,
        status=ReservationStatus(row.status),
        has_hold=row.has_hold,
        made_at=row.made_at,
        made_by=Method(row.made_by),
        checked_in_at=row.checked_in_at,
        method=Method(row.method) if row.method else None,
        cancelled_at=row.cancelled_at,
        cancelled_because=row.cancelled_because,
        is_late_cancel=row.is_late_cancel,
    )


def sessions_starting(organization_id: str, from_: datetime, to: datetime) -> list[SessionRow]:
    """Those that start from `from_`, before `to`. Raises `Invalid` for more than 93 days at once."""
    return list(rows_starting(organization_id, from_, to).order_by(SessionRow.starts_at, SessionRow.id))


def rows_starting(organization_id: str, from_: datetime, to: datetime) -> Any:
    """As `sessions_starting`, still to be put in order."""
    words.span(from_, to)
    if to - from_ > LONGEST_SPAN:
        raise Invalid("time.span_too_long", days=LONGEST_SPAN.days)
    return SessionRow.select().where(
        SessionRow.organization == organization_id,
        SessionRow.starts_at >= from_,
        SessionRow.starts_at < to,
    )
