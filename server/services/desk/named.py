"""Names for staff who are signed in at a kiosk: of today's people there, or of those whom a few words find.

The screen stands in public, so a name is the first one and an initial; nothing else about anybody is given.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime

from core import clocktime
from core.errors import Forbidden
from core.staff_talk import NamedPeople, NamedPerson, StaffLooks
from server.services.door.gathering import GONE
from server.services.door.kiosks import KnownKiosk
from server.services.door.staff_proof import staff_of_grant
from server.services.door.vault import CodeVault
from server.services.people.members import Member, find_members
from server.services.people.rights import Asker, Right, asker_of_staff, require
from server.store.database import reading
from server.store.tables import MemberRow, ReservationRow, SessionRow, VenueRow, VisitRow

MOST = 20
"""People whom a search finds."""
MOST_TODAY = 500
LONGEST_SEARCH = 80


def people_named(kiosk: KnownKiosk, looks: StaffLooks, at: datetime, vault: CodeVault) -> NamedPeople:
    """By name. Raises `Forbidden` for a grant that is over, or somebody who works here no more."""
    with reading():
        by = _asker(kiosk, looks, at, vault)
        if looks.text.strip():
            found = find_members(kiosk.organization_id, looks.text[:LONGEST_SEARCH], by, limit=MOST)
            return NamedPeople(people=tuple(_named(one) for one in found if one.is_active))
        return NamedPeople(people=tuple(sorted(_of_today(kiosk, at), key=lambda one: (one.name, one.member_id))))


def short_name(first_name: str, last_name: str) -> str:
    """Ana K."""
    return f"{first_name} {last_name[:1]}.".strip() if last_name else first_name


def _asker(kiosk: KnownKiosk, looks: StaffLooks, at: datetime, vault: CodeVault) -> Asker:
    staff_id = staff_of_grant(kiosk, looks.grant, at)
    is_theirs = hmac.compare_digest(vault.grant_secret(looks.grant), looks.secret)
    if staff_id is None or not is_theirs:
        raise Forbidden("staff.grant_is_over")
    by = asker_of_staff(kiosk.organization_id, staff_id)
    require(kiosk.organization_id, by, Right.WELCOME)
    return by


def _of_today(kiosk: KnownKiosk, at: datetime) -> Iterable[NamedPerson]:
    """Everybody with a place or a visit in a session that touches the venue's local day."""
    zone = clocktime.zone_named(VenueRow.get_by_id(kiosk.venue_id).zone)
    begins_at, ends_at = clocktime.day_span(clocktime.local_day(at, zone), zone)
    sessions = SessionRow.select(SessionRow.id).where(
        SessionRow.venue == kiosk.venue_id, SessionRow.starts_at < ends_at, SessionRow.ends_at > begins_at
    )
    reserved = ReservationRow.select(ReservationRow.member).where(
        ReservationRow.session.in_(sessions), ReservationRow.status.not_in(GONE)
    )
    came = VisitRow.select(VisitRow.member).where(VisitRow.session.in_(sessions), VisitRow.is_live)
    rows = (
        MemberRow.select(MemberRow.id, MemberRow.number, MemberRow.first_name, MemberRow.last_name)
        .where(MemberRow.organization == kiosk.organization_id, MemberRow.id.in_(reserved) | MemberRow.id.in_(came))
        .limit(MOST_TODAY)
    )
    return [
        NamedPerson(member_id=id_, number=number, name=short_name(first, last))
        for id_, number, first, last in rows.tuples()
    ]


def _named(member: Member) -> NamedPerson:
    return NamedPerson(member_id=member.id, number=member.number, name=short_name(member.first_name, member.last_name))
