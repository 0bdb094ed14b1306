"""Facts, from rows: all that may be known about a person at a decision, with as few queries for many as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core.errors import NotFound
from core.facts import AROUND, Facts
from core.model import CardState, CheckIn, CourseProgress, Method, Pass, ReservationStatus, Session
from server.services.door import as_core
from server.services.door.day import sessions_around, sessions_with_ids
from server.services.door.ledger import balances
from server.services.door.places import as_free_for
from server.store.database import for_update
from server.store.tables import (
    CardRow,
    MemberRow,
    OverrideRow,
    PassPauseRow,
    PassRow,
    ReservationRow,
    Row,
    SessionRow,
    SuspensionRow,
    VenueRow,
    VisitRow,
)

GONE = (ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value)
T = TypeVar("T", bound=Row)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Where, when and how somebody stands at the door; `chosen` is the session they tapped, if they were asked."""

    venue_id: str
    at: datetime
    by: Method = Method.SELF
    chosen: str | None = None


def facts_of_card(organization_id: str, fingerprint: str, asking: Asking, *, locked: bool = True) -> Facts:
    """For whoever shows this card. `locked`: other decisions about the same member wait until ours is written."""
    card = CardRow.get_or_none(CardRow.fingerprint == fingerprint, CardRow.organization == organization_id)
    state = as_core.card_state_at(card, asking.at)
    if card is None:
        zone = _venue(organization_id, asking.venue_id).zone
        sessions = sessions_around(organization_id, asking.venue_id, asking.at)
        return Facts(
            venue_id=asking.venue_id,
            zone=zone,
            card=state,
            by=asking.by,
            chosen_session_id=asking.chosen,
            sessions=sessions,
        )
    return facts_of_member(organization_id, card.member_id, asking, card=state, locked=locked)


def facts_of_member(
    organization_id: str,
    member_id: str,
    asking: Asking,
    *,
    card: CardState = CardState.ACTIVE,
    locked: bool = True,
) -> Facts:
    """For a member picked by staff, or by an app that knows who is asking. Raises `NotFound`.

    A place that is offered to them is free to them.
    """
    if locked:
        lock_member(organization_id, member_id)
    found = facts_of_members(organization_id, [member_id], asking)
    if member_id not in found:
        raise NotFound("member.not_found", id=member_id)
    facts = found[member_id]
    named = {reservation.session_id for reservation in facts.reservations}
    named |= {check_in.session_id for check_in in facts.check_ins} | ({asking.chosen} if asking.chosen else set())
    sessions = sessions_around(organization_id, asking.venue_id, asking.at, also=named)
    own = as_free_for(member_id, sessions)
    return replace(facts, card=card, by=asking.by, chosen_session_id=asking.chosen, sessions=own)


def lock_member(organization_id: str, member_id: str) -> MemberRow:
    """Everything about a member queues here, before any other lock. Raises `NotFound`."""
    query = MemberRow.select().where(MemberRow.id == member_id, MemberRow.organization == organization_id)
    row = for_update(query).first()
    if row is None:
        raise NotFound("member.not_found", id=member_id)
    return row


def facts_of_members(organization_id: str, member_ids: Collection[str], asking: Asking) -> dict[str, Facts]:
    """The same facts without the venue's sessions, for many members in one set of queries: what a replica holds.

    Members of other organizations are left out. The sessions reserved or visited are there, since a rule needs them.
    """
    members = list(
        MemberRow.select().where(MemberRow.organization == organization_id, MemberRow.id.in_(list(member_ids)))
    )
    ids = [member.id for member in members]
    if not ids:
        return {}
    zone = _venue(organization_id, asking.venue_id).zone
    passes = _passes(ids)
    reservations = _by_member(
        ReservationRow.select()
        .join(SessionRow)
        .where(
            ReservationRow.member.in_(ids),
            ReservationRow.status.not_in(GONE),
            SessionRow.ends_at > asking.at - AROUND,
        )
    )
    visits = _by_member(
        VisitRow.select()
        .join(SessionRow)
        .where(VisitRow.member.in_(ids), VisitRow.is_live, SessionRow.ends_at > asking.at - AROUND)
    )
    suspensions = _by_member(
        SuspensionRow.select().where(SuspensionRow.member.in_(ids), SuspensionRow.ends_at > asking.at)
    )
    overrides = _by_member(OverrideRow.select().where(OverrideRow.member.in_(ids), OverrideRow.ends_at > asking.at))
    courses = _courses(ids)
    rows_with_sessions = [row for rows in (*reservations.values(), *visits.values()) for row in rows]
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows_with_sessions})
    return {
        member.id: Facts(
            venue_id=asking.venue_id,
            zone=zone,
            card=CardState.ACTIVE,
            member_id=member.id,
            is_member_active=member.is_active,
            passes=tuple(passes[member.id]),
            sessions=_named(sessions, (*reservations[member.id], *visits[member.id])),
            reservations=tuple(as_core.as_reservation(row) for row in reservations[member.id]),
            suspensions=tuple(as_core.as_suspension(row) for row in suspensions[member.id]),
            overrides=tuple(as_core.as_override(row) for row in overrides[member.id]),
            check_ins=_check_ins(visits[member.id], sessions),
            courses=tuple(courses[member.id]),
        )
        for member in members
    }


def _venue(organization_id: str, venue_id: str) -> VenueRow:
    row = VenueRow.get_or_none(VenueRow.id == venue_id, VenueRow.organization == organization_id)
    if row is None:
        raise NotFound("venue.not_found", id=venue_id)
    return row


def _by_member(rows: Iterable[T]) -> dict[str, list[T]]:
    """By member, each member's in the order they were made: ids are UUIDv7."""
    grouped: dict[str, list[T]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row.id)):
        grouped[row.member_id].append(row)
    return grouped


def _passes(member_ids: list[str]) -> dict[str, list[Pass]]:
    """Expired ones too: a refusal should be able to say that it expired."""
    rows = _by_member(PassRow.select().where(PassRow.member.in_(member_ids), PassRow.cancelled_at.is_null()))
    counted = balances([row.id for own in rows.values() for row in own])
    paused = _pauses(list(counted))
    passes: dict[str, list[Pass]] = defaultdict(list)
    for member_id, own in rows.items():
        passes[member_id] = [as_core.as_pass(row, counted[row.id], paused[row.id]) for row in own]
    return passes


def _pauses(pass_ids: list[str]) -> dict[str, list[PassPauseRow]]:
    grouped: dict[str, list[PassPauseRow]] = defaultdict(list)
    if pass_ids:
        for row in PassPauseRow.select().where(PassPauseRow.pass_.in_(pass_ids)).order_by(PassPauseRow.starts_at):
            grouped[row.pass_id].append(row)
    return grouped


def _named(sessions: dict[str, Session], rows: Iterable[ReservationRow | VisitRow]) -> tuple[Session, ...]:
    return tuple(sessions[id_] for id_ in sorted({row.session_id for row in rows}))


def _check_ins(visits: list[VisitRow], sessions: dict[str, Session]) -> tuple[CheckIn, ...]:
    return tuple(as_core.as_check_in(row, sessions[row.session_id]) for row in visits)


def _courses(member_ids: list[str]) -> dict[str, list[CourseProgress]]:
    """Which parts each member came to, and which are reserved ahead."""
    attended: dict[tuple[str, str], set[int]] = defaultdict(set)
    reserved: dict[tuple[str, str], set[int]] = defaultdict(set)
    came = VisitRow.select(VisitRow.member, SessionRow.course, SessionRow.part).join(SessionRow)
    for member_id, course_id, part in came.where(VisitRow.member.in_(member_ids), VisitRow.is_live, *_IS_PART).tuples():
        attended[member_id, course_id].add(part)
    ahead = ReservationRow.select(ReservationRow.member, SessionRow.course, SessionRow.part).join(SessionRow)
    is_pending = ReservationRow.status == ReservationStatus.PENDING.value
    for member_id, course_id, part in ahead.where(
        ReservationRow.member.in_(member_ids), is_pending, *_IS_PART
    ).tuples():
        reserved[member_id, course_id].add(part)
    progress: dict[str, list[CourseProgress]] = defaultdict(list)
    for member_id, course_id in sorted({*attended, *reserved}):
        progress[member_id].append(
            CourseProgress(
                course_id=course_id,
                parts_attended=frozenset(attended[member_id, course_id]),
                parts_reserved=frozenset(reserved[member_id, course_id]),
            )
        )
    return progress


_IS_PART = (SessionRow.course.is_null(False), SessionRow.part.is_null(False))
