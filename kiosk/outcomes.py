"""The record of what was shown, from what was decided. Pure: nothing is written here."""

from dataclasses import replace

from core.decisions import Admitted, Refused
from core.protocol import Attempt, AttemptState, Outcome


def with_outcome(attempt: Attempt, decision: Admitted | Refused, state: AttemptState, member_id: str | None) -> Attempt:
    """The attempt with what its person was shown, and with whom the kiosk believes it to be about."""
    match decision:
        case Admitted():
            return replace(
                attempt,
                state=state,
                outcome=Outcome.WELCOME,
                member_id=decision.member_id,
                session_id=decision.session.id,
                reservation_id=decision.reservation_id,
                pass_id=decision.pass_id,
                visit_key=decision.visit_key,
                is_walk_in=decision.reservation_id is None and decision.again_since is None,
            )
        case Refused():
            return replace(
                attempt,
                state=state,
                outcome=Outcome.REFUSED,
                reason=decision.reason,
                member_id=member_id,
                session_id=decision.session.id if decision.session else None,
            )
