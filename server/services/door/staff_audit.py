"""The trail of what staff did at kiosks: written as it is heard, once for each attempt, and never taken away."""

from datetime import datetime
from enum import StrEnum

from core import acts
from core.acts import Act
from core.protocol import Attempt
from server.services.door.attempts import member_in, session_in, staff_in
from server.services.door.kiosks import KnownKiosk
from server.store.tables import StaffActRow
from server.store.tables_door import VISIT_KEY_LENGTH


class CameOf(StrEnum):
    """What an act did. Each has a sentence under `staff.came_of.<value>`."""

    DONE = "DONE"
    WITHOUT_EFFECT = "WITHOUT_EFFECT"
    REFUSED = "REFUSED"
    DISPUTED = "DISPUTED"
    HELD_BACK = "HELD_BACK"


def note_act(
    kiosk: KnownKiosk, attempt: Attempt, came_of: CameOf, happened_at: datetime, noted_at: datetime, *, why: str = ""
) -> None:
    """Write it down, or what became of it since: one that was held back may be taken in later. In a transaction."""
    act = attempt.act
    if act is None:
        return
    found = {StaffActRow.came_of: came_of.value, StaffActRow.why: why}
    known = StaffActRow.update(found).where(
        StaffActRow.id == attempt.attempt_id, StaffActRow.organization == kiosk.organization_id
    )
    if known.execute():
        return
    StaffActRow.insert(
        id=attempt.attempt_id,
        organization=kiosk.organization_id,
        venue=kiosk.venue_id,
        device=kiosk.id,
        staff=staff_in(kiosk.organization_id, attempt.actor.staff_id),
        act=acts.word_of(act).value,
        member=member_in(kiosk.organization_id, acts.member_of(act)),
        session=session_in(kiosk.organization_id, _session_of(act) or attempt.session_id),
        subject=_subject_of(act)[:VISIT_KEY_LENGTH],
        because=act.because.strip(),
        proved_by=attempt.actor.proved_by,
        came_of=came_of.value,
        why=why,
        happened_at=happened_at,
        noted_at=noted_at,
    ).on_conflict_ignore().execute()


def _session_of(act: Act) -> str | None:
    return act.session_id if isinstance(act, acts.CheckIn | acts.Override) else None


def _subject_of(act: Act) -> str:
    match act:
        case acts.Undo(visit_key=key):
            return key
        case acts.Override(reason=reason):
            return reason.value
        case acts.MarkNoShow(reservation_id=id_):
            return id_
        case acts.LiftSuspension(suspension_id=id_):
            return id_
        case acts.HandOutCard(card=card):
            return card
        case _:
            return ""
