"""`decide()` on the server's own rows, with the last place in a session given to one person only."""

from dataclasses import replace
from datetime import datetime

from core.checkin import decide
from core.decisions import Admitted, Decision
from core.facts import Facts
from core.policy import Policy
from server.services.door.places import as_free_for, lock_session
from server.services.waiting.offering import taken_after_offers


def decide_here(facts: Facts, policy: Policy, at: datetime) -> Decision:
    """For facts whose member is locked. Whoever has no place kept for them waits for the session's row, and is decided
    on a fresh count, behind those who wait for it: a walk-in, and a reservation whose place was let go of."""
    decision = decide(facts, policy, at)
    if not isinstance(decision, Admitted) or _has_a_place(facts, decision) or decision.again_since:
        return decision
    row = lock_session(decision.session.id)
    taken = taken_after_offers(row.organization_id, row.id, row.capacity, at)
    (now,) = as_free_for(decision.member_id, [replace(decision.session, taken=taken)])
    if now.taken == decision.session.taken:
        return decision
    counted = tuple(now if session.id == now.id else session for session in facts.sessions)
    return decide(replace(facts, sessions=counted), policy, at)


def _has_a_place(facts: Facts, decision: Admitted) -> bool:
    return any(one.id == decision.reservation_id and not one.is_released for one in facts.reservations)
