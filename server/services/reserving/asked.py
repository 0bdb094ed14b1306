"""What a wish for a place is decided on: the member's facts, as they count for one session and on one pass."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from core.errors import NotFound
from core.facts import Facts
from core.model import ReservationStatus
from server.services.reserving.finding import facts_about_many
from server.store.tables import ReservationRow


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
    for row in ReservationRow.select().where(
        ReservationRow.member.in_(list(member_ids)),
        ReservationRow.session == session_id,
        ReservationRow.status == ReservationStatus.CANCELLED.value,
        ReservationRow.has_hold,
    ):
        found[row.member_id].append(row)
    return found


def _without(given_up: list[ReservationRow], facts: Facts) -> Facts:
    """Whoever changes their mind back needs no second punch: the one set aside will be this place's."""
    held = [row.pass_id for row in given_up]
    passes = tuple(replace(p, punches_held=p.punches_held - held.count(p.id)) for p in facts.passes)
    return replace(facts, passes=passes)
