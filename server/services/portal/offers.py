"""Sessions a member could reserve on any of their passes, each with why not where that is not possible just now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core import reserving
from core.decisions import Refused
from core.facts import Facts
from core.features import Feature
from core.model import ReservationStatus, Session
from core.paying import covers, first_part_missing
from core.policy import Policy
from core.refusals import RefusalReason as R
from core.waiting import OPEN, why_not_wait
from server.services.door.day import as_sessions
from server.services.door.features import is_on
from server.services.door.places import as_free_for
from server.services.door.policies import policies_in_force
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.finding import facts_about, sessions_starting
from server.services.waiting.looking import waiting_of_member
from server.services.waiting.values import InLine
from server.store.database import reading
from server.store.tables import ClassTypeRow


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferShown:
    """`place_id`: it is reserved already. `refused`: why it cannot be. `pass_title`: what would pay.

    `opens_after`: for a part out of order, the part that has to come first. `waiting`: they are on its list.
    `may_wait`: it is full, and nothing else stands against a place in it.
    """

    session: Session
    place_id: str | None
    refused: R | None
    pass_title: str
    takes_punch: bool
    opens_after: int | None = None
    waiting: InLine | None = None
    may_wait: bool = False

    @property
    def free_places(self) -> int:
        return max(0, self.session.capacity - self.session.taken)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A class type, to choose by."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """Sessions in the order of their starts, and the class types there are among them before choosing."""

    sessions: tuple[OfferShown, ...]
    kinds: tuple[Kind, ...]


def offers(visit: MemberVisit, from_: datetime, to: datetime, at: datetime, *, class_type_id: str = "") -> Offers:
    """What starts in that time and one of the member's passes is for. Raises `Invalid` for more than 93 days."""
    me = visit.asker.organization_id
    with reading():
        facts = facts_about(me, visit.member_id, at)
        sessions = as_free_for(visit.member_id, as_sessions(me, sessions_starting(me, from_, to)))
        found = [session for session in sessions if could_come(facts, session, at)]
        waits = _waits(visit, at)
        may_wait = is_on(me, Feature.WAITING_LIST, at)
        policies = policies_in_force(me, {session.venue_id for session in found}, at)
        return Offers(
            sessions=tuple(
                _with_waiting(
                    _offer(facts, session, policies[session.venue_id], at),
                    waits.get(session.id),
                    may_wait and why_not_wait(facts, session, policies[session.venue_id], at) is None,
                )
                for session in found
                if not class_type_id or session.class_type_id == class_type_id
            ),
            kinds=_kinds(me, found),
        )


def could_come(facts: Facts, session: Session, at: datetime) -> bool:
    """It is still to begin, takes place, and one of the member's passes is for such sessions."""
    is_ahead = session.starts_at > at and not session.is_cancelled
    return is_ahead and any(covers(pass_, session) for pass_ in facts.passes)


def place_in(facts: Facts, session_id: str) -> str | None:
    """The id of the member's place there that still stands."""
    mine = (r for r in facts.reservations if r.session_id == session_id)
    return next((r.id for r in mine if r.status is ReservationStatus.PENDING), None)


def _offer(facts: Facts, session: Session, policy: Policy, at: datetime) -> OfferShown:
    decided = reserving.reserve(facts, session, policy, at)
    place_id = place_in(facts, session.id)
    if not isinstance(decided, Refused):
        title, takes_punch = decided.paid_by.title, decided.takes_hold
        return OfferShown(
            session=session, place_id=place_id, refused=None, pass_title=title, takes_punch=takes_punch
        )  # fmt: skip
    after = None
    if decided.reason is R.PART_OUT_OF_ORDER and session.course_id is not None and session.part is not None:
        known = facts.progress(session.course_id)
        after = first_part_missing(known.parts_attended | known.parts_reserved, session.part) or session.part - 1
    return OfferShown(
        session=session, place_id=place_id, refused=decided.reason, pass_title="", takes_punch=False, opens_after=after
    )


def _waits(visit: MemberVisit, at: datetime) -> dict[str, InLine]:
    """By session, what the member still waits for."""
    waits = waiting_of_member(visit.asker.organization_id, visit.member_id, visit.asker, at)
    return {one.session.id: one for one in waits if one.status in OPEN}


def _with_waiting(shown: OfferShown, waiting: InLine | None, may_wait: bool) -> OfferShown:
    is_full = shown.refused is R.SESSION_FULL
    return replace(shown, waiting=waiting, may_wait=is_full and waiting is None and may_wait)


def _kinds(organization_id: str, found: Iterable[Session]) -> tuple[Kind, ...]:
    ids = {session.class_type_id for session in found}
    rows = ClassTypeRow.select().where(ClassTypeRow.organization == organization_id, ClassTypeRow.id.in_(ids or {""}))
    return tuple(Kind(id=row.id, name=row.name) for row in rows.order_by(ClassTypeRow.name, ClassTypeRow.id))
