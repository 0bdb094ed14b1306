"""Suspensions for staff: which stand, which are to come, and the history of all, with who made and lifted them."""

from dataclasses import dataclass
from datetime import datetime

from peewee import Expression

from server.services.penalties.gathering import suspensions_seen
from server.services.penalties.values import Standing, SuspensionSeen
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.programs.paging import Part, Wanted, part_of
from server.store.database import reading
from server.store.tables import MemberRow, SuspensionRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Which:
    """Suspensions that stand so, of one member; None: whichever."""

    standing: Standing | None = None
    member_id: str | None = None


def suspensions(organization_id: str, which: Which, by: Asker, at: datetime, wanted: Wanted) -> Part[SuspensionSeen]:
    """Those made last first. Raises `NotFound` for a member who is not ours, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        rows = SuspensionRow.select().where(SuspensionRow.organization == organization_id)
        if which.member_id is not None:
            ours(MemberRow, organization_id, which.member_id, "member")
            rows = rows.where(SuspensionRow.member == which.member_id)
        if which.standing is not None:
            rows = rows.where(_that_stand(which.standing, at))
        part = part_of(rows, (SuspensionRow.made_at, SuspensionRow.id), wanted, newest_first=True)
        return Part(found=tuple(suspensions_seen(organization_id, part.found, at)), next=part.next)


def suspension(organization_id: str, suspension_id: str, by: Asker, at: datetime) -> SuspensionSeen:
    """One, for staff who serve. Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        row = ours(SuspensionRow, organization_id, suspension_id, "suspension")
        return suspensions_seen(organization_id, [row], at)[0]


def _that_stand(standing: Standing, at: datetime) -> Expression:
    """As `gathering.standing_of` says of one, for the database; a test holds the two together."""
    is_over = (SuspensionRow.ends_at <= at) | (SuspensionRow.lifted_at.is_null(False) & (SuspensionRow.lifted_at <= at))
    match standing:
        case Standing.OVER:
            return is_over
        case Standing.ACTIVE:
            return ~is_over & (SuspensionRow.starts_at <= at)
        case Standing.TO_COME:
            return ~is_over & (SuspensionRow.starts_at > at)
