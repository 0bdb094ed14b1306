"""What a member came to, and every penalty that stood or stands against them, explained; the newest first."""

from dataclasses import dataclass
from datetime import datetime

from core.model import Session
from core.penalties import Explanation
from server.services.door.day import sessions_with_ids
from server.services.penalties.explaining import penalties_of
from server.services.portal.signing_in import MemberVisit
from server.store.database import reading
from server.store.tables import VisitRow

MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Came:
    session: Session
    came_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """`came`: the latest hundred."""

    came: tuple[Came, ...]
    absences: tuple[Explanation, ...]


def past(visit: MemberVisit, at: datetime) -> Past:
    """Of the member who looks."""
    me, member_id = visit.asker.organization_id, visit.member_id
    with reading():
        visits = list(
            VisitRow.select()
            .where(VisitRow.organization == me, VisitRow.member == member_id, VisitRow.is_live)
            .order_by(VisitRow.first_at.desc())
            .limit(MOST)
        )
        sessions = sessions_with_ids(me, {row.session_id for row in visits})
        absences = penalties_of(me, member_id, visit.asker, at).absences
    return Past(
        came=tuple(Came(session=sessions[row.session_id], came_at=row.first_at) for row in visits), absences=absences
    )
