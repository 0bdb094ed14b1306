"""The sessions around an instant, as core's values: for the door, the replica and today's list alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from core.facts import AROUND
from core.model import Session
from server.services.door.as_core import Names, as_session
from server.services.door.places import taken_in
from server.store.tables import (
    ClassTypeRow,
    InstructorRow,
    RoomRow,
    SessionInstructorRow,
    SessionRow,
    VenueRow,
)


def sessions_around(
    organization_id: str, venue_id: str, at: datetime, *, also: Collection[str] = (), ahead: timedelta = AROUND
) -> tuple[Session, ...]:
    """The venue's sessions from 36 hours before until `ahead`, and those with the ids in `also`, by start."""
    near = (SessionRow.venue == venue_id) & (SessionRow.ends_at > at - AROUND) & (SessionRow.starts_at < at + ahead)
    if also:
        near |= SessionRow.id.in_(list(also))
    rows = SessionRow.select().where((SessionRow.organization == organization_id) & near)
    return as_sessions(organization_id, rows.order_by(SessionRow.starts_at, SessionRow.id))


def sessions_with_ids(organization_id: str, session_ids: Collection[str]) -> dict[str, Session]:
    """Those of the organization; ids of others are left out."""
    if not session_ids:
        return {}
    query = SessionRow.select().where(SessionRow.organization == organization_id, SessionRow.id.in_(list(session_ids)))
    return {session.id: session for session in as_sessions(organization_id, query)}


def as_sessions(organization_id: str, rows: Iterable[SessionRow]) -> tuple[Session, ...]:
    """With their names and the places taken, in the order given, in five queries however many they are."""
    rows = list(rows)
    if not rows:
        return ()
    names = _names_in(organization_id, [row.id for row in rows])
    taken = taken_in([row.id for row in rows])
    return tuple(as_session(row, names, taken[row.id]) for row in rows)


def _names_in(organization_id: str, session_ids: list[str]) -> Names:
    instructors: dict[str, list[str]] = defaultdict(list)
    taught = (
        SessionInstructorRow.select(SessionInstructorRow.session, InstructorRow.name)
        .join(InstructorRow)
        .where(SessionInstructorRow.session.in_(session_ids))
        .order_by(InstructorRow.name)
        .tuples()
    )
    for session_id, name in taught:
        instructors[session_id].append(name)
    return Names(
        zones=_called(VenueRow, VenueRow.zone, organization_id),
        rooms=_called(RoomRow, RoomRow.name, organization_id),
        class_types=_called(ClassTypeRow, ClassTypeRow.name, organization_id),
        instructors={session_id: tuple(names) for session_id, names in instructors.items()},
    )


def _called(table: type, name: object, organization_id: str) -> dict[str, str]:
    """A studio has a handful of each."""
    rows = table.select(table.id, name).where(table.organization == organization_id)  # type: ignore[attr-defined]
    return dict(rows.tuples())
