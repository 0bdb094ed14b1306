"""What a wish for a place is decided on: the member's facts, as they count for one session and on one pass."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.errors import NotFound
from core.facts import Facts
from core.model import ReservationStatus, Session
from server.services.door.facts import Asking, facts_of_many
from server.services.reserving.finding import facts_about_many
from server.store.tables import MemberRow, ReservationRow, SessionRow
from server.store.written import among_given, written


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A member's wish for one session: both as they are now, and the punches set aside there for places given up."""

    facts: Facts
    session: Session
    given_up: list[ReservationRow]


def asked_by(member: MemberRow, session: SessionRow, pass_id: str | None, at: datetime) -> Asked:
    """For rows that are locked. The session's places count as taken for whomever they are held."""
    found = facts_of_many(str(member.organization_id), [member], Asking(venue_id=None, at=at), known=[session])
    given_up = _holds_of_late_cancels([member.id], session.id)[member.id]
    facts = _without(given_up, _on_wished_pass(found.facts[member.id], pass_id))
    return Asked(facts=facts, session=found.sessions[session.id], given_up=given_up)


def facts_for_place(
    organization_id: str, member_id: str, session_id: str, pass_id: str | None, at: datetime
) -> tuple[Facts, list[ReservationRow]]:
    """(the facts, places in this session that were given up too late and still hold a punch).

    `pass_id` None: on whichever pass pays. Raises `NotFound`.
    """
    found = facts_for_places(organization_id, session_id, {member_id: pass_id}, at)
    if member_id not in found:
        raise NotFound("member.not_found", id=member_id)
    return found[member_id]


def facts_for_places(
    organization_id: str, session_id: str, wished: Mapping[str, str | None], at: datetime
) -> dict[str, tuple[Facts, list[ReservationRow]]]:
    """The same for many members, each with the pass they wish for, in as many queries as for one."""
    facts = facts_about_many(organization_id, list(wished), at)
    given_up = _holds_of_late_cancels(wished, session_id)
    return {
        member_id: (_without(given_up[member_id], _on_wished_pass(one, wished[member_id])), given_up[member_id])
        for member_id, one in facts.items()
    }


def _on_wished_pass(facts: Facts, pass_id: str | None) -> Facts:
    if pass_id is None:
        return facts
    return replace(facts, passes=tuple(pass_ for pass_ in facts.passes if pass_.id == pass_id))


def _holds_of_late_cancels(member_ids: Collection[str], session_id: str) -> dict[str, list[ReservationRow]]:
    """By member, punches still set aside for places in this session that they gave up too late."""
    found: dict[str, list[ReservationRow]] = defaultdict(list)
    for row in _late_cancels.all(members=member_ids):
        if row.session_id == session_id:
            found[row.member_id].append(row)
    return found


@written
def _late_cancels() -> Any:
    is_held = (ReservationRow.status == ReservationStatus.CANCELLED.value) & ReservationRow.has_hold
    return ReservationRow.select().where(among_given(ReservationRow.member, "members"), is_held)


def _without(given_up: list[ReservationRow], facts: Facts) -> Facts:
    """Whoever changes their mind back needs no second punch: the one set aside will be this place's."""
    held = [row.pass_id for row in given_up]
    passes = tuple(replace(p, punches_held=p.punches_held - held.count(p.id)) for p in facts.passes)
    return replace(facts, passes=passes)
