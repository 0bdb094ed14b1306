"""What a member sees first: their next session, what their passes are worth, and whether they are suspended."""

from dataclasses import dataclass
from datetime import datetime

from core.cards import CardKind
from core.model import PassType, ReservationStatus, Session
from core.paying import first_part_missing
from core.policy import Window
from core.waiting import HOLDS_A_PLACE, OPEN
from server.services.penalties.explaining import penalties_of
from server.services.penalties.values import Standing, SuspensionSeen
from server.services.portal.signing_in import MemberVisit
from server.services.reserving import looking
from server.services.reserving.arriving import check_in_status
from server.services.reserving.finding import facts_about, places
from server.services.reserving.values import PassStatus, Place
from server.services.waiting.looking import waiting_of_member
from server.services.waiting.values import InLine
from server.store.database import reading
from server.store.tables import (
    CardRow,
    CoursePartRow,
    PassRow,
    ReservationRow,
    SessionRow,
)

STANDS = (ReservationStatus.PENDING.value, ReservationStatus.CHECKED_IN.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of a course, as it stands for this member. `opens_after`: the earlier part that must come first."""

    number: int
    title: str
    is_attended: bool
    is_reserved: bool
    opens_after: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PassShown:
    """A pass that can still be used, or lately could. `parts` are those of its course, in order."""

    status: PassStatus
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NextSession:
    """The next place. `window`: when the member may check in by themselves; `is_in`: they have."""

    place: Place
    window: Window
    may_check_in: bool
    is_in: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionShown:
    """Why nothing can be reserved just now. `missed`: the sessions nobody came to that led to it."""

    seen: SuspensionSeen
    missed: tuple[Session, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """`waits`: what they stand in line for, places that are held for them first."""

    next: NextSession | None
    passes: tuple[PassShown, ...]
    suspension: SuspensionShown | None
    has_phone_code: bool
    waits: tuple[InLine, ...] = ()


def overview(visit: MemberVisit, at: datetime) -> Overview:
    """For the member who looks. Passes that are over are left out."""
    me, member_id = visit.asker.organization_id, visit.member_id
    with reading():
        return Overview(
            next=_next(visit, at),
            passes=tuple(_shown(visit, row, at) for row in _passes(me, member_id, at)),
            suspension=_suspension(visit, at),
            has_phone_code=_has_phone_code(member_id, at),
            waits=_waits(visit, at),
        )


def _next(visit: MemberVisit, at: datetime) -> NextSession | None:
    me = visit.asker.organization_id
    rows = (
        ReservationRow.select()
        .join(SessionRow)
        .where(
            ReservationRow.organization == me,
            ReservationRow.member == visit.member_id,
            ReservationRow.status.in_(STANDS),
            SessionRow.ends_at > at,
            SessionRow.cancelled_at.is_null(),
        )
        .order_by(SessionRow.starts_at, ReservationRow.id)
        .limit(1)
    )
    for place in places(me, rows):
        status = check_in_status(me, place.session.id, visit.asker, at)
        is_in = place.status is ReservationStatus.CHECKED_IN
        return NextSession(
            place=place, window=status.for_members, may_check_in=bool(status.may_check_in) and not is_in, is_in=is_in
        )
    return None


def _passes(organization_id: str, member_id: str, at: datetime) -> list[PassRow]:
    return list(
        PassRow.select()
        .where(
            PassRow.organization == organization_id,
            PassRow.member == member_id,
            PassRow.cancelled_at.is_null(),
            PassRow.valid_until.is_null() | (PassRow.valid_until > at),
        )
        .order_by(PassRow.valid_until.is_null(), PassRow.valid_until, PassRow.id)
    )


def _shown(visit: MemberVisit, row: PassRow, at: datetime) -> PassShown:
    status = looking.status(visit.asker.organization_id, row.id, visit.asker, at)
    if row.type != PassType.FULL_COURSE.value or row.course_id is None:
        return PassShown(status=status)
    progress = facts_about(visit.asker.organization_id, visit.member_id, at).progress(row.course_id)
    done_or_ahead = progress.parts_attended | progress.parts_reserved
    parts: list[Part] = []
    for part in CoursePartRow.select().where(CoursePartRow.course == row.course_id).order_by(CoursePartRow.part):
        parts.append(
            Part(
                number=part.part,
                title=part.title,
                is_attended=part.part in progress.parts_attended,
                is_reserved=part.part in progress.parts_reserved,
                opens_after=first_part_missing(done_or_ahead, part.part) if row.is_in_order else None,
            )
        )
    return PassShown(status=status, parts=tuple(parts))


def _suspension(visit: MemberVisit, at: datetime) -> SuspensionShown | None:
    """The one in force that ends last."""
    told = penalties_of(visit.asker.organization_id, visit.member_id, visit.asker, at)
    in_force = [one for one in told.suspensions if one.standing is Standing.ACTIVE]
    if not in_force:
        return None
    seen = max(in_force, key=lambda one: one.suspended.ends_at)
    led_to_it = [one for one in told.absences if one.suspension and one.suspension.id == seen.suspended.id]
    return SuspensionShown(seen=seen, missed=tuple(one.noted.session for one in led_to_it))


def _waits(visit: MemberVisit, at: datetime) -> tuple[InLine, ...]:
    waits = waiting_of_member(visit.asker.organization_id, visit.member_id, visit.asker, at)
    still = (one for one in waits if one.status in OPEN)
    return tuple(sorted(still, key=lambda one: one.status not in HOLDS_A_PLACE))


def _has_phone_code(member_id: str, at: datetime) -> bool:
    return bool(
        CardRow.select()
        .where(
            CardRow.member == member_id,
            CardRow.kind == CardKind.PHONE.value,
            CardRow.replaced_at.is_null(),
            CardRow.revoked_at.is_null(),
            CardRow.expires_at > at,
        )
        .exists()
    )
