"""Checking in without a kiosk: staff for a member, a member in the studio's app, and staff taking a check-in back.

The attempt is made here, so that these check-ins leave the same traces as those at the door.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from core.decisions import Admitted, Choose, Decision, Refused
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.model import Method
from core.protocol import AttemptKind, AttemptState, Effect, Outcome
from core.refusals import RefusalReason
from server.services.door.attempts import known_attempt, staff_in
from server.services.door.causes import Cause
from server.services.door.deciding import decide_here
from server.services.door.facts import Asking, facts_of_locked, lock_member
from server.services.door.policies import policy_in_force
from server.services.door.welcoming import DropIn, Welcome, welcome, withdraw_all
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import AttemptRow, SessionRow, VisitRow


@dataclass(frozen=True, kw_only=True, slots=True)
class AtTheDesk:
    """A member wants to come in. `staff_id` None: the member acts; then it is not a staff check-in.

    `attempt_id`: the asking program's own id of this wish (a UUID), so that asking twice is answered once.
    `drop_in`: staff took its price at the desk, and no pass pays.
    """

    venue_id: str
    member_id: str
    session_id: str | None = None
    staff_id: str | None = None
    because: str = ""
    attempt_id: str | None = None
    drop_in: DropIn | None = None

    @property
    def by(self) -> Method:
        return Method.STAFF if self.staff_id else Method.SELF


def check_in(organization_id: str, wish: AtTheDesk, at: datetime) -> Decision:
    """Decide, and if the door opens, record it. A second time under the same `attempt_id`: "already in".

    Raises `NotFound`, `Forbidden`, and `Conflict` where the id was used for another wish.
    """
    with writing():
        _require_staff(organization_id, wish.staff_id)
        member = lock_member(organization_id, wish.member_id)
        earlier = known_attempt(wish.attempt_id) if wish.attempt_id else None
        if earlier is not None and earlier.record != _record(wish):
            raise Conflict("attempt.other_under_same_id", id=wish.attempt_id)
        asking = Asking(venue_id=wish.venue_id, at=at, by=wish.by, chosen=wish.session_id)
        facts = replace(facts_of_locked(member, asking), is_paid_at_desk=wish.drop_in is not None)
        decision = decide_here(facts, policy_in_force(organization_id, wish.venue_id, at), at)
        if earlier is None and not isinstance(decision, Choose):
            attempt_id = _keep(organization_id, wish, _became(wish, decision), at)
            if isinstance(decision, Admitted):
                _welcome(organization_id, wish, decision, attempt_id, at)
        return decision


def undo(organization_id: str, visit_key: str, staff_id: str, because: str, at: datetime) -> None:
    """Staff take a check-in back: punch and place return. Undoing twice changes nothing.

    Raises `NotFound`, `Forbidden`, and `Invalid` without a reason.
    """
    if not because.strip():
        raise Invalid("undo.needs_a_reason")
    with writing():
        _require_staff(organization_id, staff_id)
        visit = VisitRow.get_or_none(VisitRow.id == visit_key, VisitRow.organization == organization_id)
        if visit is None:
            raise NotFound("visit.not_found", id=visit_key)
        lock_member(organization_id, visit.member_id)
        if not VisitRow.get_by_id(visit_key).is_live:
            return
        wish = AtTheDesk(
            venue_id=SessionRow.get_by_id(visit.session_id).venue_id,
            member_id=visit.member_id,
            session_id=visit.session_id,
            staff_id=staff_id,
            because=because,
        )
        found = {
            "kind": AttemptKind.UNDO.value,
            "outcome": Outcome.ABORTED.value,
            "reason": RefusalReason.UNDONE_BY_STAFF.value,
            "session": visit.session_id,
            "visit_key": visit_key,
        }
        attempt_id = _keep(organization_id, wish, found, at)
        cause = Cause(by=Method.STAFF, staff_id=staff_id, because=because, attempt_id=attempt_id)
        withdraw_all(visit_key, at, cause)


def _require_staff(organization_id: str, staff_id: str | None) -> None:
    if staff_id is not None and staff_in(organization_id, staff_id) is None:
        raise Forbidden("staff.unknown")


def _keep(organization_id: str, wish: AtTheDesk, found: dict[str, object], at: datetime) -> str:
    row = AttemptRow.create(
        id=wish.attempt_id or new_id(at),
        organization=organization_id,
        venue=wish.venue_id,
        member=wish.member_id,
        staff=wish.staff_id,
        state=AttemptState.SERVER.value,
        effect=Effect.APPLIED.value,
        record=_record(wish),
        happened_at=at,
        received_at=at,
        decided_at=at,
        **found,
    )
    return str(row.id)


def _record(wish: AtTheDesk) -> str:
    """Without what is not there, so that it is the same as an older make of Tessera wrote it."""
    given = asdict(wish)
    if wish.drop_in is None:
        del given["drop_in"]
    return json.dumps(given, sort_keys=True)


def _became(wish: AtTheDesk, decision: Admitted | Refused) -> dict[str, object]:
    kind = (AttemptKind.STAFF if wish.staff_id else AttemptKind.SELF).value
    session = decision.session.id if decision.session else None
    if isinstance(decision, Refused):
        outcome, reason = Outcome.REFUSED.value, decision.reason.value
        return {"kind": kind, "outcome": outcome, "reason": reason, "session": session}
    return {"kind": kind, "outcome": Outcome.WELCOME.value, "session": session, "visit_key": decision.visit_key}


def _welcome(organization_id: str, wish: AtTheDesk, decision: Admitted, attempt_id: str, at: datetime) -> None:
    because = wish.because or ("checked in by staff" if wish.staff_id else "checked in from the app")
    word = Welcome(
        organization_id=organization_id,
        attempt_id=attempt_id,
        visit_key=decision.visit_key,
        member_id=decision.member_id,
        session_id=decision.session.id,
        reservation_id=decision.reservation_id,
        pass_id=decision.pass_id,
        method=wish.by,
        drop_in=wish.drop_in,
    )
    welcome(word, at, Cause(by=wish.by, staff_id=wish.staff_id, because=because, attempt_id=attempt_id))
