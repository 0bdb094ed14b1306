"""The kiosk looks at itself: every morning before it opens, and whenever staff hold the test card to its camera.

Each look is signed, kept in the kiosk's file and told to the server with every heartbeat. It refuses to open the door
for a trial, and to stand in the way of a member's card.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from queue import Empty, SimpleQueue
from threading import Event

from core import clocktime, selftest
from core.errors import Invalid
from core.health import HealthWord
from core.selftest import TEST_CARD, Finding, SelfTest, is_test_card, key_of_token
from kiosk import selftest_checks as checks
from kiosk.camera.decoder import Decoder
from kiosk.camera.health import CameraState
from kiosk.camera.sources import Frame
from kiosk.conversation import CARD, Conversation, Opening
from kiosk.desk import Desk
from kiosk.door import Doorkeeper
from kiosk.faces import OutOfOrder, Waiting
from kiosk.selftest_measures import sight_of, writing_in
from kiosk.selftest_talk import SelfTestTalk
from kiosk.selftest_when import due_at, is_due
from kiosk.store.database import DISK_FAILURES
from kiosk.timekeeping import Moment

log = logging.getLogger(__name__)

OPEN = "test.open"
MORNING = "morning"
LOOKED_EVERY = 1.0
"""Seconds between two looks whether something is due or to be written."""
TEST_CARD_READ = TEST_CARD.encode("ascii")


@dataclass(frozen=True, kw_only=True, slots=True)
class Plugs:
    """What a self-test looks at. `newest` is the camera's last frame; `ask_to_open` shows the test on the screen.

    `fixed`: every morning at this time by the wall clock; else before the first session.
    """

    desk: Desk
    door: Doorkeeper
    now: Callable[[], Moment]
    state: Callable[[], CameraState | None]
    newest: Callable[[], Frame | None]
    disk_free: Callable[[], int | None]
    ask_to_open: Callable[[], None]
    fixed: time | None = None
    is_wanted: bool = True


class SelfTests:
    """One for each kiosk. Call `run` in a thread of its own."""

    def __init__(self, plugs: Plugs) -> None:
        self._plugs = plugs
        self._decoder = Decoder()
        self._to_keep: SimpleQueue[SelfTest] = SimpleQueue()
        self._text = plugs.desk.store.self_tests.newest()

    def opener(self, opening: Opening) -> Conversation | None:
        """The test card opens it, or a tap of staff's, or the morning where nobody stands there."""
        is_card = opening.what == CARD and is_test_card(opening.value)
        is_asked = opening.what == OPEN
        if not is_card and not is_asked:
            return None
        is_morning = is_asked and opening.value == MORNING
        if is_morning and not isinstance(opening.seen, (Waiting, OutOfOrder)):
            return None
        return SelfTestTalk(self, opening, is_attended=not is_morning)

    def measured(self) -> tuple[Finding, ...]:
        """Everything but the sound. Waits for the disk and for one thorough look at the picture."""
        plugs = self._plugs
        writing = writing_in(plugs.desk.store.folder, lambda: plugs.now().mono, plugs.disk_free)
        found = [*self.seen(), checks.of_disk(writing), *checks.of_knowledge(self._knowledge())]
        if (door := plugs.door.door) is not None:
            found.append(checks.of_door(door.has_worked, door.failed))
        return tuple(found)

    def seen(self) -> tuple[Finding, ...]:
        """Camera, focus and light, as of the newest frame."""
        plugs, frame = self._plugs, self._plugs.newest()
        sight = sight_of(
            frame.image if frame else None, plugs.state(), decoder=self._decoder, wanted=TEST_CARD_READ,
            clock=lambda: plugs.now().mono,
        )  # fmt: skip
        return checks.of_sight(sight)

    def at(self) -> datetime:
        """The best time there is."""
        return self._plugs.desk.time().at

    def conclude(self, findings: tuple[Finding, ...], *, is_attended: bool, at: datetime) -> None:
        """This is how it ended. Returns at once; it is signed, kept and told from another thread."""
        identity = self._plugs.desk.store.identity
        if identity is not None:
            self._to_keep.put(
                SelfTest(device_id=identity.device_id, at=at, is_attended=is_attended, findings=findings)
            )  # fmt: skip

    def run(self, stopping: Event) -> None:
        """Keep what was concluded, and begin each morning, until `stopping`."""
        while not stopping.wait(LOOKED_EVERY):
            self.look()

    def look(self) -> None:
        """Write down what was concluded; begin if it is due."""
        try:
            self._keep(self._to_keep.get_nowait())
        except Empty:
            if self._plugs.is_wanted and self.is_due():
                self._plugs.ask_to_open()

    def is_due(self) -> bool:
        """Whether this morning's look is still to be made."""
        store, at = self._plugs.desk.store, self.at()
        if store.identity is None:
            return False
        zone = clocktime.zone_named(store.replica.venue.zone)
        last = self.newest()
        return is_due(due_at(store.replica.sessions, self._plugs.fixed, at, zone), last.at if last else None, at)

    def newest(self) -> SelfTest | None:
        """The last one, if this device signed it."""
        identity = self._plugs.desk.store.identity
        if identity is None or not self._text:
            return None
        try:
            return selftest.from_text(self._text, identity.device_id, key_of_token(identity.token))
        except Invalid:
            return None

    def as_health(self) -> dict[str, str]:
        """The last one, signed, for the heartbeat; nothing before the first."""
        return {HealthWord.SELF_TEST.value: self._text} if self._text else {}

    def _keep(self, test: SelfTest) -> None:
        identity = self._plugs.desk.store.identity
        if identity is None or identity.device_id != test.device_id:
            return
        self._text = selftest.to_text(test, key_of_token(identity.token))
        worst = [f"{each.check} {each.word}" for each in test.findings if each.verdict.value in ("wish", "failed")]
        log.info("Self-test: %s%s", test.verdict.value, f" ({', '.join(worst)})" if worst else "")
        try:
            self._plugs.desk.store.self_tests.keep(test.at, self._text)
        except DISK_FAILURES:
            log.exception("The self-test could not be written down; the server is told all the same")
        self._plugs.desk.wake()

    def _knowledge(self) -> checks.Knowing:
        health, moment = self._plugs.desk.health(), self._plugs.now()
        silent, is_compared = health.last_contact_seconds, health.time.quality.value == "synced"
        return checks.Knowing(
            quality=health.time.quality,
            clock_ahead=moment.at - health.time.at if is_compared else None,
            members=health.members,
            list_age=health.list_age,
            waiting=health.waiting,
            silent_for=None if silent is None else timedelta(seconds=silent),
        )
