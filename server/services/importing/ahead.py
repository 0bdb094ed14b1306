"""Places that a dry run has imagined so far: each further one is decided as if they were taken.

What a waiting list would be offered meanwhile is not imagined: whoever waits has the free places first when it is done.
"""

from dataclasses import replace
from datetime import datetime

from core import reserving
from core.decisions import Refused
from core.facts import Facts
from core.model import Reservation, ReservationStatus, Session
from server.services.door.places import as_free_for
from server.services.door.policies import policy_in_force
from server.services.reserving.asked import facts_for_place
from server.services.reserving.finding import session_of


class PlacesImagined:
    """Of one organization, as of one moment."""

    def __init__(self, organization_id: str, at: datetime) -> None:
        self._organization_id, self._at = organization_id, at
        self._taken: dict[str, int] = {}
        self._theirs: dict[str, list[tuple[Reservation, Session]]] = {}

    def reserve(self, member_id: str, session_id: str) -> Refused | None:
        """Imagine it taken, or say why it would not be. Inside `reading()`. Raises `NotFound`."""
        session = session_of(self._organization_id, session_id)
        session = replace(session, taken=session.taken + self._taken.get(session_id, 0))
        (session,) = as_free_for(member_id, [session])
        facts, _ = facts_for_place(self._organization_id, member_id, session_id, None, self._at)
        policy = policy_in_force(self._organization_id, session.venue_id, self._at)
        decided = reserving.reserve(self._with_theirs(facts, member_id), session, policy, self._at)
        if isinstance(decided, Refused):
            return decided
        theirs = self._theirs.setdefault(member_id, [])
        reservation = Reservation(
            id=f"imagined {len(theirs)}",
            session_id=session_id,
            pass_id=decided.paid_by.id,
            status=ReservationStatus.PENDING,
            has_hold=decided.takes_hold,
        )
        theirs.append((reservation, session))
        self._taken[session_id] = self._taken.get(session_id, 0) + 1
        return None

    def _with_theirs(self, facts: Facts, member_id: str) -> Facts:
        theirs = self._theirs.get(member_id, [])
        held = [reservation.pass_id for reservation, _ in theirs if reservation.has_hold]
        known = {session.id for session in facts.sessions}
        return replace(
            facts,
            reservations=(*facts.reservations, *(reservation for reservation, _ in theirs)),
            sessions=(*facts.sessions, *(session for _, session in theirs if session.id not in known)),
            passes=tuple(replace(one, punches_held=one.punches_held + held.count(one.id)) for one in facts.passes),
        )
