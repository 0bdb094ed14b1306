"""Which pass pays for a session, and if none does, why. Used at the door and when reserving alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from core.facts import Facts
from core.model import Pass, PassType, Reservation, Session
from core.refusals import RefusalReason as R

_NEAREST_TO_YES = (
    R.PART_OUT_OF_ORDER,
    R.PART_ALREADY_TAKEN,
    R.PASS_USED_UP,
    R.PASS_NOT_YET_VALID,
    R.PASS_EXPIRED,
    R.PASS_NOT_FOR_THIS,
)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unpaid:
    """No pass pays. `nearest` is the pass that came closest, which pays if staff lift the reason."""

    reason: R
    nearest: Pass | None = None
    until: datetime | None = None


def pass_that_pays(facts: Facts, session: Session, reservation: Reservation | None) -> Pass | Unpaid:
    """The reservation's own pass if it may; else one that costs nothing; else the punch pass that runs out first.

    So nothing a member paid for goes to waste, and the punch set aside for a reservation is the one it takes.
    """
    own = next((p for p in facts.passes if reservation and p.id == reservation.pass_id), None)
    if own and reservation and why_it_does_not_pay(own, session, facts, has_hold=reservation.has_hold) is None:
        return own
    usable = [p for p in facts.passes if why_it_does_not_pay(p, session, facts) is None]
    if usable:
        return min(usable, key=_runs_out_first)
    return _nearest_miss(facts.passes, session, facts)


def why_it_does_not_pay(pass_: Pass, session: Session, facts: Facts, *, has_hold: bool = False) -> R | None:
    """None if the pass pays for the session. A pass must be valid when the session starts.

    `has_hold`: one of its punches is already set aside for just this.
    Source: flexible-class-reservations, "Success Criteria".
    """
    if not covers(pass_, session):
        return R.PASS_NOT_FOR_THIS
    if session.starts_at < pass_.valid_from:
        return R.PASS_NOT_YET_VALID
    if pass_.valid_until is not None and session.starts_at >= pass_.valid_until:
        return R.PASS_EXPIRED
    if pass_.type is PassType.PUNCH_PASS and not has_hold and pass_.punches_available < 1:
        return R.PASS_USED_UP
    return _why_not_this_part(pass_, session, facts)


def covers(pass_: Pass, session: Session) -> bool:
    """A course pass is for its course; any other for its class types, or for all that is not a course."""
    if pass_.type is PassType.FULL_COURSE:
        return session.course_id is not None and session.course_id == pass_.course_id
    if pass_.class_type_ids:
        return session.class_type_id in pass_.class_type_ids
    return session.course_id is None


def _why_not_this_part(pass_: Pass, session: Session, facts: Facts) -> R | None:
    """Parts come in order, each once; a make-up session is free of the order, not of the once."""
    if session.course_id is None or session.part is None:
        return None
    progress = facts.progress(session.course_id)
    if session.part in progress.parts_attended:
        return R.PART_ALREADY_TAKEN
    is_next = all(part in progress.parts_attended for part in range(1, session.part))
    if pass_.is_in_order and not session.is_makeup and not is_next:
        return R.PART_OUT_OF_ORDER
    return None


def _runs_out_first(pass_: Pass) -> tuple[bool, datetime, int, str]:
    costs_a_punch = pass_.type is PassType.PUNCH_PASS
    return costs_a_punch, pass_.valid_until or _NEVER, pass_.punches_available, pass_.id


def _nearest_miss(passes: Iterable[Pass], session: Session, facts: Facts) -> Unpaid:
    misses: list[tuple[int, str, Pass, R]] = []
    for pass_ in passes:
        reason = why_it_does_not_pay(pass_, session, facts)
        if reason is not None:
            misses.append((_NEAREST_TO_YES.index(reason), pass_.id, pass_, reason))
    if not misses:
        return Unpaid(reason=R.NO_PASS)
    _, _, nearest, reason = min(misses, key=lambda miss: miss[:2])
    until = nearest.valid_from if reason is R.PASS_NOT_YET_VALID else None
    return Unpaid(reason=reason, nearest=nearest if covers(nearest, session) else None, until=until)
