"""Taking a place in a session, and a punch set aside for it: all of it decided by `core.reserving`, in one transaction.

The member's row is locked, then the session's: so one person cannot reserve beyond their pass by asking twice at once,
and two people cannot both get the last place.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from core import reserving
from core.decisions import Refused
from core.errors import Invalid, NotFound
from core.model import ReservationStatus, Session
from core.reserving import Reservable
from server.services.door import history
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.door.places import as_free_for, lock_session_of
from server.services.door.policies import policy_in_force
from server.services.people.rights import Asker, Right, require_for_member
from server.services.reserving.asked import asked_by
from server.services.reserving.finding import as_place, pass_of
from server.services.reserving.values import Reserved
from server.services.waiting.ending import has_a_place
from server.services.waiting.offering import taken_after_offers
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import ReservationRow
from server.store.written import add


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A place in a session; on `pass_id`, or on whichever of `member_id`'s passes pays. One of them is needed."""

    session_id: str
    pass_id: str | None = None
    member_id: str | None = None


def reserve(organization_id: str, wish: Wish, by: Asker, at: datetime) -> Reserved | Refused:
    """Take the place, or say why not. `by.for_member()` where a member asks by themselves.

    Whoever waits for a place there is offered it first; a place that is held for this member is theirs to take.
    Raises `NotFound` for a pass, member or session that is not ours, `Invalid` for a wish of nobody, `Forbidden`.
    """
    with writing():
        member_id = whose(organization_id, wish)
        missing = NotFound("pass.not_found", id=wish.pass_id) if wish.pass_id else _no_such(member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        member = lock_member(organization_id, member_id)
        row = lock_session_of(organization_id, wish.session_id)
        if row is None:
            raise NotFound("session.not_found", id=wish.session_id)
        asked = asked_by(member, row, wish.pass_id, at)
        taken = taken_after_offers(organization_id, row.id, row.capacity, at)
        (session,) = as_free_for(member_id, [replace(asked.session, taken=taken)])
        policy = policy_in_force(organization_id, session.venue_id, at)
        decided = reserving.reserve(asked.facts, session, policy, at)
        if isinstance(decided, Refused):
            return decided
        return _take(organization_id, member_id, session, decided, asked.given_up, policy.version, by, at)


def whose(organization_id: str, wish: Wish) -> str:
    """The member who wishes. Raises `Invalid` for a wish of nobody, `NotFound` for a pass that is not ours."""
    if wish.pass_id is None:
        if wish.member_id is None:
            raise Invalid("field.missing", field="registrationId")
        return wish.member_id
    member_id = str(pass_of(organization_id, wish.pass_id).member_id)
    if wish.member_id not in (None, member_id):
        raise Invalid("pass.of_another_member", id=wish.pass_id)
    return member_id


def _no_such(member_id: str) -> NotFound:
    return NotFound("member.not_found", id=member_id)


def _take(
    organization_id: str,
    member_id: str,
    session: Session,
    decided: Reservable,
    given_up: list[ReservationRow],
    policy_version: int,
    by: Asker,
    at: datetime,
) -> Reserved:
    cause = by.cause("reserved")
    for earlier in given_up:
        if earlier.pass_id == decided.paid_by.id:
            earlier.has_hold = False
            earlier.save()
            history.note(earlier, "HOLD_MOVED", at, by.cause("reserved again"))
    made = ReservationRow(
        id=new_id(at),
        organization=organization_id,
        member=member_id,
        session=session.id,
        pass_=decided.paid_by.id,
        status=ReservationStatus.PENDING.value,
        has_hold=decided.takes_hold,
        made_at=at,
        made_by=by.acts_as.value,
        policy_version=policy_version,
    )
    row = add(made)
    history.begin(row, "CREATED", at, cause)
    has_a_place(member_id, session.id, at, row.id)
    if decided.lifted_by:
        history.note(row, "LIFTED", at, cause, overrides=list(decided.lifted_by))
    touch_member(organization_id, member_id)
    touch_session(organization_id, session.id)
    return Reserved(place=as_place(row, replace(session, taken=session.taken + 1)), lifted_by=decided.lifted_by)
