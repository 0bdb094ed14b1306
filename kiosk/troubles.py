"""What keeps this kiosk from doing its work just now, in the order in which it is said. It refuses to show it."""

from core.protocol import ClockQuality
from kiosk.camera.health import CameraState
from kiosk.desk_health import DeskHealth
from kiosk.faces import Trouble

TROUBLES_OF_THE_CAMERA = frozenset({CameraState.MISSING, CameraState.STALLED, CameraState.BLACK})


def trouble_of(health: DeskHealth, camera: CameraState | None) -> Trouble | None:
    """None: it can serve. Of a disk that fails nobody hears before something is written."""
    if health.rejected_as:
        return Trouble.REVOKED
    if health.is_out_of_order:
        return Trouble.BY_STAFF
    if health.list_age is None and not health.is_online:
        return Trouble.NO_MEMBER_LIST
    if health.time.quality is ClockQuality.UNSURE:
        return Trouble.CLOCK
    if camera in TROUBLES_OF_THE_CAMERA:
        return Trouble.CAMERA
    return None
