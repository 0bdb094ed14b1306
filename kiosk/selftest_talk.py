"""A self-test on the screen: what is found so far, what staff can add to it, and how it ends, by itself if need be."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from core.selftest import Check, Finding, is_test_card
from kiosk import selftest_checks as checks
from kiosk import taps
from kiosk.conversation import Opening
from kiosk.faces import Face
from kiosk.faces_selftest import SelfTesting
from kiosk.selftest_checks import Sounding

ALONE_FOR, ATTENDED_FOR = 20.0, 90.0
"""Seconds the test stays without a touch: where nobody stands there, and where staff do."""
SOUND_TAKES = 3.0
"""Seconds in which a browser says that it played a sound, or it did not."""
SEEN = frozenset({Check.CAMERA, Check.FOCUS, Check.LIGHT})


class Testing(Protocol):
    """What a test on the screen needs of the kiosk. `seen` takes a tenth of a second, `measured` waits for the disk."""

    def measured(self) -> tuple[Finding, ...]: ...
    def seen(self) -> tuple[Finding, ...]: ...
    def at(self) -> datetime: ...
    def conclude(self, findings: tuple[Finding, ...], *, is_attended: bool, at: datetime) -> None: ...


class SelfTestTalk:
    """A `Conversation`. `is_attended`: staff stand there, and may be asked."""

    def __init__(self, testing: Testing, opening: Opening, *, is_attended: bool) -> None:
        self._testing = testing
        self._stand = opening.stand
        self._is_attended = is_attended
        self._is_over = False
        self._played = 0
        self._begin(opening.mono)

    def _begin(self, mono: float) -> None:
        self._touched_at = self._began_at = self._mono = mono
        self._played += 1
        self._sound = Sounding()
        self._at = self._testing.at()
        self._measured = self._testing.measured()

    @property
    def face(self) -> Face | None:
        if self._is_over:
            return None
        camera = self._found(Check.CAMERA)
        return SelfTesting(
            stand=self._stand(),
            at=self._at,
            findings=self._findings(),
            wants_card=camera is not None and camera.word == "unread",
            asks_whether_heard=self._is_attended and self._sound.was_heard is None,
            played=self._played,
        )

    def tap(self, what: str, value: str) -> None:
        self._touched_at = self._mono
        match what:
            case "test.again":
                self._is_attended = True
                self._begin(self._mono)
            case "test.heard" if value in ("yes", "no"):
                self._is_attended = True
                self._sound = replace(self._sound, was_heard=value == "yes")
            case "test.sound.key" if value in ("played", "silent"):
                self._sound = replace(self._sound, was_played=value == "played")
            case "test.done" | "next" | taps.CALL_STAFF:
                self._end()

    def card(self, payload: bytes | str) -> bool:
        """The test card is meant for the test; any other card is a person, and comes first."""
        if is_test_card(payload):
            self._touched_at = self._mono
            self._is_attended = True
            self._look_again()
            return True
        self._end()
        return False

    def tick(self, mono: float) -> None:
        self._mono = mono
        if self._sound.was_played is None and mono - self._began_at >= SOUND_TAKES:
            self._sound = replace(self._sound, was_played=False)
        if mono - self._touched_at >= (ATTENDED_FOR if self._is_attended else ALONE_FOR):
            self._end()

    def _look_again(self) -> None:
        """The best of what was seen counts: a card that is put away was seen all the same."""
        fresh = {finding.check: finding for finding in self._testing.seen()}
        if fresh[Check.CAMERA].word != "unread":
            self._measured = tuple(fresh.get(found.check, found) for found in self._measured)

    def _findings(self) -> tuple[Finding, ...]:
        order = list(Check)
        return tuple(
            sorted((*self._measured, checks.of_sound(self._sound)), key=lambda found: order.index(found.check))
        )

    def _found(self, check: Check) -> Finding | None:
        return next((found for found in self._measured if found.check is check), None)

    def _end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._testing.conclude(self._findings(), is_attended=self._is_attended, at=self._at)
