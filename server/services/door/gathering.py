"""What the rows say of some members, in as many queries for many as for one. It decides nothing and locks nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from peewee import SQL

from core.facts import AROUND
from core.model import CourseProgress, Override, Pass, PassType, ReservationStatus, Suspension
from server.services.door import as_core
from server.services.door.ledger import Balance, balances
from server.store.tables import (
    MemberRow,
    OverrideRow,
    PassPauseRow,
    PassRow,
    ReservationRow,
    Row,
    SessionRow,
    SuspensionRow,
    VisitRow,
)
from server.store.written import among_given, given, written

GONE = (ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value)
CAME, COMES = range(2)
"""What a line of the query for courses is about."""
T = TypeVar("T", bound=Row)
Noun = TypeVar("Noun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """By member, each in the order they were made: as far as it may still matter. Of visits only the live ones."""

    passes: Mapping[str, list[Pass]]
    reservations: Mapping[str, list[ReservationRow]]
    visits: Mapping[str, list[VisitRow]]
    suspensions: Mapping[str, list[Suspension]]
    overrides: Mapping[str, list[Override]]
    courses: Mapping[str, list[CourseProgress]]

    def named(self) -> set[str]:
        """Ids of the sessions that are reserved or visited, since a rule needs them."""
        rows = (*self.reservations.values(), *self.visits.values())
        return {row.session_id for own in rows for row in own}


def gather(members: Iterable[MemberRow], at: datetime) -> Gathered:
    """Where something is decided on it, of members who are locked."""
    ids = [member.id for member in members]
    if not ids:
        return Gathered(passes={}, reservations={}, visits={}, suspensions={}, overrides={}, courses={})
    return Gathered(
        passes=_passes(ids),
        reservations=_by_member(_reservations.all(members=ids, since=at - AROUND)),
        visits=_by_member(_visits.all(members=ids, since=at - AROUND)),
        suspensions=_as(as_core.as_suspension, _by_member(_suspensions.all(members=ids, at=at))),
        overrides=_as(as_core.as_override, _by_member(_overrides.all(members=ids, at=at))),
        courses=_courses(ids),
    )


@written
def _reservations() -> Any:
    rows = ReservationRow.select().join(SessionRow).where(among_given(ReservationRow.member, "members"))
    return rows.where(ReservationRow.status.not_in(GONE), SessionRow.ends_at > given("since")).objects()


@written
def _visits() -> Any:
    rows = VisitRow.select().join(SessionRow).where(among_given(VisitRow.member, "members"))
    return rows.where(VisitRow.is_live, SessionRow.ends_at > given("since")).objects()


@written
def _suspensions() -> Any:
    rows = SuspensionRow.select().where(among_given(SuspensionRow.member, "members"))
    return rows.where(SuspensionRow.ends_at > given("at"))


@written
def _overrides() -> Any:
    rows = OverrideRow.select().where(among_given(OverrideRow.member, "members"))
    return rows.where(OverrideRow.ends_at > given("at"))


def _by_member(rows: Iterable[T]) -> dict[str, list[T]]:
    """By member, each member's in the order they were made: ids are UUIDv7."""
    grouped: dict[str, list[T]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row.id)):
        grouped[row.member_id].append(row)
    return grouped


def _as(noun: Callable[[T], Noun], rows: Mapping[str, list[T]]) -> dict[str, list[Noun]]:
    return defaultdict(list, {member_id: [noun(row) for row in own] for member_id, own in rows.items()})


def _passes(member_ids: list[str]) -> dict[str, list[Pass]]:
    """Expired ones too: a refusal should be able to say that it expired."""
    found: list[PassRow] = sorted(_own_passes.all(members=member_ids), key=lambda row: str(row.id))
    counted = balances([row.id for row in found if row.type == PassType.PUNCH_PASS.value])
    paused = _pauses([row.id for row in found])
    passes: dict[str, list[Pass]] = defaultdict(list)
    for row in found:
        passes[row.member_id].append(as_core.as_pass(row, counted.get(row.id, Balance()), paused[row.id]))
    return passes


@written
def _own_passes() -> Any:
    return PassRow.select().where(among_given(PassRow.member, "members"), PassRow.cancelled_at.is_null())


def _pauses(pass_ids: list[str]) -> dict[str, list[PassPauseRow]]:
    grouped: dict[str, list[PassPauseRow]] = defaultdict(list)
    for row in _pauses_of.all(passes=pass_ids) if pass_ids else ():
        grouped[row.pass_id].append(row)
    return grouped


@written
def _pauses_of() -> Any:
    rows = PassPauseRow.select().where(among_given(PassPauseRow.pass_, "passes"))
    return rows.order_by(PassPauseRow.starts_at)


def _courses(member_ids: list[str]) -> dict[str, list[CourseProgress]]:
    """Which parts each member came to, and which are reserved ahead."""
    parts: tuple[dict[tuple[str, str], set[int]], ...] = (defaultdict(set), defaultdict(set))
    for about, member_id, course_id, part in _course_parts.all(members=member_ids):
        parts[about][member_id, course_id].add(part)
    progress: dict[str, list[CourseProgress]] = defaultdict(list)
    for member_id, course_id in sorted({*parts[CAME], *parts[COMES]}):
        progress[member_id].append(
            CourseProgress(
                course_id=course_id,
                parts_attended=frozenset(parts[CAME][member_id, course_id]),
                parts_reserved=frozenset(parts[COMES][member_id, course_id]),
            )
        )
    return progress


@written
def _course_parts() -> Any:
    came = _parts(CAME, VisitRow).where(VisitRow.is_live)
    comes = _parts(COMES, ReservationRow).where(ReservationRow.status == ReservationStatus.PENDING.value)
    return came.union_all(comes).tuples()


def _parts(about: int, table: type[Row]) -> Any:
    """(what it is about, member, course, part) of whatever names a session that is a part of a course."""
    member = table.member
    lines = table.select(SQL(str(about)), member, SessionRow.course, SessionRow.part).join(SessionRow)
    return lines.where(among_given(member, "members"), SessionRow.course.is_null(False), SessionRow.part.is_null(False))
