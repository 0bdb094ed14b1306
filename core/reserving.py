"""May this member take a place in that session, on which pass, and what giving it up again costs.

Rules only: whoever reserves or cancels for real does it in a transaction, with what is said here.
Source: flexible-class-reservations, phase 2 and "Success Criteria".
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.checkin import belongs_here, not_suspended
from core.decisions import Refused
from core.facts import Facts
from core.model import CourseProgress, Method, Pass, PassType, Reservation, ReservationStatus, Session
from core.paying import Unpaid, pass_that_pays, runs_out_first, why_not_good_then
from core.policy import Policy
from core.refusals import RefusalReason as R
from core.validity import end_of_days

_GIVEN_UP = frozenset({ReservationStatus.CANCELLED, ReservationStatus.AUTO_CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservable:
    """The place may be taken on this pass. `takes_hold`: one of its punches is to be set aside for it.

    `lifted_by` are the ids of the overrides without which it might not.
    """

    paid_by: Pass
    takes_hold: bool
    lifted_by: tuple[str, ...] = ()


def reserve(facts: Facts, session: Session, policy: Policy, at: datetime) -> Reservable | Refused:
    """Whether the member of these facts may reserve the session now, and on which pass.

    `facts` must be the server's own: a kiosk never reserves. The card does not matter here.
    """
    lifted: list[str] = []
    for refused in _refusals(facts, session, policy, at):
        override = facts.override_of(refused.reason, session.id, at)
        if override is None or refused.reason in _NOBODY_CAN_LIFT:
            return refused
        lifted.append(override.id)
    pays = _pass_to_reserve_on(facts, session, at)
    if isinstance(pays, Unpaid):
        override = facts.override_of(pays.reason, session.id, at)
        if override is None or pays.nearest is None:
            return Refused(reason=pays.reason, until=pays.until, session=session)
        lifted.append(override.id)
        return _on(pays.nearest, session, lifted)
    return _on(pays, session, lifted)


def why_not_reserve(facts: Facts, session: Session, policy: Policy, at: datetime) -> Refused | None:
    """None if the member may reserve the session now."""
    outcome = reserve(facts, session, policy, at)
    return outcome if isinstance(outcome, Refused) else None


def why_not_cancel(reservation: Reservation, session: Session, at: datetime) -> Refused | None:
    """None if the member may give this place up now: until the session starts. Staff may at any time."""
    if reservation.status is not ReservationStatus.PENDING or at >= session.starts_at:
        return Refused(reason=R.SESSION_STARTED, session=session)
    return None


def cancel_keeps_hold(session: Session, policy: Policy, at: datetime, made_under: Policy | None = None) -> bool:
    """True for a late cancel: its punch stays set aside until the night, since the member may still come in.

    Late is later than `free_cancel_before_start` of the version that the place was reserved under (None: the one in
    force now), or once check-in is open, as the door has it now. Source: protocol.
    A session that the studio cancelled holds nothing back.
    """
    if session.is_cancelled:
        return False
    is_open = at >= policy.window(session, Method.SELF).opens_at
    return is_open or at > free_cancel_until(session, policy, made_under)


def free_cancel_until(session: Session, policy: Policy, made_under: Policy | None = None) -> datetime:
    """Giving a place up costs nothing up to this instant, as `cancel_keeps_hold` judges."""
    before = (made_under or policy).rule_for(session.class_type_id).free_cancel_before_start or timedelta(0)
    return min(session.starts_at - before, policy.window(session, Method.SELF).opens_at)


_NOBODY_CAN_LIFT = frozenset({R.ALREADY_RESERVED})
"""Nobody can sit on two places."""


def _refusals(facts: Facts, session: Session, policy: Policy, at: datetime) -> list[Refused]:
    """What stands against it apart from the pass, in the order in which a person would be told."""
    about_the_person = [rule(facts, policy, at) for rule in (belongs_here, not_suspended)]
    return [refused for refused in about_the_person if refused] + [
        Refused(reason=reason, session=session)
        for reason, applies in (
            (R.SESSION_CANCELLED, session.is_cancelled),
            (R.SESSION_STARTED, at >= session.starts_at),
            (R.ALREADY_RESERVED, _has_a_place(facts, session)),
            (R.SESSION_FULL, not session.has_free_place),
        )
        if applies
    ]


def _has_a_place(facts: Facts, session: Session) -> bool:
    visited = any(visit.session_id == session.id for visit in facts.check_ins)
    return visited or any(r.session_id == session.id and r.status not in _GIVEN_UP for r in facts.reservations)


def _pass_to_reserve_on(facts: Facts, session: Session, at: datetime) -> Pass | Unpaid:
    """The pass that would pay at the door, among those that may reserve one more place ahead."""
    then = _as_begun_by_then(_as_known_by_then(facts, session), session)
    if session.is_free:
        return _pass_to_name(then, session, at)
    if _is_part_reserved(facts, session):
        pays = pass_that_pays(facts, session, None)
        return Unpaid(reason=R.PART_ALREADY_TAKEN, nearest=pays if isinstance(pays, Pass) else pays.nearest)
    with_room = tuple(p for p in then.passes if _ahead_on(p, facts, at) < p.max_reservations_ahead)
    pays = pass_that_pays(replace(then, passes=with_room), session, None)
    if isinstance(pays, Pass):
        return pays
    full = pass_that_pays(then, session, None)
    return Unpaid(reason=R.TOO_MANY_AHEAD, nearest=full) if isinstance(full, Pass) else full


def _pass_to_name(facts: Facts, session: Session, at: datetime) -> Pass | Unpaid:
    """Nobody pays for a free session, but a place kept there counts among those ahead on one of the member's passes.

    So whoever has none comes without a reservation.
    """
    good = [pass_ for pass_ in facts.passes if why_not_good_then(pass_, session, facts) is None]
    if not good:
        return Unpaid(reason=R.NO_PASS)
    with_room = [pass_ for pass_ in good if _ahead_on(pass_, facts, at) < pass_.max_reservations_ahead]
    if with_room:
        return min(with_room, key=runs_out_first)
    return Unpaid(reason=R.TOO_MANY_AHEAD, nearest=min(good, key=runs_out_first))


def _ahead_on(pass_: Pass, facts: Facts, at: datetime) -> int:
    """How many places in the future are reserved on it."""
    return sum(
        1 for reservation, session in _reserved(facts) if reservation.pass_id == pass_.id and session.starts_at > at
    )


def _is_part_reserved(facts: Facts, session: Session) -> bool:
    if session.course_id is None or session.part is None:
        return False
    return session.part in facts.progress(session.course_id).parts_reserved | {
        other.part for _, other in _reserved(facts) if other.course_id == session.course_id
    }


def _as_known_by_then(facts: Facts, session: Session) -> Facts:
    """The facts if every place reserved in the same course and over before this session has been come to."""
    if session.course_id is None:
        return facts
    done = facts.progress(session.course_id)
    ahead = frozenset(
        other.part
        for _, other in _reserved(facts)
        if other.course_id == session.course_id and other.part is not None and other.ends_at <= session.starts_at
    )
    by_then: CourseProgress = replace(done, parts_attended=done.parts_attended | ahead)
    return replace(facts, courses=(by_then, *(c for c in facts.courses if c.course_id != session.course_id)))


def _as_begun_by_then(facts: Facts, session: Session) -> Facts:
    """The facts if every place reserved before this session has been come to: a pass's days run from the first."""

    def begun(pass_: Pass) -> Pass:
        if pass_.has_begun or pass_.days_from_first_use is None:
            return pass_
        before = [
            other.starts_at
            for reservation, other in _reserved(facts)
            if reservation.pass_id == pass_.id and not other.is_free and other.starts_at < session.starts_at
        ]
        if not before:
            return pass_
        return replace(pass_, valid_until=end_of_days(min(before), pass_.days_from_first_use, session.zone))

    return replace(facts, passes=tuple(begun(pass_) for pass_ in facts.passes))


def _reserved(facts: Facts) -> list[tuple[Reservation, Session]]:
    """Places still to be come to, with their sessions."""
    found = ((r, facts.session(r.session_id)) for r in facts.reservations if r.status is ReservationStatus.PENDING)
    return [(reservation, session) for reservation, session in found if session is not None]


def _on(pass_: Pass, session: Session, lifted: list[str]) -> Reservable:
    """A punch that is not there cannot be set aside: then the place is reserved without one, by an override."""
    takes_hold = not session.is_free and pass_.type is PassType.PUNCH_PASS and pass_.punches_available >= 1
    return Reservable(paid_by=pass_, takes_hold=takes_hold, lifted_by=tuple(lifted))
