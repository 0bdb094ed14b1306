"""Checking in without a kiosk: a member in an app, staff for one or for many; and when a session's door is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.checkin import decide
from core.decisions import Admitted, Choose, Decision, Refused
from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError
from core.model import Method
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.door.facts import Asking, facts_of_member
from server.services.door.policies import policy_in_force
from server.services.door.welcoming import DropIn
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, asker_of_staff, require, require_for_member
from server.services.reserving.finding import reservation_of, session_of
from server.services.reserving.values import CheckInStatus
from server.store.database import reading
from server.store.tables import ReservationRow, SessionRow

MOST_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """What became of one of many: `decision`, or `error` if there was nothing to decide about."""

    member_id: str | None
    reservation_id: str | None
    decision: Decision | None = None
    error: TesseraError | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """A member who comes without a pass. `cents`: what they paid, if it is not the session's price; `staff_id`: to
    whom, if not to whoever asks."""

    session_id: str
    member_id: str
    cents: int | None = None
    note: str = ""
    staff_id: str = ""


def check_in_by_member(
    organization_id: str, reservation_id: str, by: Asker, at: datetime, *, attempt_id: str | None = None
) -> Admitted | Refused:
    """On a reservation, in the window for members. Twice is once. Raises `NotFound`, `Forbidden`."""
    with reading():
        row = reservation_of(organization_id, reservation_id, by, Right.SERVE)
    return _check_in(organization_id, row.member_id, row.session_id, None, "", at, attempt_id=attempt_id)


def check_in_by_staff(
    organization_id: str, reservation_id: str, by: Asker, at: datetime, *, because: str = "", staff_id: str = ""
) -> Admitted | Refused:
    """On a reservation, at any time of the session's day. Twice is once. Raises `NotFound`, `Forbidden`."""
    with reading():
        who = _who(organization_id, by, staff_id)
        row = ours(ReservationRow, organization_id, reservation_id, "reservation")
    return _check_in(organization_id, row.member_id, row.session_id, who, because, at)


def check_in_many(
    organization_id: str,
    session_id: str,
    by: Asker,
    at: datetime,
    *,
    member_ids: Sequence[str] = (),
    reservation_ids: Sequence[str] = (),
    because: str = "",
    staff_id: str = "",
) -> tuple[Arrival, ...]:
    """Staff let many in to one session, each decided and recorded by itself: one that fails takes nobody along.

    At most 200 at once. Raises `NotFound` for the session, `Invalid`, `Forbidden`.
    """
    if not 0 < len(member_ids) + len(reservation_ids) <= MOST_AT_ONCE:
        raise Invalid("check_in.how_many", most=MOST_AT_ONCE)
    with reading():
        who = _who(organization_id, by, staff_id)
        ours(SessionRow, organization_id, session_id, "session")
    found = [_one(organization_id, session_id, who, because, at, reservation_id=id_) for id_ in reservation_ids]
    return tuple(found + [_one(organization_id, session_id, who, because, at, member_id=id_) for id_ in member_ids])


def check_in_drop_in(organization_id: str, visitor: Visitor, by: Asker, at: datetime) -> Admitted | Refused:
    """Staff take the price of a session at the desk and let somebody in: no pass pays. Twice is once.

    Raises `Conflict` for a session without drop-ins, `NotFound`, `Invalid`, `Forbidden`.
    """
    note = words.optional("note", visitor.note)
    if visitor.cents is not None:
        words.count("cents", visitor.cents, least=0, most=100_000_000)
    with reading():
        who = _who(organization_id, by, visitor.staff_id)
        session = session_of(organization_id, visitor.session_id)
    if session.drop_in_cents is None or session.is_free:
        raise Conflict("session.sells_no_drop_ins", title=session.title)
    wish = AtTheDesk(
        venue_id=session.venue_id,
        member_id=visitor.member_id,
        session_id=session.id,
        staff_id=who,
        because=note or "paid at the desk",
        drop_in=DropIn(cents=session.drop_in_cents if visitor.cents is None else visitor.cents, note=note),
    )
    return _to_one_session(at_the_desk.check_in(organization_id, wish, at))


def check_in_status(
    organization_id: str, session_id: str, by: Asker, at: datetime, *, member_id: str | None = None
) -> CheckInStatus:
    """A session's windows, and whether this member could check in by themselves now. Raises `NotFound`, `Forbidden`."""
    with reading():
        if member_id is None and by.member_id is None:
            require(organization_id, by, Right.WELCOME)
        else:
            member_id = member_id or by.member_id or ""
            missing = NotFound("member.not_found", id=member_id)
            require_for_member(organization_id, by, Right.WELCOME, member_id, missing)
        session = session_of(organization_id, session_id)
        policy = policy_in_force(organization_id, session.venue_id, at)
        decision: Decision | None = None
        if member_id is not None:
            asking = Asking(venue_id=session.venue_id, at=at, chosen=session_id)
            decision = decide(facts_of_member(organization_id, member_id, asking, locked=False), policy, at)
    for_members, for_staff = policy.window(session, Method.SELF), policy.window(session, Method.STAFF)
    return CheckInStatus(
        session=session,
        for_members=for_members,
        for_staff=for_staff,
        is_open_for_members=for_members.is_open(at) and not session.is_cancelled,
        is_open_for_staff=for_staff.is_open(at) and not session.is_cancelled,
        may_check_in=None if decision is None else isinstance(decision, Admitted),
        refused=decision if isinstance(decision, Refused) else None,
    )


def _who(organization_id: str, by: Asker, staff_id: str) -> str:
    """The person on the staff in whose name it is done: whoever is named, else whoever asks."""
    require(organization_id, by, Right.WELCOME)
    if staff_id:
        named = asker_of_staff(organization_id, staff_id)
        require(organization_id, named, Right.WELCOME)
        return staff_id
    if by.staff_id is None:
        raise Forbidden("api_token.names_nobody")
    return by.staff_id


def _one(
    organization_id: str,
    session_id: str,
    staff_id: str,
    because: str,
    at: datetime,
    *,
    member_id: str | None = None,
    reservation_id: str | None = None,
) -> Arrival:
    try:
        if reservation_id is not None:
            with reading():
                row = ours(ReservationRow, organization_id, reservation_id, "reservation")
            if row.session_id != session_id:
                raise Invalid("reservation.of_another_session", id=reservation_id)
            member_id = row.member_id
        decision = _check_in(organization_id, member_id or "", session_id, staff_id, because, at)
    except TesseraError as error:
        return Arrival(member_id=member_id, reservation_id=reservation_id, error=error)
    return Arrival(member_id=member_id, reservation_id=reservation_id, decision=decision)


def _check_in(
    organization_id: str,
    member_id: str,
    session_id: str,
    staff_id: str | None,
    because: str,
    at: datetime,
    *,
    attempt_id: str | None = None,
) -> Admitted | Refused:
    with reading():
        venue_id = ours(SessionRow, organization_id, session_id, "session").venue_id
    wish = AtTheDesk(
        venue_id=venue_id,
        member_id=member_id,
        session_id=session_id,
        staff_id=staff_id,
        because=because,
        attempt_id=attempt_id,
    )
    return _to_one_session(at_the_desk.check_in(organization_id, wish, at))


def _to_one_session(decision: Decision) -> Admitted | Refused:
    if isinstance(decision, Choose):
        raise AssertionError("one session was named, so there is nothing to choose")
    return decision
