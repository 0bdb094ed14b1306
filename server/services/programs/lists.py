"""Members, sessions and reservations as programs read them: in parts, each beginning after the one before."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import NotFound
from core.model import ReservationStatus, Session
from server.services.door.day import as_sessions
from server.services.people.members import BY_NAME, Member, as_member, rows_with
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require, require_for_member, require_of_ours
from server.services.programs.paging import Part, Wanted, part_of
from server.services.reserving.finding import places, rows_starting
from server.services.reserving.values import Place
from server.store.database import reading
from server.store.tables import MemberRow, ReservationRow, SessionRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Starting:
    """Sessions that start from `from_`, before `to`, at most 93 days; at one venue or all."""

    from_: datetime
    to: datetime
    venue_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Which:
    """Reservations of a member, in a session, in a state; None: whichever."""

    member_id: str | None = None
    session_id: str | None = None
    status: ReservationStatus | None = None


def members(organization_id: str, query: str, by: Asker, wanted: Wanted) -> Part[Member]:
    """Those whose name, number or e-mail contains every word of the query, by name. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        part = part_of(rows_with(organization_id, query), BY_NAME, wanted)
        return Part(found=tuple(map(as_member, part.found)), next=part.next)


def sessions(organization_id: str, starting: Starting, by: Asker, wanted: Wanted) -> Part[Session]:
    """By their start. A venue that is not here has none. Raises `Invalid`, `Forbidden`."""
    with reading():
        require_of_ours(organization_id, by, Right.WELCOME)
        rows = rows_starting(organization_id, starting.from_, starting.to)
        if starting.venue_id is not None:
            rows = rows.where(SessionRow.venue == starting.venue_id)
        part = part_of(rows, (SessionRow.starts_at, SessionRow.id), wanted)
        return Part(found=as_sessions(organization_id, list(part.found)), next=part.next)


def reservations(organization_id: str, which: Which, by: Asker, wanted: Wanted) -> Part[Place]:
    """Those made last first. A member finds their own. Raises `NotFound`, `Forbidden`."""
    member_id = which.member_id or by.member_id
    with reading():
        rows = ReservationRow.select().where(ReservationRow.organization == organization_id)
        if member_id is None:
            require(organization_id, by, Right.WELCOME)
        else:
            missing = NotFound("member.not_found", id=member_id)
            require_for_member(organization_id, by, Right.WELCOME, member_id, missing)
            ours(MemberRow, organization_id, member_id, "member")
            rows = rows.where(ReservationRow.member == member_id)
        if which.session_id is not None:
            ours(SessionRow, organization_id, which.session_id, "session")
            rows = rows.where(ReservationRow.session == which.session_id)
        if which.status is not None:
            rows = rows.where(ReservationRow.status == which.status.value)
        part = part_of(rows, (ReservationRow.made_at, ReservationRow.id), wanted, newest_first=True)
        found = {place.id: place for place in places(organization_id, part.found)}
        return Part(found=tuple(found[row.id] for row in part.found), next=part.next)
