"""The record of what was shown, from what was decided. Pure: nothing is written here."""

from dataclasses import replace

from core.decisions import Admitted, Refused
from core.protocol import Attempt, AttemptState, Outcome
from core.refusals import RefusalReason


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


def as_aborted(attempt: Attempt, reason: RefusalReason) -> Attempt:
    """Nothing came of it, and nobody but this kiosk says so."""
    return replace(attempt, state=AttemptState.LOCAL, outcome=Outcome.ABORTED, reason=reason)


def as_undo_of(subject: Attempt, draft: Attempt) -> Attempt:
    """The draft, about the check-in that it takes back."""
    return replace(
        draft,
        undoes=subject.attempt_id,
        member_id=subject.member_id,
        session_id=subject.session_id,
        reservation_id=subject.reservation_id,
        pass_id=subject.pass_id,
        visit_key=subject.visit_key,
    )
