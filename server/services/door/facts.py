"""Facts, from rows: all that may be known about a person at a decision, with as few queries for many as for one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.errors import NotFound
from core.facts import Facts
from core.model import CardState, CheckIn, Method, Session
from server.services.door import as_core
from server.services.door.as_core import Names
from server.services.door.day import names_in, rows_around, rows_with_ids, with_names
from server.services.door.gathering import Gathered, gather
from server.store.database import for_update
from server.store.tables import CardRow, MemberRow, ReservationRow, SessionRow, VisitRow
from server.store.written import given, written


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Where, when and how somebody stands at the door; `chosen` is the session they tapped, if they were asked.

    `venue_id` None: at no door, wherever the member goes; then the organization's first venue says what a day is.
    """

    venue_id: str | None
    at: datetime
    by: Method = Method.SELF
    chosen: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FactsOfMany:
    """The facts by member; and by id, every session that was looked at for them."""

    facts: Mapping[str, Facts]
    sessions: Mapping[str, Session]


def facts_of_card(organization_id: str, fingerprint: str, asking: Asking, *, locked: bool = True) -> Facts:
    """For whoever shows this card. `locked`: other decisions about the same member wait until ours is written."""
    card = CardRow.get_or_none(CardRow.fingerprint == fingerprint, CardRow.organization == organization_id)
    if card is None:
        return facts_of_nobody(organization_id, asking)
    state = as_core.card_state_at(card, asking.at)
    return facts_of_member(organization_id, card.member_id, asking, card=state, locked=locked)


def facts_of_nobody(organization_id: str, asking: Asking) -> Facts:
    """For whoever shows a card that is nobody's here."""
    rows = rows_around(organization_id, asking.venue_id or "", asking.at)
    names = names_in(organization_id, [row.id for row in rows])
    return Facts(
        venue_id=asking.venue_id or "",
        zone=_zone(names, asking)[1],
        card=CardState.UNKNOWN,
        by=asking.by,
        chosen_session_id=asking.chosen,
        sessions=with_names(rows, names),
    )


def facts_of_member(
    organization_id: str,
    member_id: str,
    asking: Asking,
    *,
    card: CardState = CardState.ACTIVE,
    locked: bool = True,
) -> Facts:
    """For a member picked by staff, or by an app that knows who is asking. Raises `NotFound`."""
    find = lock_member if locked else member_of
    return facts_of_locked(find(organization_id, member_id), asking, card=card)


def facts_of_locked(member: MemberRow, asking: Asking, *, card: CardState = CardState.ACTIVE) -> Facts:
    """The same, for a row that the caller has locked. A place that is offered to them is free to them."""
    organization_id = str(member.organization_id)
    gathered = gather([member], asking.at)
    also = gathered.named() | ({asking.chosen} if asking.chosen else set())
    rows = rows_around(organization_id, asking.venue_id or "", asking.at, also=also)
    names = names_in(organization_id, [row.id for row in rows])
    sessions = {one.id: one for one in with_names(rows, names, free_for=member.id)}
    facts = _facts_of(member, gathered, sessions, names, asking)
    return replace(
        facts, card=card, by=asking.by, chosen_session_id=asking.chosen, sessions=tuple(sessions.values())
    )  # fmt: skip


def lock_member(organization_id: str, member_id: str) -> MemberRow:
    """Everything about a member queues here, before any other lock. Raises `NotFound`."""
    row: MemberRow | None = _member_locked.first(member=member_id, organization=organization_id)
    if row is None:
        raise NotFound("member.not_found", id=member_id)
    return row


@written
def _member_locked() -> Any:
    is_ours = MemberRow.organization == given("organization")
    return for_update(MemberRow.select().where(MemberRow.id == given("member"), is_ours))


def member_of(organization_id: str, member_id: str) -> MemberRow:
    """As `lock_member`, for whoever only looks. Raises `NotFound`."""
    row = MemberRow.get_or_none(MemberRow.id == member_id, MemberRow.organization == organization_id)
    if row is None:
        raise NotFound("member.not_found", id=member_id)
    return row


def facts_of_members(organization_id: str, member_ids: Collection[str], asking: Asking) -> dict[str, Facts]:
    """The same facts without the venue's sessions, for many members in one set of queries: what a replica holds.

    Members of other organizations are left out. The sessions reserved or visited are there, since a rule needs them.
    """
    is_ours = MemberRow.organization == organization_id
    members = list(MemberRow.select().where(is_ours, MemberRow.id.in_(list(member_ids)))) if member_ids else []
    return dict(facts_of_many(organization_id, members, asking).facts)


def facts_of_many(
    organization_id: str, members: Sequence[MemberRow], asking: Asking, known: Iterable[SessionRow] = ()
) -> FactsOfMany:
    """The same for rows that the caller has, beside sessions that the caller has. Facts hold what theirs are only."""
    rows = {row.id: row for row in known}
    if not members and not rows:
        return FactsOfMany(facts={}, sessions={})
    gathered = gather(members, asking.at)
    rows |= {row.id: row for row in rows_with_ids(organization_id, gathered.named() - set(rows))}
    names = names_in(organization_id, list(rows))
    sessions = {one.id: one for one in with_names(rows.values(), names)}
    facts = {member.id: _facts_of(member, gathered, sessions, names, asking) for member in members}
    return FactsOfMany(facts=facts, sessions=sessions)


def _facts_of(
    member: MemberRow, gathered: Gathered, sessions: Mapping[str, Session], names: Names, asking: Asking
) -> Facts:
    venue_id, zone = _zone(names, asking)
    reservations, visits = gathered.reservations[member.id], gathered.visits[member.id]
    return Facts(
        venue_id=venue_id,
        zone=zone,
        card=CardState.ACTIVE,
        member_id=member.id,
        is_member_active=member.is_active,
        passes=tuple(gathered.passes[member.id]),
        sessions=_named(sessions, (*reservations, *visits)),
        reservations=tuple(as_core.as_reservation(row) for row in reservations),
        suspensions=tuple(gathered.suspensions[member.id]),
        overrides=tuple(gathered.overrides[member.id]),
        check_ins=_check_ins(visits, sessions),
        courses=tuple(gathered.courses[member.id]),
    )


def _zone(names: Names, asking: Asking) -> tuple[str, str]:
    """(the venue, by whose wall clock its days are). Raises `NotFound`."""
    venue_id = asking.venue_id if asking.venue_id is not None else min(names.zones, default="")
    if venue_id not in names.zones:
        raise NotFound("venue.not_found", id=venue_id)
    return venue_id, names.zones[venue_id]


def _named(sessions: Mapping[str, Session], rows: Iterable[ReservationRow | VisitRow]) -> tuple[Session, ...]:
    return tuple(sessions[id_] for id_ in sorted({row.session_id for row in rows}))


def _check_ins(visits: list[VisitRow], sessions: Mapping[str, Session]) -> tuple[CheckIn, ...]:
    return tuple(as_core.as_check_in(row, sessions[row.session_id]) for row in visits)
