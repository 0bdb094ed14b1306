"""The sessions around an instant, as core's values: for the door, the replica and today's list alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from peewee import SQL

from core.facts import AROUND
from core.model import Session
from server.services.door.as_core import Names, as_session
from server.services.door.places import taken_in
from server.store.tables import (
    ClassTypeRow,
    InstructorRow,
    RoomRow,
    Row,
    SessionInstructorRow,
    SessionRow,
    VenueRow,
)
from server.store.written import among_given, given, written

ZONE, ROOM, CLASS_TYPE, INSTRUCTOR = range(4)
"""What a line of the query for names is about."""


def rows_around(
    organization_id: str, venue_id: str, at: datetime, *, also: Collection[str] = (), ahead: timedelta = AROUND
) -> list[SessionRow]:
    """The venue's sessions from 36 hours before until `ahead`, and those with the ids in `also`, by start."""
    rows = _around.all(organization=organization_id, venue=venue_id, since=at - AROUND, until=at + ahead, also=also)
    return sorted((row for row in rows if row.organization_id == organization_id), key=_start)


def _start(row: SessionRow) -> tuple[datetime, str]:
    return row.starts_at, row.id


@written
def _around() -> Any:
    """In two halves, so that each is found by its own index, and a long past is not walked through."""
    near = SessionRow.select().where(
        SessionRow.organization == given("organization"),
        SessionRow.venue == given("venue"),
        SessionRow.ends_at > given("since"),
        SessionRow.starts_at < given("until"),
    )
    return near.union(SessionRow.select().where(among_given(SessionRow.id, "also")))


def rows_with_ids(organization_id: str, session_ids: Collection[str]) -> list[SessionRow]:
    """Those of the organization; ids of others are left out."""
    if not session_ids:
        return []
    is_it = SessionRow.id.in_(list(session_ids))
    return list(SessionRow.select().where(SessionRow.organization == organization_id, is_it))


def sessions_with_ids(organization_id: str, session_ids: Collection[str]) -> dict[str, Session]:
    """As `rows_with_ids`, by id."""
    found = as_sessions(organization_id, rows_with_ids(organization_id, session_ids))
    return {session.id: session for session in found}


def as_sessions(organization_id: str, rows: Iterable[SessionRow]) -> tuple[Session, ...]:
    """With their names and the places taken, in the order given, in three queries however many they are."""
    rows = list(rows)
    return with_names(rows, names_in(organization_id, [row.id for row in rows])) if rows else ()


def with_names(rows: Iterable[SessionRow], names: Names, *, free_for: str | None = None) -> tuple[Session, ...]:
    """The same, where their names are known; the places as they are for that member: `taken_in`."""
    rows = list(rows)
    taken = taken_in([row.id for row in rows], free_for=free_for)
    return tuple(as_session(row, names, taken[row.id]) for row in rows)


def names_in(organization_id: str, session_ids: Collection[str]) -> Names:
    """What the organization's venues, rooms and class types are called, a handful of each, and who teaches these
    sessions, by name: in one query."""
    called: tuple[dict[str, str], ...] = ({}, {}, {})
    instructors: dict[str, list[str]] = defaultdict(list)
    for about, id_, name in _names.all(organization=organization_id, sessions=session_ids):
        if about == INSTRUCTOR:
            instructors[id_].append(name)
        else:
            called[about][id_] = name
    return Names(
        zones=called[ZONE],
        rooms=called[ROOM],
        class_types=called[CLASS_TYPE],
        instructors={session_id: tuple(sorted(names)) for session_id, names in instructors.items()},
    )


@written
def _names() -> Any:
    lines = _lines(ZONE, VenueRow, VenueRow.zone)
    lines = lines.union_all(_lines(ROOM, RoomRow, RoomRow.name))
    lines = lines.union_all(_lines(CLASS_TYPE, ClassTypeRow, ClassTypeRow.name))
    taught = SessionInstructorRow.select(SQL(str(INSTRUCTOR)), SessionInstructorRow.session, InstructorRow.name)
    taught = taught.join(InstructorRow).where(among_given(SessionInstructorRow.session, "sessions"))
    return lines.union_all(taught).tuples()


def _lines(about: int, table: type[Row], name: object) -> Any:
    return table.select(SQL(str(about)), table.id, name).where(table.organization == given("organization"))
