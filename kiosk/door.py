"""Opens the door on a welcome and lights a lamp for each answer, beside the screen and never before its eyes.

It refuses to wait: whoever stands there sees the answer at once. What fails is counted, logged with a reference and
told in the kiosk's health; what would come too late is not done at all, since by then nobody is watching the door.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, Full, Queue, SimpleQueue
from threading import Event, Lock, Thread
from typing import Protocol

from core.decisions import Admitted, Choose, Decision, Refused
from core.health import HealthWord as W
from core.refusals import PRIVATE_REASONS, RefusalReason
from kiosk.desk import Shown
from kiosk.door_settings import LAMPS, DoorSettings, Sign

log = logging.getLogger(__name__)

WISHES_AT_MOST = 4
HANGING_AT_MOST = 3
"""Requests that were given up and still hang. Beyond them nothing new is begun, so that nothing piles up."""
TICK = 0.1


class DoorTrouble(Exception):
    """A lock or lamp did not do what it was asked. Its text says why, in half a sentence, without a secret."""


class Actor(Protocol):
    """A lock or a lamp. Called from a thread of its own, one call at a time as long as none hangs."""

    def act(self, sign: Sign) -> None:
        """Raises DoorTrouble. May hang: whoever calls gives up by themselves."""

    def rest(self) -> None:
        """Go out, where that is not by itself: another lamp is lit now."""


def lamp_of(decision: Decision) -> Sign | None:
    """The family of an answer; None for a question. An answer that is private counts as wait: someone is coming."""
    match decision:
        case Admitted():
            return Sign.GOOD
        case Refused(reason=reason):
            return Sign.WAIT if reason is RefusalReason.TOO_EARLY or reason in PRIVATE_REASONS else Sign.NO
        case Choose():
            return None


def opens(decision: Decision, settings: DoorSettings) -> bool:
    """Whether the door is for whoever was answered so: never after a refusal."""
    return isinstance(decision, Admitted) and (decision.again_since is None or settings.opens_again)


@dataclass(frozen=True, slots=True)
class _Wish:
    sign: Sign
    until: float


class Outlet:
    """One lock or lamp with its thread. `clock` gives monotonic seconds, `reference` a fresh number for the log."""

    def __init__(
        self, name: str, actor: Actor, *, timeout: float, clock: Callable[[], float], reference: Callable[[], str]
    ) -> None:
        self._name = name
        self._actor = actor
        self._timeout = timeout
        self._clock = clock
        self._reference_of = reference
        self._wishes: Queue[_Wish] = Queue(WISHES_AT_MOST)
        self._hanging: list[Thread] = []
        self._lock = Lock()
        self.has_worked = False
        self.failed = 0
        """Times in a row."""
        self.reference = ""

    def wish(self, sign: Sign) -> None:
        """Do this soon, or within the timeout not at all. Returns at once."""
        try:
            self._wishes.put_nowait(_Wish(sign, self._clock() + self._timeout))
        except Full:
            self._has_failed("too much is asked of it at once")

    def rest(self) -> None:
        self._actor.rest()

    def run(self, stopping: Event) -> None:
        """Do what is wished, until `stopping`."""
        while not stopping.is_set():
            try:
                wish = self._wishes.get(timeout=TICK)
            except Empty:
                continue
            self.do(wish)

    def do(self, wish: _Wish) -> None:
        """One wish: it works, or it is given up in time and counted."""
        left = wish.until - self._clock()
        self._hanging = [thread for thread in self._hanging if thread.is_alive()]
        if left <= 0:
            self._has_failed("its turn came too late")
        elif len(self._hanging) >= HANGING_AT_MOST:
            self._has_failed("the last ones still hang")
        elif why := self._tried(wish.sign, left):
            self._has_failed(why)
        else:
            self._has_worked()

    def _tried(self, sign: Sign, seconds: float) -> str:
        """Why it did not work; empty if it did."""
        done: SimpleQueue[str] = SimpleQueue()

        def work() -> None:
            try:
                self._actor.act(sign)
            except DoorTrouble as trouble:
                done.put(str(trouble))
            except Exception as failure:
                log.exception("The %s stumbled", self._name)
                done.put(type(failure).__name__)
            else:
                done.put("")

        thread = Thread(target=work, name=f"kiosk-{self._name}", daemon=True)
        thread.start()
        try:
            return done.get(timeout=seconds)
        except Empty:
            self._hanging.append(thread)
            return "no answer in time"

    def _has_worked(self) -> None:
        with self._lock:
            if self.failed:
                log.info("The %s works again", self._name)
            self.has_worked, self.failed, self.reference = True, 0, ""

    def _has_failed(self, why: str) -> None:
        with self._lock:
            self.failed += 1
            self.reference = self._reference_of()
            log.error(
                "The %s did not work: %s (reference %s, %d in a row)", self._name, why, self.reference, self.failed
            )


class Doorkeeper:
    """Hears every answer of the desk. `outlets` by sign; a sign without one is nothing to do."""

    def __init__(self, settings: DoorSettings, outlets: Mapping[Sign, Outlet], *, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._outlets = outlets
        self._clock = clock
        self._opened: dict[str, float] = {}
        self._lock = Lock()

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        return tuple(self._outlets.values())

    @property
    def door(self) -> Outlet | None:
        """The lock; None: this kiosk has none."""
        return self._outlets.get(Sign.OPEN)

    def answered(self, shown: Shown) -> None:
        """What somebody is being shown. Returns at once."""
        decision = shown.decision
        if isinstance(decision, Admitted) and self._may_open(decision):
            self._outlets[Sign.OPEN].wish(Sign.OPEN)
        if lamp := lamp_of(decision):
            for other in LAMPS:
                if other is not lamp and other in self._outlets:
                    self._outlets[other].rest()
            if lamp in self._outlets:
                self._outlets[lamp].wish(lamp)

    def _may_open(self, decision: Admitted) -> bool:
        """Not twice for one visit while the door is still open from the first time."""
        if Sign.OPEN not in self._outlets or not opens(decision, self._settings):
            return False
        with self._lock:
            now, held = self._clock(), self._settings.held.total_seconds()
            self._opened = {visit: at for visit, at in self._opened.items() if now - at < held}
            if decision.visit_key in self._opened:
                return False
            self._opened[decision.visit_key] = now
            return True

    def as_health(self) -> dict[str, str]:
        """Only what there is: a kiosk without a door says nothing of it."""
        told: dict[str, str] = {}
        if self.door:
            told |= _told((self.door,), W.DOOR, W.DOOR_FAILED, W.DOOR_REFERENCE)
        if lamps := tuple(self._outlets[sign] for sign in LAMPS if sign in self._outlets):
            told |= _told(lamps, W.LAMP, W.LAMP_FAILED, W.LAMP_REFERENCE)
        return told


def _told(outlets: tuple[Outlet, ...], how: W, failed: W, reference: W) -> dict[str, str]:
    failing = [outlet for outlet in outlets if outlet.failed]
    if not failing:
        return {how.value: "ok" if any(outlet.has_worked for outlet in outlets) else "unused"}
    worst = max(failing, key=lambda outlet: outlet.failed)
    return {how.value: "failing", failed.value: str(worst.failed), reference.value: worst.reference}
