"""One place of a member: what it is, when they can check in, and what giving it up would cost just now."""

from dataclasses import dataclass
from datetime import datetime

from core import reserving
from core.model import Method
from core.policy import Window
from server.services.door.as_core import as_reservation
from server.services.door.policies import policy_in_force, policy_of_version
from server.services.people.rights import Right
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.finding import as_place, reservation_of, session_of
from server.services.reserving.values import Place
from server.store.database import reading
from server.store.tables import PassRow


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceShown:
    """`keeps_hold`: giving it up now comes too late for its punch to be free at once."""

    place: Place
    pass_title: str
    window: Window
    may_give_up: bool
    keeps_hold: bool


def place(visit: MemberVisit, reservation_id: str, at: datetime) -> PlaceShown:
    """A member's own reservation. Raises `NotFound`."""
    me = visit.asker.organization_id
    with reading():
        row = reservation_of(me, reservation_id, visit.asker, Right.SERVE)
        session = session_of(me, row.session_id)
        policy = policy_in_force(me, session.venue_id, at)
        made_under = policy_of_version(me, row.policy_version)
        return PlaceShown(
            place=as_place(row, session),
            pass_title=PassRow.get_by_id(row.pass_id).title,
            window=policy.window(session, Method.SELF),
            may_give_up=reserving.why_not_cancel(as_reservation(row), session, at) is None,
            keeps_hold=row.has_hold and reserving.cancel_keeps_hold(session, policy, at, made_under),
        )
