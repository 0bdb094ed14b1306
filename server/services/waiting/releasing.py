"""Places nobody came for in time are let go of, so that somebody else can have them. Off unless a studio wants it.

The reservation stays PENDING: whoever comes late is let in if there is room, and the night judges it as any other.
"""

from datetime import datetime, timedelta

from peewee import fn

from core.model import Method, ReservationStatus
from core.waiting import may_be_released
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.changes import touch_members, touch_session
from server.services.door.places import lock_session
from server.services.door.policies import policy_in_force
from server.services.night.barrier import told_until
from server.services.one_by_one import one_by_one
from server.store.database import reading, writing
from server.store.tables import ReservationRow, SessionRow, VenueRow

BECAUSE = "nobody came in time, so the place is anybody's"
LOOKED_BACK = timedelta(days=7)
"""For a session that began longer ago nobody is merely late."""
_NOBODY_CAME = (ReservationRow.status == ReservationStatus.PENDING.value, ReservationRow.released_at.is_null())


def release_places(at: datetime) -> int:
    """Of every organization, one session a transaction; how many places. Twice or late does no harm.

    Only once every kiosk of the venue has told what happened until then: one that is alone may have let them in.
    Trouble with one venue or session is that one's alone.
    """
    due = {session.id: session.organization_id for session in _with_places_to_release(at)}
    return sum(one_by_one("places nobody came for in session", due, lambda id_: _release(due[id_], id_, at)))


def _with_places_to_release(at: datetime) -> list[SessionRow]:
    """Only where the studio lets go of places, and among sessions that go on: all that ever was is not looked at."""
    with reading():
        venues = {row.id: row for row in VenueRow.select().order_by(VenueRow.organization, VenueRow.id)}
    found = one_by_one("places nobody came for at venue", venues, lambda id_: _due_at(venues[id_], at))
    return [session for of_one in found for session in of_one]


def _due_at(venue: VenueRow, at: datetime) -> list[SessionRow]:
    with reading():
        limits = policy_in_force(venue.organization_id, venue.id, at).waiting
        if limits.released_after_start is None:
            return []
        going_on = SessionRow.select().where(
            SessionRow.venue == venue.id,
            SessionRow.starts_at > at - LOOKED_BACK,
            SessionRow.starts_at <= at,
            SessionRow.ends_at > at,
            SessionRow.cancelled_at.is_null(),
            fn.EXISTS(ReservationRow.select().where(ReservationRow.session == SessionRow.id, *_NOBODY_CAME)),
        )
        until = told_until(venue.id)
        rows = going_on.order_by(SessionRow.id)
        return [session for session in rows if may_be_released(session.starts_at, limits, until, at)]


def _release(organization_id: str, session_id: str, at: datetime) -> int:
    with writing():
        lock_session(session_id)
        there = ReservationRow.select().where(ReservationRow.session == session_id, *_NOBODY_CAME)
        waiting = [row.id for row in there.order_by(ReservationRow.id)]
        # Whoever checks in at this moment has locked their reservation and not the session: so each is looked at again.
        released = [
            id_
            for id_ in waiting
            if ReservationRow.update(released_at=at).where(ReservationRow.id == id_, *_NOBODY_CAME).execute()
        ]
        rows = list(ReservationRow.select().where(ReservationRow.id.in_(released)).order_by(ReservationRow.id))
        for row in rows:
            history.note(row, "RELEASED", at, Cause(by=Method.AUTO, because=BECAUSE))
        if rows:
            touch_members(organization_id, [row.member_id for row in rows])
            touch_session(organization_id, session_id)
        return len(rows)
