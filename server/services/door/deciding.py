"""`decide()` on the server's own rows, with the last place in a session given to one person only."""

from dataclasses import replace
from datetime import datetime

from core.checkin import decide
from core.decisions import Admitted, Decision
from core.facts import Facts
from core.policy import Policy
from server.services.door.places import lock_session, taken_in


def decide_here(facts: Facts, policy: Policy, at: datetime) -> Decision:
    """For facts whose member is locked. A walk-in waits for the session's row, and is decided on a fresh count."""
    decision = decide(facts, policy, at)
    if not isinstance(decision, Admitted) or decision.reservation_id or decision.again_since:
        return decision
    lock_session(decision.session.id)
    taken = taken_in([decision.session.id])[decision.session.id]
    if taken == decision.session.taken:
        return decision
    counted = tuple(replace(s, taken=taken) if s.id == decision.session.id else s for s in facts.sessions)
    return decide(replace(facts, sessions=counted), policy, at)
