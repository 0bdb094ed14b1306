"""What staff did at kiosks, newest first: who, when, where and why, for those who look after members."""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import JOIN

from core import clocktime
from core.acts import ActWord
from server.services.door.staff_audit import CameOf
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.programs import paging
from server.store.database import reading
from server.store.tables import DeviceRow, MemberRow, StaffActRow, StaffRow, VenueRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which acts: all that is None is not asked about. `day` is the venue's own, or the first venue's."""

    day: date | None = None
    venue_id: str | None = None
    staff_id: str | None = None
    member_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditLine:
    """One act. `who` is empty where it names nobody here; `where` is the kiosk and its venue; `whom` a member's name.

    `subject` is what else it is about: a visit key, the reason that was lifted, a reservation's or suspension's id.
    `why_held_back`: the code of what kept it from being carried out.
    """

    id: str
    act: ActWord
    who: str
    staff_id: str | None
    happened_at: datetime
    noted_at: datetime
    where: str
    venue_id: str
    device_id: str | None
    zone: str
    whom: str
    member_id: str | None
    session_id: str | None
    subject: str
    because: str
    proved_by: str
    came_of: CameOf
    why_held_back: str


def audit(organization_id: str, by: Asker, wanted: Wanted, part: paging.Wanted) -> paging.Part[AuditLine]:
    """A part of them. Raises `NotFound` for another's venue, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        rows = (
            StaffActRow.select(
                StaffActRow, VenueRow.id, VenueRow.name, VenueRow.zone, DeviceRow.id, DeviceRow.name, StaffRow.id,
                StaffRow.name, MemberRow.id, MemberRow.first_name, MemberRow.last_name,
            )
            .join(VenueRow)
            .switch(StaffActRow)
            .join(DeviceRow, JOIN.LEFT_OUTER)
            .switch(StaffActRow)
            .join(StaffRow, JOIN.LEFT_OUTER)
            .switch(StaffActRow)
            .join(MemberRow, JOIN.LEFT_OUTER)
            .where(StaffActRow.organization == organization_id)
        )  # fmt: skip
        if wanted.venue_id is not None:
            ours(VenueRow, organization_id, wanted.venue_id, "venue")
            rows = rows.where(StaffActRow.venue == wanted.venue_id)
        if wanted.staff_id is not None:
            rows = rows.where(StaffActRow.staff == wanted.staff_id)
        if wanted.member_id is not None:
            rows = rows.where(StaffActRow.member == wanted.member_id)
        if wanted.day is not None:
            begins_at, ends_at = clocktime.day_span(wanted.day, clocktime.zone_named(_zone(organization_id, wanted)))
            rows = rows.where(StaffActRow.happened_at >= begins_at, StaffActRow.happened_at < ends_at)
        found = paging.part_of(rows, (StaffActRow.happened_at, StaffActRow.id), part, newest_first=True)
        return paging.Part(found=tuple(map(_line, found.found)), next=found.next)


def _zone(organization_id: str, wanted: Wanted) -> str:
    venues = VenueRow.select(VenueRow.zone).where(VenueRow.organization == organization_id).order_by(VenueRow.id)
    if wanted.venue_id is not None:
        venues = venues.where(VenueRow.id == wanted.venue_id)
    first = venues.first()
    return str(first.zone) if first else "UTC"


def _line(row: StaffActRow) -> AuditLine:
    device, member = (row.device if row.device_id else None), (row.member if row.member_id else None)
    return AuditLine(
        id=row.id,
        act=ActWord(row.act),
        who=row.staff.name if row.staff_id else "",
        staff_id=row.staff_id,
        happened_at=row.happened_at,
        noted_at=row.noted_at,
        where=" · ".join(name for name in (device.name if device else "", row.venue.name) if name),
        venue_id=row.venue_id,
        device_id=row.device_id,
        zone=row.venue.zone,
        whom=f"{member.first_name} {member.last_name}".strip() if member else "",
        member_id=row.member_id,
        session_id=row.session_id,
        subject=row.subject,
        because=row.because,
        proved_by=row.proved_by,
        came_of=CameOf(row.came_of),
        why_held_back=row.why,
    )
