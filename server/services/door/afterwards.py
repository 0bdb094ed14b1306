"""Staff say after a session that a member was there, whom nobody checked in and the night noted as missing."""

import json
from datetime import datetime

from core.model import Method, ReservationStatus
from core.protocol import AttemptKind, AttemptState, Effect, Outcome
from core.visits import visit_key
from server.services.door import history
from server.services.door.causes import Cause
from server.services.door.day import sessions_with_ids
from server.services.door.places import lock_session
from server.services.door.undoing import undo_no_show
from server.services.door.welcoming import Welcome, welcome
from server.store.ids import new_id
from server.store.tables import AttemptRow, ReservationRow, VisitRow

CAME_OTHERWISE = "REPLACED"
"""The step in a reservation's history: a visit on another place is what happened."""


def check_in_afterwards(
    place: ReservationRow, staff_id: str | None, cause: Cause, at: datetime, **metadata: object
) -> VisitRow:
    """The visit, as of the session's start; whatever the absence cost is taken back first, and written down as of now.

    No rule of the door is asked: whoever was there was there. The same settling takes the punch, which may overdraw a
    pass that was used up since; the inbox then says so. A visit that is there already is the one. The member is locked.
    """
    session = lock_session(place.session_id)
    undo_no_show(place, at, cause, **metadata)
    VisitRow.update({VisitRow.reservation: place.id}).where(
        VisitRow.member == place.member_id,
        VisitRow.session == place.session_id,
        VisitRow.is_live,
        VisitRow.reservation.is_null(),
    ).execute()
    seen = sessions_with_ids(place.organization_id, [session.id])[session.id]
    key = visit_key(member_id=place.member_id, session=seen, reservation_id=place.id, at=session.starts_at)
    attempt = AttemptRow.create(
        id=new_id(at),
        organization=place.organization_id,
        venue=session.venue_id,
        kind=AttemptKind.STAFF.value,
        member=place.member_id,
        session=place.session_id,
        visit_key=key,
        staff=staff_id,
        state=AttemptState.SERVER.value,
        outcome=Outcome.WELCOME.value,
        effect=Effect.APPLIED.value,
        record=json.dumps({"afterwards": True, "reservation_id": place.id, **metadata}, sort_keys=True),
        happened_at=session.starts_at,
        received_at=at,
        decided_at=at,
    )
    word = Welcome(
        organization_id=place.organization_id,
        attempt_id=attempt.id,
        visit_key=key,
        member_id=place.member_id,
        session_id=place.session_id,
        reservation_id=place.id,
        pass_id=place.pass_id,
        method=Method.STAFF,
    )
    told = Cause(by=cause.by, staff_id=cause.staff_id, because=cause.because, attempt_id=attempt.id)
    visit = welcome(word, session.starts_at, told, noted_at=at)
    left = ReservationRow.get_by_id(place.id)
    if left.status == ReservationStatus.NO_SHOW.value:
        # The visit belongs to another place of theirs in this session: this one was never needed.
        left.cancelled_at, left.cancelled_because = at, cause.because
        history.move(left, ReservationStatus.CANCELLED, at, told, action=CAME_OTHERWISE)
    return visit
