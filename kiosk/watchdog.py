"""Tells the system that started the kiosk that it is well, and falls silent when it is not, so that it is started anew.

It is well while the camera's thread turns (or there is none to turn), cards are answered, the greeter lets time go by,
and the page's loop goes round. A camera that is missing or black is known, shown and no reason to start anew; a thread
that hangs is.
"""

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock
from typing import TypeVar

from kiosk.camera.sources import Frame, Source, SourceEnded

log = logging.getLogger(__name__)
T = TypeVar("T")

HANGS_AFTER = 30.0
"""Seconds in which each part must have gone round once. A camera that is away is tried again every 10."""
CAMERA, CARDS, GREETER, PAGE = "the camera's thread", "the thread that answers cards", "the greeter", "the page's loop"
ALL = (CAMERA, CARDS, GREETER, PAGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beat:
    """One part: when it last went round (monotonic seconds), or that it has ended and is not meant to go on."""

    at: float
    has_ended: bool = False


def what_hangs(beats: dict[str, Beat], mono: float) -> tuple[str, ...]:
    """Which parts have not gone round for too long, in the order of `ALL`; one that was never heard hangs."""
    return tuple(name for name in ALL if name not in beats or _hangs(beats[name], mono))


def _hangs(beat: Beat, mono: float) -> bool:
    return not beat.has_ended and mono - beat.at >= HANGS_AFTER


class Watchdog:
    """Hears from each part and feeds the system's watchdog. `say` sends a line to it; `every` is its patience."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float], every: timedelta | None = None) -> None:
        self._say = say
        self._clock = clock
        self.pause = every.total_seconds() / 4 if every else 5.0
        """Seconds from one feed to the next: three may be lost."""
        begun = Beat(at=clock())
        self._beats = dict.fromkeys(ALL, begun)
        self._lock = Lock()
        self._told: tuple[str, ...] = ()

    def went_round(self, name: str) -> None:
        """This part is alive."""
        with self._lock:
            self._beats[name] = Beat(at=self._clock())

    def ended(self, name: str) -> None:
        """This part is over and not missed: a kiosk without a camera."""
        with self._lock:
            self._beats[name] = Beat(at=self._clock(), has_ended=True)

    def is_ready(self) -> None:
        """The screen is on the air."""
        self._say("READY=1")

    def is_stopping(self) -> None:
        self._say("STOPPING=1")

    def look(self) -> bool:
        """Feed, if nothing hangs; whether it was fed. What hangs is said once in the log and to the system."""
        with self._lock:
            hanging = what_hangs(self._beats, self._clock())
        if hanging != self._told:
            self._told = hanging
            if hanging:
                log.error("No sign of life from %s for %.0f s", " and ".join(hanging), HANGS_AFTER)
                self._say(f"STATUS=No sign of life from {' and '.join(hanging)}")
            else:
                self._say("STATUS=All is well")
        if not hanging:
            self._say("WATCHDOG=1")
        return not hanging

    def run(self, stopping: Event) -> None:
        """Look again and again until `stopping`."""
        while not stopping.wait(self.pause):
            self.look()


class WatchedSource:
    """A camera whose thread tells, each time it goes round, that it does; and which keeps its newest frame at hand."""

    def __init__(self, source: Source, watchdog: Watchdog) -> None:
        self._source = source
        self._watchdog = watchdog
        self.newest: Frame | None = None

    def open(self) -> None:
        self._turning(self._source.open)

    def read(self) -> Frame | None:
        frame = self._turning(self._source.read)
        self.newest = frame or self.newest
        return frame

    def close(self) -> None:
        self._source.close()

    def _turning(self, work: Callable[[], T]) -> T:
        try:
            result = work()
        except SourceEnded:
            self._watchdog.ended(CAMERA)
            raise
        except OSError:
            self._watchdog.went_round(CAMERA)
            raise
        self._watchdog.went_round(CAMERA)
        return result


def line_to(address: str) -> Callable[[str], None]:
    """Sends lines to systemd's socket (`NOTIFY_SOCKET`; `@` is the abstract kind). Empty: to nobody.

    A system that does not listen is no reason to stop serving cards: that is logged once.
    """
    if not address:
        return lambda line: None
    to = "\0" + address[1:] if address.startswith("@") else address
    has_failed = Event()

    def send(line: str) -> None:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.settimeout(1.0)
                out.sendto(line.encode("utf-8"), to)
        except OSError as why:
            if not has_failed.is_set():
                log.warning("The system's watchdog cannot be told anything: %s", why)
                has_failed.set()

    return send
