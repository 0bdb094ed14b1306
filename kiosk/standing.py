"""How the kiosk stands, as plain texts: for the server's list of devices and for whoever looks at `/health`."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core.health import HealthWord as W
from kiosk.camera.scanner import Scanner
from kiosk.camera.sources import looks_like_a_stream
from kiosk.desk import Desk
from kiosk.faces import OutOfOrder, StaffIsComing, Trouble
from kiosk.greeter import Greeter
from kiosk.store.database import SQLITE_VERSION


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """What does not change while the kiosk runs. `disk_free` gives bytes, None where the disk does not even say that.

    `camera_source` is the kind of camera, not its address.
    """

    camera_source: str
    tessera: str
    sqlite: str
    disk_free: Callable[[], int | None]


def installation(camera: str, folder: Path) -> Installation:
    """The one of this machine. `camera` as in the settings."""
    return Installation(
        camera_source=kind_of_camera(camera),
        tessera=_version(),
        sqlite=SQLITE_VERSION,
        disk_free=lambda: _free_in(folder),
    )


def kind_of_camera(camera: str) -> str:
    """`demo`, `none`, `browser`, `stream`, `device` or `file`."""
    camera = camera.strip()
    if camera.lower() in ("demo", "none", "browser"):
        return camera.lower()
    if looks_like_a_stream(camera):
        return "stream"
    return "device" if camera.startswith("/dev/") or camera.isdecimal() else "file"


def health_told(desk: Desk, greeter: Greeter, scanner: Scanner, here: Installation) -> dict[str, str]:
    """What a heartbeat says besides its own numbers. The words are `core.health.HealthWord`."""
    health, free, face = desk.health(), here.disk_free(), greeter.face
    is_failing = free is None or (isinstance(face, OutOfOrder) and face.trouble is Trouble.DISK)
    told: dict[str, str] = {
        W.CAMERA: scanner.state.value if scanner.state else "STARTING",
        W.CAMERA_SOURCE: here.camera_source,
        W.UNSENT: str(health.waiting),
        W.ONLINE: "yes" if health.is_online else "no",
        W.DISK: "failing" if is_failing else "ok",
        W.CLOCK: health.time.quality.value,
        W.INTERRUPTED: str(health.interrupted),
        W.SQLITE: here.sqlite,
        W.TESSERA: here.tessera,
        **greeter.latencies.as_health(),
    }
    if free is not None:
        told[W.DISK_FREE] = str(free)
    if health.list_age is not None:
        told[W.LIST_AGE] = f"{health.list_age.total_seconds():.0f}"
    if health.set_aside:
        told[W.DAMAGED_FILE] = health.set_aside
    if isinstance(face, StaffIsComing):
        told[W.HELP_CALLED] = str(face.number)
    return {str(word): text for word, text in told.items()}


def health_shown(desk: Desk, greeter: Greeter, scanner: Scanner, here: Installation) -> dict[str, object]:
    """The same and the desk's own, for this machine only: no token, no name, no card."""
    health = desk.health()
    return {
        **health_told(desk, greeter, scanner, here),
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
    }


def _free_in(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _version() -> str:
    try:
        return version("tessera")
    except PackageNotFoundError:
        return ""
