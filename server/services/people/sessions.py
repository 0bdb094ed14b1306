"""Sessions: one class at a time and place, put on the calendar or called off."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Invalid, NotFound
from core.model import ReservationStatus
from server.services.door import history
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.door.places import lock_session
from server.services.people import words
from server.services.people.ours import all_ours, ours
from server.services.people.rights import Asker, Right, require
from server.services.waiting.offering import offer_in
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import (
    ClassTypeRow,
    CoursePartRow,
    InstructorRow,
    ReservationRow,
    RoomRow,
    SessionInstructorRow,
    SessionRow,
    VenueRow,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSession:
    """`title` empty: the class type's name. `course_id` and `part` together, or neither.

    `is_free`: nobody pays. `drop_in_cents`: what coming without a pass costs at the desk; None: there are no drop-ins.
    """

    venue_id: str
    class_type_id: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    title: str = ""
    room_id: str | None = None
    instructor_ids: tuple[str, ...] = ()
    course_id: str | None = None
    part: int | None = None
    is_makeup: bool = False
    is_open_studio: bool = False
    is_free: bool = False
    drop_in_cents: int | None = None


def plan_session(organization_id: str, new: NewSession, by: Asker, at: datetime) -> str:
    """A new session's id. Raises `Invalid`, `NotFound` for a venue, room, … that is not ours, `Forbidden`."""
    words.span(new.starts_at, new.ends_at)
    words.count("capacity", new.capacity)
    title = words.optional("title", new.title)
    if new.drop_in_cents is not None:
        words.count("drop_in_cents", new.drop_in_cents, least=0, most=100_000_000)
        if new.is_free:
            raise Invalid("session.free_sells_no_drop_ins")
    with writing():
        require(organization_id, by, Right.PLAN)
        _everything_is_ours(organization_id, new)
        id_ = new_id(at)
        SessionRow.create(
            id=id_,
            organization=organization_id,
            venue=new.venue_id,
            room=new.room_id,
            class_type=new.class_type_id,
            course=new.course_id,
            part=new.part,
            title=title,
            is_makeup=new.is_makeup,
            is_open_studio=new.is_open_studio,
            is_free=new.is_free,
            drop_in_cents=new.drop_in_cents,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            capacity=new.capacity,
        )
        for instructor_id in dict.fromkeys(new.instructor_ids):
            SessionInstructorRow.create(
                id=new_id(at), organization=organization_id, session=id_, instructor=instructor_id
            )
        touch_session(organization_id, id_)
        return id_


def call_off_session(organization_id: str, session_id: str, because: str, by: Asker, at: datetime) -> int:
    """Cancel a session, and every place still to come in it with its hold; how many places that were.

    First the session with its waiting list, so that nobody takes a place any more and no offer stands, then place by
    place, each queueing on its member.
    Doing it again finishes what was interrupted. Raises `NotFound`, `Invalid`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(SessionRow, organization_id, session_id, "session")
        session = lock_session(session_id)
        if session.cancelled_at is None:
            session.cancelled_at, session.cancelled_because = at, why
            session.save()
            touch_session(organization_id, session_id)
        offer_in(organization_id, session_id, at)
    return sum(_give_up(organization_id, id_, why, by, at) for id_ in _pending(session_id))


def _pending(session_id: str) -> list[str]:
    with reading():
        is_pending = ReservationRow.status == ReservationStatus.PENDING.value
        return [row.id for row in ReservationRow.select().where(ReservationRow.session == session_id, is_pending)]


def _give_up(organization_id: str, reservation_id: str, why: str, by: Asker, at: datetime) -> bool:
    """False: meanwhile somebody else ended it."""
    with writing():
        lock_member(organization_id, ReservationRow.get_by_id(reservation_id).member_id)
        row = for_update(ReservationRow.select().where(ReservationRow.id == reservation_id)).get()
        if ReservationStatus(row.status) is not ReservationStatus.PENDING:
            return False
        row.has_hold, row.cancelled_at, row.cancelled_because = False, at, why
        history.move(row, ReservationStatus.AUTO_CANCELLED, at, by.cause(why), action="SESSION_CANCELLED")
        touch_member(organization_id, row.member_id)
        touch_session(organization_id, row.session_id)
        return True


def _everything_is_ours(organization_id: str, new: NewSession) -> None:
    ours(VenueRow, organization_id, new.venue_id, "venue")
    ours(ClassTypeRow, organization_id, new.class_type_id, "class_type")
    all_ours(InstructorRow, organization_id, new.instructor_ids, "instructor")
    if new.room_id is not None and ours(RoomRow, organization_id, new.room_id, "room").venue_id != new.venue_id:
        raise Invalid("session.room_in_another_venue", id=new.room_id)
    if (new.course_id is None) != (new.part is None):
        raise Invalid("session.course_without_part")
    if new.course_id is not None and new.part is not None:
        is_part = (CoursePartRow.course == new.course_id) & (CoursePartRow.part == new.part)
        if not CoursePartRow.select().where(is_part, CoursePartRow.organization == organization_id).exists():
            raise NotFound("course_part.not_found", course=new.course_id, part=new.part)
