"""What staff did at kiosks, for programs that read the trail: who, when, where and why."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from core import messages
from core.acts import ActWord
from core.scopes import Subject
from server.api.asking import By, Language, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.api.shapes import Told
from server.services.desk.audit import AuditLine, Wanted, audit
from server.services.door.staff_audit import CameOf
from server.services.programs import paging

router = APIRouter(prefix="/api/staff-acts", tags=["staff"], dependencies=[needs(Subject.STAFF)])
CURSOR = Cursor("staff acts", (int, str))


class StaffActTold(Told):
    id: str = Field(description="The attempt's id.")
    act: ActWord
    said: str = Field(description="The act in words.")
    who: str = Field(description="Empty: it names nobody who ever worked here.")
    staff_id: str | None
    at: datetime
    where: str = Field(description="The kiosk and its venue.")
    venue_id: str
    device_id: str | None
    whom: str = Field(description="The member's name; empty where it is about the kiosk.")
    member_id: str | None
    session_id: str | None
    subject: str = Field(description="What else it is about: a visit, the reason that was lifted, a place.")
    because: str
    proved_by: str
    came_of: CameOf
    outcome: str = Field(description="What came of it, in words.")


class StaffActsTold(Told):
    acts: list[StaffActTold] = Field(description="Newest first.")
    next: str | None = Field(description="The cursor for those before; null: there are none.")


@router.get("", response_model=StaffActsTold, responses=noes("venue.not_found"))
def staff_acts(
    by: By,
    language: Language,
    part: Annotated[paging.Wanted, Depends(CURSOR)],
    day: Annotated[date | None, Query(description="A local day at the venue.")] = None,
    venue_id: Annotated[str | None, Query(alias="venueId", description="Only at this venue.")] = None,
    staff_id: Annotated[str | None, Query(alias="staffId", description="Only by this member of staff.")] = None,
    member_id: Annotated[str | None, Query(alias="memberId", description="Only about this member.")] = None,
) -> StaffActsTold:
    """Everything that staff did at kiosks, with who proved it, when, where and why."""
    wanted = Wanted(day=day, venue_id=venue_id, staff_id=staff_id, member_id=member_id)
    found = audit(by.organization_id, by, wanted, part)
    return StaffActsTold(acts=[_told(line, language) for line in found.found], next=CURSOR.next(found.next))


def _told(line: AuditLine, language: str) -> StaffActTold:
    return StaffActTold(
        id=line.id,
        act=line.act,
        said=messages.say(language, f"staff.act.{line.act.value}"),
        who=line.who,
        staff_id=line.staff_id,
        at=line.happened_at,
        where=line.where,
        venue_id=line.venue_id,
        device_id=line.device_id,
        whom=line.whom,
        member_id=line.member_id,
        session_id=line.session_id,
        subject=line.subject,
        because=line.because,
        proved_by=line.proved_by,
        came_of=line.came_of,
        outcome=messages.say(language, f"staff.came_of.{line.came_of.value}"),
    )
