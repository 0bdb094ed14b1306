"""What happened at this kiosk laid over what the replica says, so that its own deeds are facts for it at once.

Pure: facts and the kiosk's own visits in, facts out. It refuses to count anything twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.acts import Act, LiftSuspension, MarkNoShow
from core.acts import Override as Lifts
from core.facts import Facts
from core.model import CheckIn, Override, Pass, PassType, Reservation, ReservationStatus, Session


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitHere:
    """The last word of this kiosk on one visit, not known to be in the replica: live, or undone."""

    visit_key: str
    is_live: bool
    session_id: str
    session_ends_at: datetime
    checked_in_at: datetime
    pass_id: str | None = None
    reservation_id: str | None = None
    takes_punch: bool = False
    is_walk_in: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ActHere:
    """What staff did at this kiosk, not known to be in the replica. `id` is the attempt's."""

    id: str
    act: Act
    staff_id: str
    at: datetime


def with_own_acts(facts: Facts, acts: Sequence[ActHere]) -> Facts:
    """The person's facts as if the server knew what staff did about them here. Visits are laid over these."""
    for one in acts:
        match one.act:
            case Lifts() as lifts if all(known.id != one.id for known in facts.overrides):
                made = Override(
                    id=one.id,
                    reason=lifts.reason,
                    starts_at=one.at,
                    ends_at=lifts.ends_at,
                    session_id=lifts.session_id,
                    staff_id=one.staff_id,
                    because=lifts.because,
                )
                facts = replace(facts, overrides=(*facts.overrides, made))
            case LiftSuspension(suspension_id=id_):
                facts = _lifted(facts, id_, one.at)
            case MarkNoShow(reservation_id=id_):
                facts = _missed(facts, id_)
            case _:
                pass
    return facts


def with_own_visits(facts: Facts, visits: Sequence[VisitHere]) -> Facts:
    """The person's facts as if the server knew what this kiosk did with their card."""
    for visit in visits:
        is_in_record = any(check_in.visit_key == visit.visit_key for check_in in facts.check_ins)
        if visit.is_live and not is_in_record:
            facts = _begun(facts, visit)
        elif not visit.is_live and is_in_record:
            facts = _taken_back(facts, visit)
    return facts


def with_own_walk_ins(sessions: Sequence[Session], walked_in: Sequence[str]) -> tuple[Session, ...]:
    """The sessions with a place taken for each of `walked_in` (session ids, once for each person)."""
    return tuple(
        replace(session, taken=session.taken + walked_in.count(session.id)) if session.id in walked_in else session
        for session in sessions
    )


def _begun(facts: Facts, visit: VisitHere) -> Facts:
    check_in = CheckIn(
        visit_key=visit.visit_key,
        session_id=visit.session_id,
        session_ends_at=visit.session_ends_at,
        checked_in_at=visit.checked_in_at,
        pass_id=visit.pass_id,
        reservation_id=visit.reservation_id,
    )
    held = next((r for r in facts.reservations if r.id == visit.reservation_id and r.has_hold), None)
    passes = tuple(_less_its_punch(pass_, visit, held) for pass_ in facts.passes)
    reservations = tuple(
        replace(r, status=ReservationStatus.CHECKED_IN, has_hold=False) if r.id == visit.reservation_id else r
        for r in facts.reservations
    )
    return replace(facts, check_ins=(*facts.check_ins, check_in), passes=passes, reservations=reservations)


def _less_its_punch(pass_: Pass, visit: VisitHere, held: Reservation | None) -> Pass:
    """The punch is used, and what was set aside for it (on whichever pass) no longer is."""
    if pass_.type is not PassType.PUNCH_PASS:
        return pass_
    used = int(pass_.id == visit.pass_id and visit.takes_punch)
    freed = int(held is not None and held.pass_id == pass_.id)
    return replace(
        pass_, punches_left=(pass_.punches_left or 0) - used, punches_held=max(0, pass_.punches_held - freed)
    )


def _taken_back(facts: Facts, visit: VisitHere) -> Facts:
    passes = tuple(
        replace(pass_, punches_left=(pass_.punches_left or 0) + 1)
        if visit.takes_punch and pass_.id == visit.pass_id and pass_.type is PassType.PUNCH_PASS
        else pass_
        for pass_ in facts.passes
    )
    return replace(
        facts,
        check_ins=tuple(check_in for check_in in facts.check_ins if check_in.visit_key != visit.visit_key),
        passes=passes,
        reservations=tuple(
            replace(r, status=ReservationStatus.PENDING) if r.id == visit.reservation_id else r
            for r in facts.reservations
        ),
    )


def _lifted(facts: Facts, suspension_id: str, at: datetime) -> Facts:
    suspensions = tuple(
        replace(one, lifted_at=min(at, one.lifted_at or at)) if one.id == suspension_id else one
        for one in facts.suspensions
    )
    return replace(facts, suspensions=suspensions)


def _missed(facts: Facts, reservation_id: str) -> Facts:
    """Its punch stays set aside: what an absence costs is for the server to say."""
    reservations = tuple(
        replace(one, status=ReservationStatus.NO_SHOW)
        if one.id == reservation_id and one.status is ReservationStatus.PENDING
        else one
        for one in facts.reservations
    )
    return replace(facts, reservations=reservations)
