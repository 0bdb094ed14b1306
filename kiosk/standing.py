"""How the kiosk stands, as plain texts: for the server's list of devices and for whoever looks at `/health`."""

from kiosk.camera.scanner import Scanner
from kiosk.desk import Desk
from kiosk.faces import StaffIsComing
from kiosk.greeter import Greeter


def health_told(greeter: Greeter, scanner: Scanner) -> dict[str, str]:
    """What a heartbeat says besides its own numbers: camera, waits, and whether somebody asks for help."""
    told = {"camera": scanner.state.value if scanner.state else "STARTING", **greeter.latencies.as_health()}
    face = greeter.face
    if isinstance(face, StaffIsComing):
        told["help_called"] = str(face.number)
    return told


def health_shown(desk: Desk, greeter: Greeter, scanner: Scanner) -> dict[str, object]:
    """The same and the desk's own, for this machine only: no token, no name, no card."""
    health = desk.health()
    return {
        "status": "ok",
        "face": type(greeter.face).__name__,
        "paired": health.is_paired,
        "online": health.is_online,
        "rejected_as": health.rejected_as,
        "last_contact_seconds": health.last_contact_seconds,
        "waiting_to_be_told": health.waiting,
        "members": health.members,
        "list_age_seconds": health.list_age.total_seconds() if health.list_age is not None else None,
        "clock": health.time.quality.value,
        "interrupted_attempts": health.interrupted,
        "damaged_file": health.set_aside,
        **health_told(greeter, scanner),
    }
