"""Places nobody came for in time are let go of, so that somebody else can have them. Off unless a studio wants it.

The reservation stays PENDING: whoever comes late is let in if there is room, and the night judges it as any other.
"""

from datetime import datetime

from core.model import Method, ReservationStatus
from core.waiting import may_be_released
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.changes import touch_members, touch_session
from server.services.door.places import lock_session
from server.services.door.policies import policy_in_force
from server.services.night.barrier import told_until
from server.store.database import reading, writing
from server.store.tables import ReservationRow, SessionRow

BECAUSE = "nobody came in time, so the place is anybody's"


def release_places(at: datetime) -> int:
    """Of every organization, one session a transaction; how many places. Twice or late does no harm.

    Only once every kiosk of the venue has told what happened until then: one that is alone may have let them in.
    """
    return sum(_release(session.organization_id, session.id, at) for session in _with_places_to_release(at))


def _with_places_to_release(at: datetime) -> list[SessionRow]:
    with reading():
        going_on = (
            SessionRow.select()
            .join(ReservationRow, on=ReservationRow.session == SessionRow.id)
            .where(
                SessionRow.starts_at <= at,
                SessionRow.ends_at > at,
                SessionRow.cancelled_at.is_null(),
                ReservationRow.status == ReservationStatus.PENDING.value,
                ReservationRow.released_at.is_null(),
            )
            .distinct()
            .order_by(SessionRow.id)
        )
        return [session for session in going_on if _is_due(session, at)]


def _is_due(session: SessionRow, at: datetime) -> bool:
    limits = policy_in_force(session.organization_id, session.venue_id, at).waiting
    return may_be_released(session.starts_at, limits, told_until(session.venue_id), at)


def _release(organization_id: str, session_id: str, at: datetime) -> int:
    with writing():
        lock_session(session_id)
        nobody_came = (
            (ReservationRow.session == session_id)
            & (ReservationRow.status == ReservationStatus.PENDING.value)
            & ReservationRow.released_at.is_null()
        )
        waiting = [row.id for row in ReservationRow.select().where(nobody_came).order_by(ReservationRow.id)]
        # Whoever checks in at this moment has locked their reservation and not the session: so each is looked at again.
        released = [
            id_
            for id_ in waiting
            if ReservationRow.update(released_at=at).where(nobody_came, ReservationRow.id == id_).execute()
        ]
        rows = list(ReservationRow.select().where(ReservationRow.id.in_(released)).order_by(ReservationRow.id))
        for row in rows:
            history.note(row, "RELEASED", at, Cause(by=Method.AUTO, because=BECAUSE))
        if rows:
            touch_members(organization_id, [row.member_id for row in rows])
            touch_session(organization_id, session_id)
        return len(rows)
