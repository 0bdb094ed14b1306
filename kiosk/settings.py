"""What differs between kiosks, read once: options that were given, else the environment, else a default.

This is the only place in the kiosk that reads the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from core.errors import Invalid
from kiosk.door_settings import NO_DOOR, DoorSettings, door_settings
from kiosk.modes import Modes, modes_named

N = TypeVar("N", int, float)

DEFAULT_PORT = 8090
DEFAULT_CAMERA = "0"
ASK_DEADLINE = 0.8
NEVER = "never"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_SERVER = "http://127.0.0.1:8080"


@dataclass(frozen=True, kw_only=True, slots=True)
class KioskSettings:
    """`data` is the kiosk's own folder; `server` the server's address; `camera` as `kiosk.camera.named` reads it.

    `pairing_code` is a pairing code to use at this start, if the kiosk is not paired; `ask_deadline` is in seconds.
    `printer` is the system's name of a printer, `default` for the system's own, empty for none.
    Each morning the kiosk tests itself, at `self_test_at` by the wall clock or else before the first session.
    `notify_socket` and `watchdog` are what systemd says to a service of `Type=notify`.
    """

    data: Path
    server: str = DEFAULT_SERVER
    camera: str = DEFAULT_CAMERA
    demo_cards: Path | None = None
    port: int = DEFAULT_PORT
    ask_deadline: float = ASK_DEADLINE
    pairing_code: str = ""
    name: str = "Kiosk"
    language: str = "en"
    easier: Modes = field(default_factory=Modes)
    door: DoorSettings = NO_DOOR
    printer: str = ""
    self_test_at: time | None = None
    is_self_tested: bool = True
    notify_socket: str = ""
    watchdog: timedelta | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.server)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Invalid("settings.not_understood", name="TESSERA_SERVER", given=self.server[:80])
        if not 0 < self.port < 65536:
            raise Invalid("settings.not_understood", name="TESSERA_KIOSK_PORT", given=str(self.port))
        if not 0 < self.ask_deadline <= 10:
            raise Invalid("settings.not_understood", name="TESSERA_ASK_DEADLINE", given=f"{self.ask_deadline:g}")

    @classmethod
    def from_environment(
        cls,
        *,
        server: str | None = None,
        camera: str | None = None,
        port: int | None = None,
        pairing_code: str | None = None,
        data: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> "KioskSettings":
        """The settings; an option given as None counts as not given. Raises `Invalid`."""
        found = os.environ if environment is None else environment
        if (host := found.get("TESSERA_KIOSK_HOST")) not in (None, "", *LOOPBACK):
            raise Invalid("settings.kiosk_is_only_here", given=str(host)[:80])
        demo_cards = found.get("TESSERA_DEMO_CARDS")
        home = Path.home() / ".local" / "share" / "tessera-kiosk"
        return cls(
            data=data or Path(found.get("TESSERA_KIOSK_DATA") or home),
            server=server or found.get("TESSERA_SERVER") or DEFAULT_SERVER,
            camera=camera or found.get("TESSERA_CAMERA") or DEFAULT_CAMERA,
            demo_cards=Path(demo_cards) if demo_cards else None,
            port=port or _number(found, "TESSERA_KIOSK_PORT", int, DEFAULT_PORT),
            ask_deadline=_number(found, "TESSERA_ASK_DEADLINE", float, ASK_DEADLINE),
            pairing_code=pairing_code or found.get("TESSERA_PAIRING_CODE") or "",
            name=found.get("TESSERA_KIOSK_NAME") or "Kiosk",
            language=found.get("TESSERA_LANGUAGE") or "en",
            easier=_modes(found, "TESSERA_EASIER"),
            door=door_settings(found),
            printer=(found.get("TESSERA_PRINTER") or "").strip(),
            self_test_at=_clock(found, "TESSERA_SELF_TEST_AT"),
            is_self_tested=found.get("TESSERA_SELF_TEST_AT") != NEVER,
            notify_socket=found.get("NOTIFY_SOCKET") or "",
            watchdog=timedelta(microseconds=_number(found, "WATCHDOG_USEC", int, 0)) or None,
        )


def _modes(found: Mapping[str, str], name: str) -> Modes:
    text = found.get(name, "")
    try:
        return modes_named(text.replace(",", " ").split())
    except KeyError:
        raise Invalid("settings.not_understood", name=name, given=text[:40]) from None


def _clock(found: Mapping[str, str], name: str) -> time | None:
    """`07:15`; None for nothing and for never."""
    text = found.get(name) or NEVER
    if text == NEVER:
        return None
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 -- a wall clock's time has no zone
    except ValueError:
        raise Invalid("settings.not_understood", name=name, given=text[:40]) from None


def _number(found: Mapping[str, str], name: str, kind: type[N], default: N) -> N:
    text = found.get(name)
    if not text:
        return default
    try:
        return kind(text)
    except ValueError:
        raise Invalid("settings.not_understood", name=name, given=text[:40]) from None
