"""Facts: all that may be known about one person at a decision, and how far what is known can be relied on."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.model import (
    CardState,
    CheckIn,
    CourseProgress,
    Method,
    Override,
    Pass,
    Reservation,
    Session,
    Suspension,
)

AROUND = timedelta(hours=36)
"""Sessions further away than this from an instant have no window open then, in any zone and under any policy."""


class Source(StrEnum):
    """Whose facts these are: the server's own, or a kiosk's copy of them."""

    SERVER = "SERVER"
    REPLICA = "REPLICA"


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowledge:
    """How far the facts can be relied on. The server's are live; a kiosk's are as old as `synced_at`."""

    source: Source = Source.SERVER
    has_member_list: bool = True
    synced_at: datetime | None = None
    is_clock_sure: bool = True
    kiosks_at_venue: int = 1
    passes_walked_in_on_today: tuple[str, ...] = ()
    """Ids of passes this kiosk let walk in offline today, once for each time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known about the person in front of the door, and what they asked for.

    `sessions` are those of the venue whose windows may matter today, and every one that a reservation or a check-in
    names. `check_ins` are live visits only. `chosen_session_id` is what the person tapped, if they were asked.
    `is_paid_at_desk`: staff took the price of a drop-in from them just now.
    """

    venue_id: str
    zone: str
    card: CardState
    by: Method = Method.SELF
    chosen_session_id: str | None = None
    member_id: str | None = None
    is_member_active: bool = True
    passes: tuple[Pass, ...] = ()
    sessions: tuple[Session, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    overrides: tuple[Override, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    courses: tuple[CourseProgress, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    is_paid_at_desk: bool = False

    def session(self, session_id: str) -> Session | None:
        return next((session for session in self.sessions if session.id == session_id), None)

    def progress(self, course_id: str) -> CourseProgress:
        known = (course for course in self.courses if course.course_id == course_id)
        return next(known, CourseProgress(course_id=course_id))

    def override_of(self, reason: object, session_id: str | None, at: datetime) -> Override | None:
        """The override under which this reason does not count just now, if staff made one."""
        return next((o for o in self.overrides if o.reason == reason and o.lifts(o.reason, session_id, at)), None)


def is_near(session: Session, at: datetime) -> bool:
    """Whether a venue's session belongs to the facts of that moment. Server and kiosk look at the same ones."""
    return session.ends_at > at - AROUND and session.starts_at < at + AROUND
