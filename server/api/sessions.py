"""Sessions over HTTP: the timetable, and when check-in is open."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from core.scopes import Subject
from server.api import shapes, telling
from server.api.asking import By, Language, Now, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.services.programs import lists
from server.services.programs.paging import Wanted
from server.services.reserving import arriving

router = APIRouter(prefix="/api/sessions", tags=["sessions"], dependencies=[needs(Subject.SESSIONS)])
CURSOR = Cursor("sessions", (int, str))
A_WEEK = timedelta(days=7)


@router.get("", response_model=shapes.SessionsTold, responses=noes())
def sessions(
    by: By,
    at: Now,
    wanted: Annotated[Wanted, Depends(CURSOR)],
    from_: Annotated[shapes.Instant | None, Query(alias="from", description="Unless given, now.")] = None,
    to: Annotated[shapes.Instant | None, Query(description="Unless given, 7 days later. At most 93.")] = None,
    venue_id: Annotated[str | None, Query(alias="venueId", max_length=80)] = None,
) -> shapes.SessionsTold:
    """Sessions that start in that time, those called off too, with their places taken and free."""
    begins = from_ or at
    starting = lists.Starting(from_=begins, to=to or begins + A_WEEK, venue_id=venue_id)
    part = lists.sessions(by.organization_id, starting, by, wanted)
    found = [telling.session(session) for session in part.found]
    return shapes.SessionsTold(sessions=found, next=CURSOR.next(part.next))


@router.get(
    "/{session_id}/check-in-status",
    response_model=shapes.CheckInStatusTold,
    responses=noes("session.not_found", "member.not_found"),
)
def check_in_status(
    session_id: Annotated[str, Path(max_length=80)],
    by: By,
    at: Now,
    language: Language,
    member_id: Annotated[str | None, Query(alias="memberId", max_length=80)] = None,
) -> shapes.CheckInStatusTold:
    """When check-in is open to members and to staff; and whether one member could check in now, or why not."""
    found = arriving.check_in_status(by.organization_id, session_id, by, at, member_id=member_id)
    return telling.check_in_status(found, language)
