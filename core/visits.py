"""Visit keys: what a punch pays for. Made from ids alone, so that two kiosks apart make the same key."""

from datetime import datetime

from core import clocktime
from core.model import Session


def visit_key(*, member_id: str, session: Session, reservation_id: str | None, at: datetime) -> str:
    """`R:<reservation>`, else `O:<member>:<venue>:<local date>` in open studio, else `W:<member>:<session>`."""
    if reservation_id is not None:
        return f"R:{reservation_id}"
    if session.is_open_studio:
        day = clocktime.local_day(at, clocktime.zone_named(session.zone))
        return f"O:{member_id}:{session.venue_id}:{day.isoformat()}"
    return f"W:{member_id}:{session.id}"
