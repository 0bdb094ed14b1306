"""Which pass pays for a session, and if none does, why. Used at the door and when reserving alike."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from core.facts import Facts
from core.model import Pass, PassType, Reservation, Session
from core.refusals import RefusalReason as R
from core.validity import end_of_days, first_use

_NEAREST_TO_YES = (
    R.PART_OUT_OF_ORDER,
    R.PART_ALREADY_TAKEN,
    R.PASS_USED_UP,
    R.PASS_PAUSED,
    R.PASS_NOT_YET_VALID,
    R.PASS_EXPIRED,
    R.PASS_NOT_FOR_THIS,
)
_NEVER = datetime.max.replace(tzinfo=UTC)


class PaidBy(StrEnum):
    """What a visit was paid with. WAIVED: staff let somebody in without. Values are stored and never change."""

    PASS = "PASS"
    FREE = "FREE"
    DROP_IN = "DROP_IN"
    WAIVED = "WAIVED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Unpaid:
    """No pass pays. `nearest` is the pass that came closest, which pays if staff lift the reason."""

    reason: R
    nearest: Pass | None = None
    until: datetime | None = None


def needs_no_pass(facts: Facts, session: Session) -> bool:
    """Nobody pays for a free session; nor does a pass pay for whoever paid for a drop-in at the desk."""
    return session.is_free or (facts.is_paid_at_desk and session.drop_in_cents is not None)


def paid_by(pass_id: str | None, *, is_free: bool, is_drop_in: bool) -> PaidBy:
    """What a visit is paid with: for a free session with nothing, whatever else was believed."""
    if is_free:
        return PaidBy.FREE
    if is_drop_in:
        return PaidBy.DROP_IN
    return PaidBy.PASS if pass_id is not None else PaidBy.WAIVED


def pass_that_pays(facts: Facts, session: Session, reservation: Reservation | None) -> Pass | Unpaid:
    """The reservation's own pass if it may; else one that costs nothing; else the punch pass that runs out first.

    A pass whose days would only begin with this comes last. So nothing a member paid for goes to waste, and the punch
    set aside for a reservation is the one it takes.
    """
    own = next((p for p in facts.passes if reservation and p.id == reservation.pass_id), None)
    if own and reservation and why_it_does_not_pay(own, session, facts, has_hold=reservation.has_hold) is None:
        return own
    usable = [p for p in facts.passes if why_it_does_not_pay(p, session, facts) is None]
    if usable:
        return min(usable, key=runs_out_first)
    return _nearest_miss(facts.passes, session, facts)


def why_it_does_not_pay(pass_: Pass, session: Session, facts: Facts, *, has_hold: bool = False) -> R | None:
    """None if the pass pays for the session. A pass must be valid when the session starts.

    `has_hold`: one of its punches is already set aside for just this.
    Source: flexible-class-reservations, "Success Criteria".
    """
    if not covers(pass_, session):
        return R.PASS_NOT_FOR_THIS
    if reason := why_not_good_then(pass_, session, facts):
        return reason
    if pass_.type is PassType.PUNCH_PASS and not has_hold and pass_.punches_available < 1:
        return R.PASS_USED_UP
    return _why_not_this_part(pass_, session, facts)


def why_not_good_then(pass_: Pass, session: Session, facts: Facts) -> R | None:
    """None if the pass is good when the session starts, as far as these facts tell."""
    return why_not_good_at(replace(pass_, valid_until=_ends_at(pass_, session, facts)), session.starts_at)


def why_not_good_at(pass_: Pass, at: datetime) -> R | None:
    """None if the pass has begun, is not paused and has not ended."""
    if at < pass_.valid_from:
        return R.PASS_NOT_YET_VALID
    if pass_.valid_until is not None and at >= pass_.valid_until:
        return R.PASS_EXPIRED
    return R.PASS_PAUSED if any(pause.covers(at) for pause in pass_.pauses) else None


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
    if pass_.is_in_order and not session.is_makeup and first_part_missing(progress.parts_attended, session.part):
        return R.PART_OUT_OF_ORDER
    return None


def first_part_missing(parts: Collection[int], before: int) -> int | None:
    """The earliest part that comes before this one and is not among `parts`; None if they are all there."""
    return next((part for part in range(1, before) if part not in parts), None)


def runs_out_first(pass_: Pass) -> tuple[bool, bool, datetime, int, str]:
    """For sorting: those whose days are running before those that wait, what costs nothing before punches."""
    costs_a_punch = pass_.type is PassType.PUNCH_PASS
    return not pass_.has_begun, costs_a_punch, pass_.valid_until or _NEVER, pass_.punches_available, pass_.id


def _ends_at(pass_: Pass, session: Session, facts: Facts) -> datetime | None:
    """A pass that began with a check-in of which only these facts tell yet (a kiosk that is alone) ends, too."""
    if pass_.has_begun or pass_.days_from_first_use is None:
        return pass_.valid_until
    began_at = first_use(visit.checked_in_at for visit in facts.check_ins if visit.pass_id == pass_.id)
    return None if began_at is None else end_of_days(began_at, pass_.days_from_first_use, session.zone)


def _nearest_miss(passes: Iterable[Pass], session: Session, facts: Facts) -> Unpaid:
    misses: list[tuple[int, str, Pass, R]] = []
    for pass_ in passes:
        reason = why_it_does_not_pay(pass_, session, facts)
        if reason is not None:
            misses.append((_NEAREST_TO_YES.index(reason), pass_.id, pass_, reason))
    if not misses:
        return Unpaid(reason=R.NO_PASS)
    _, _, nearest, reason = min(misses, key=lambda miss: miss[:2])
    return Unpaid(
        reason=reason,
        nearest=nearest if covers(nearest, session) else None,
        until=_good_again_at(nearest, session, reason),
    )


def _good_again_at(pass_: Pass, session: Session, reason: R) -> datetime | None:
    if reason is R.PASS_NOT_YET_VALID:
        return pass_.valid_from
    if reason is R.PASS_PAUSED:
        return max(pause.ends_at for pause in pass_.pauses if pause.covers(session.starts_at))
    return None
