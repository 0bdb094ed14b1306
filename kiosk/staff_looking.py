"""Today as this kiosk knows it, for staff: who is reserved, in, late or missing, and what stands in somebody's way.

Pure: facts, policy and an instant in, values for the screen out. The decision is `core.checkin.decide`, as at the door.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core import clocktime
from core.acts import LIFTABLE, UNDO_WITHIN, may_mark_no_show, may_undo
from core.checkin import decide
from core.decisions import Refused
from core.facts import Facts
from core.model import CardState, CheckIn, Method, Reservation, ReservationStatus, Session
from core.policy import Policy
from core.refusals import RefusalReason
from kiosk.staff_values import PersonSession, RosterPerson, RosterSession, Standing

ORDER = {standing: place for place, standing in enumerate(Standing)}
WHOEVER_THEY_ARE = frozenset(
    {RefusalReason.MEMBER_INACTIVE, RefusalReason.SUSPENDED, RefusalReason.MEMBER_LIST_TOO_OLD}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """What is known here of one member, with what happened here laid over it. `name` may be empty."""

    member_id: str
    number: str
    name: str
    facts: Facts


def sessions_of_today(sessions: Iterable[Session], zone: str, at: datetime) -> tuple[Session, ...]:
    """Of the venue's local day, and those of the evening before that still go on; in the order of the day."""
    here = clocktime.zone_named(zone)
    today = clocktime.local_day(at, here)
    found = (s for s in sessions if clocktime.local_day(s.starts_at, here) == today or s.starts_at <= at < s.ends_at)
    return tuple(sorted(found, key=lambda s: (s.starts_at, s.title, s.id)))


def roster_session(session: Session, members: Iterable[Member], policy: Policy, at: datetime) -> RosterSession:
    """The session with everybody who has to do with it, those who need staff first."""
    people = [person for member in members if (person := _on_roster(session, member, at)) is not None]
    is_on = policy.window(session, Method.SELF).is_open(at) or session.starts_at <= at < session.ends_at
    return RosterSession(session=session, is_on=is_on, people=tuple(sorted(people, key=_who_needs_you_first)))


def person_session(session: Session, facts: Facts, policy: Policy, at: datetime) -> PersonSession:
    """One session for one member: how they stand to it, and what staff may do about it now."""
    visit, place = _visit(facts, session), _place(facts, session)
    standing = _standing(session, visit, place, at)
    if visit is not None:
        return PersonSession(
            session=session,
            standing=standing,
            decision=None,
            reservation_id=place.id if place else None,
            visit_key=visit.visit_key,
            came_at=visit.checked_in_at,
            undo_until_at=visit.checked_in_at + UNDO_WITHIN if may_undo(visit, at) else None,
        )
    decision = decide(as_staff(facts, session.id), policy, at)
    reason = decision.reason if isinstance(decision, Refused) else None
    return PersonSession(
        session=session,
        standing=standing,
        decision=decision,
        liftable=reason if reason in LIFTABLE else None,
        reservation_id=place.id if place else None,
        may_mark_no_show=place is not None and may_mark_no_show(session, place, at),
    )


def as_staff(facts: Facts, session_id: str | None) -> Facts:
    """As staff ask about them: no card is needed."""
    return replace(facts, card=CardState.ACTIVE, by=Method.STAFF, chosen_session_id=session_id)


def kept_out(facts: Facts, policy: Policy, at: datetime) -> RefusalReason | None:
    """What keeps them out whatever the session."""
    decision = decide(as_staff(facts, None), policy, at)
    reason = decision.reason if isinstance(decision, Refused) else None
    return reason if reason in WHOEVER_THEY_ARE else None


def _on_roster(session: Session, member: Member, at: datetime) -> RosterPerson | None:
    visit, place = _visit(member.facts, session), _place(member.facts, session)
    standing = _standing(session, visit, place, at)
    if standing is None:
        return None
    return RosterPerson(
        member_id=member.member_id,
        number=member.number,
        name=member.name,
        standing=standing,
        reservation_id=place.id if place else None,
        visit_key=visit.visit_key if visit else None,
        came_at=visit.checked_in_at if visit else None,
        is_walk_in=visit is not None and visit.reservation_id is None,
    )


def _standing(session: Session, visit: CheckIn | None, place: Reservation | None, at: datetime) -> Standing | None:
    """None: they have nothing to do with it. In open studio one comes when one likes, until it is over."""
    if visit is not None:
        is_late = visit.checked_in_at > session.starts_at and not session.is_open_studio
        return Standing.LATE if is_late else Standing.IN
    if place is None:
        return None
    if place.status in (ReservationStatus.CHECKED_IN, ReservationStatus.ATTENDED):
        return Standing.IN
    if place.status is ReservationStatus.NO_SHOW:
        return Standing.NO_SHOW
    begun_at = session.ends_at if session.is_open_studio else session.starts_at
    return Standing.MISSING if at > begun_at else Standing.EXPECTED


def _visit(facts: Facts, session: Session) -> CheckIn | None:
    return next((visit for visit in facts.check_ins if visit.session_id == session.id), None)


def _place(facts: Facts, session: Session) -> Reservation | None:
    gone = (ReservationStatus.CANCELLED, ReservationStatus.AUTO_CANCELLED)
    return next((r for r in facts.reservations if r.session_id == session.id and r.status not in gone), None)


def _who_needs_you_first(person: RosterPerson) -> tuple[int, int, str, str]:
    """Those who are in: newest first. Others: by name, or by number where names are not known."""
    came = clocktime.to_ms(person.came_at) if person.came_at else 0
    return ORDER[person.standing], -came, person.name.casefold(), person.number
