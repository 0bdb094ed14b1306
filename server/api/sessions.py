"""Sessions over HTTP: the timetable, and when check-in is open."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from server.api import shapes, telling
from server.api.asking import By, Language, Now
from server.api.described import noes
from server.services.reserving import arriving, looking

router = APIRouter(prefix="/api/sessions", tags=["sessions"])
A_WEEK = timedelta(days=7)


@router.get("", response_model=shapes.SessionsTold, responses=noes())
def sessions(
    by: By,
    at: Now,
    from_: Annotated[shapes.Instant | None, Query(alias="from", description="Unless given, now.")] = None,
    to: Annotated[shapes.Instant | None, Query(description="Unless given, 7 days later. At most 93.")] = None,
    venue_id: Annotated[str | None, Query(alias="venueId", max_length=80)] = None,
) -> shapes.SessionsTold:
    """Sessions that start in that time, those called off too, with their places taken and free."""
    begins = from_ or at
    found = looking.sessions_between(by.organization_id, begins, to or begins + A_WEEK, by, venue_id=venue_id)
    return shapes.SessionsTold(sessions=[telling.session(session) for session in found])


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
