"""From what the desk decided to the face that says so, and how long it stays. Pure: the instant is passed in.

It refuses to let a private reason onto the screen.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from core import decisions
from core.model import Session
from core.refusals import PRIVATE_REASONS, RefusalReason
from kiosk import faces
from kiosk.desk import UNDO_WITHIN, Shown
from kiosk.faces import Face, Stand, Stay, Trouble
from kiosk.stand import stay

WELCOME, ALREADY_IN, CHOOSE, NOT_YET, NO, STAFF, UNDONE = 4, 4, 30, 8, 8, 60, 4
"""Seconds each face stays. The next card never waits for them."""

Staying = faces.Welcome | faces.AlreadyIn | faces.Choose | faces.NotYet | faces.No | faces.Undone | faces.StaffIsComing
"""Faces that leave by themselves."""


def patient(face: Face, times: int) -> Face:
    """The same face for those who need more time: it stays, and can be undone, so many times as long."""
    if times == 1 or not isinstance(face, Staying):
        return face
    if isinstance(face, faces.Welcome):
        face = replace(face, undo=_longer(face.undo, times) if face.undo else None)
    return replace(face, stay=_longer(face.stay, times))


def _longer(given: Stay, times: int) -> Stay:
    more = timedelta(seconds=given.seconds * (times - 1))
    return replace(given, until_at=given.until_at + more, seconds=given.seconds * times)


def face_for(shown: Shown, stand: Stand) -> Face:
    """What the person whose card was shown is to see."""
    at, name = shown.time.at, shown.person.first_name if shown.person else ""
    match shown.decision:
        case decisions.Admitted(again_since=None) as admitted:
            return faces.Welcome(
                stand=stand,
                first_name=name,
                session=admitted.session,
                pass_title=admitted.pass_title,
                punches_before=admitted.punches_before,
                punches_after=admitted.punches_after,
                punches_included=admitted.punches_included,
                is_late=admitted.is_late,
                undo=stay(at, UNDO_WITHIN),
                also=admitted.also,
                stay=stay(at, WELCOME),
            )
        case decisions.Admitted() as admitted:
            return faces.AlreadyIn(
                stand=stand,
                first_name=name,
                session=admitted.session,
                since_at=admitted.again_since or at,
                also=admitted.also,
                stay=stay(at, ALREADY_IN),
            )
        case decisions.Choose(sessions=sessions):
            return faces.Choose(stand=stand, first_name=name, options=sessions, stay=stay(at, CHOOSE))
        case decisions.Refused() as refused:
            return _refusal(refused, shown.number, name, stand, at)


def face_for_failure(stand: Stand, reference: str, number: int, at: datetime, *, is_disk: bool) -> Face:
    """What a person sees when the kiosk itself could not do what it should; `reference` stands in the log."""
    if is_disk:
        return faces.OutOfOrder(stand=stand, trouble=Trouble.DISK, reference=reference)
    return faces.StaffIsComing(stand=stand, number=number, stay=stay(at, STAFF))


def lasting(face: Face, patience: int) -> float:
    """How many seconds it stays by itself; one that does not say so stays as long as a refusal."""
    return face.stay.seconds if isinstance(face, Staying) else NO * patience


def has(sessions: tuple[Session, ...], session_id: str) -> bool:
    """Whether the one that was tapped is among those that were shown."""
    return any(session.id == session_id for session in sessions)


def _refusal(refused: decisions.Refused, number: int, name: str, stand: Stand, at: datetime) -> Face:
    if refused.reason in PRIVATE_REASONS:
        return faces.StaffIsComing(stand=stand, number=number, stay=stay(at, STAFF))
    if refused.reason is RefusalReason.TOO_EARLY and refused.session and refused.until:
        return faces.NotYet(
            stand=stand, first_name=name, session=refused.session, opens_at=refused.until, stay=stay(at, NOT_YET)
        )
    return faces.No(
        stand=stand,
        reason=refused.reason,
        first_name=name,
        session=refused.session,
        until_at=refused.until,
        stay=stay(at, NO),
    )
