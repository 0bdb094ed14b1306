"""The face of a kiosk with nobody before it, as things stand: waiting, reading, unpaired, out of order.

It refuses to know who was here before and for how long; the greeter does.
"""

from dataclasses import dataclass
from datetime import timedelta

from core.facts import is_near
from core.finding import Finding
from core.model import Method
from kiosk import faces
from kiosk.camera.health import CameraState
from kiosk.camera.reading import Corners
from kiosk.desk import Desk
from kiosk.desk_health import DeskHealth
from kiosk.faces import Face, Hint, Line, Modes, PairingTrouble, Reading, Stand, Stay, Trouble, Upcoming, Waiting
from kiosk.pairing import Promised
from kiosk.troubles import trouble_of

SHOWN_AT_ONCE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What the greeter knows besides the desk. `undo`: of the answer before; `following`: a code still in view."""

    promised: Promised | None = None
    pairing_trouble: PairingTrouble | None = None
    camera: CameraState | None = None
    undo: Stay | None = None
    following: Reading | None = None


def stand_at(desk: Desk, language: str, modes: Modes) -> Stand:
    """Whose door this is, and how it speaks."""
    venue = desk.store.replica.venue
    return Stand(
        organization=venue.organization_name or venue.name,
        zone=venue.zone,
        language=language,
        colour=venue.colour,
        line=Line.CONNECTED if desk.is_online else Line.ALONE,
        modes=modes,
    )


def resting_face(desk: Desk, health: DeskHealth, stand: Stand, around: Surroundings) -> Face:
    """What is to be seen while nobody is answered."""
    if promised := around.promised:
        return faces.Confirming(
            stand=stand,
            sign=promised.sign,
            organization=promised.organization,
            venue=promised.venue,
            is_agreed=promised.is_agreed,
        )
    if not health.is_paired:
        return faces.NotPaired(stand=stand, trouble=around.pairing_trouble)
    if trouble := trouble_of(health, around.camera):
        may_scan = trouble not in (Trouble.REVOKED, Trouble.NO_MEMBER_LIST, Trouble.BY_STAFF)
        return faces.OutOfOrder(stand=stand, trouble=trouble, may_scan=may_scan, undo=around.undo)
    if around.following:
        return around.following
    return faces.Waiting(
        stand=stand,
        upcoming=upcoming_at(desk),
        undo=around.undo,
        out_of_touch=_out_of_touch(desk, health),
        may_find=desk.store.replica.policy.finding is not Finding.OFF,
    )


def reading_face(waiting: Waiting | Reading, hint: Hint, corners: Corners, size: tuple[int, int] | None) -> Reading:
    """A code in view, followed. `corners` in pixels of a frame of `size`; without a size nothing is outlined."""
    width, height = size or (16, 9)
    a, b, c, d = ((x / width, y / height) for x, y in corners)
    quad = (a, b, c, d) if size else None
    return Reading(
        stand=waiting.stand,
        hint=hint,
        quad=quad,
        frame_ratio=width / height,
        upcoming=waiting.upcoming,
        may_find=waiting.may_find,
    )


def upcoming_at(desk: Desk) -> tuple[Upcoming, ...]:
    """The next three sessions here, and those that go on."""
    replica, at = desk.store.replica, desk.time().at
    policy = replica.policy
    found = [
        Upcoming(session=session, window=policy.window(session, Method.SELF))
        for session in sorted(replica.sessions, key=lambda session: (session.starts_at, session.id))
        if at < session.ends_at and is_near(session, at) and not session.is_cancelled
    ]
    return tuple(found[:SHOWN_AT_ONCE])


def _out_of_touch(desk: Desk, health: DeskHealth) -> faces.OutOfTouch | None:
    """After as many hours as the server itself would call it silent."""
    silence = timedelta(seconds=health.last_contact_seconds or 0)
    if silence < desk.store.replica.policy.silent_kiosk_after:
        return None
    since_at = (health.time.at - silence).replace(second=0, microsecond=0)
    return faces.OutOfTouch(since_at=since_at, waiting=health.waiting)
