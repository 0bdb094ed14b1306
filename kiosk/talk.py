"""The conversation that goes on, if one does: it is opened, told of taps, cards and time, and ends.

It refuses to show anything: the greeter shows its face, and ends it when something fails.
"""

import logging
from collections.abc import Sequence

from kiosk.conversation import Conversation, Opener, Opening
from kiosk.faces import Face
from kiosk.taps import CALL_STAFF

log = logging.getLogger(__name__)


class Talk:
    """At most one conversation. `openers` are asked one after the other."""

    def __init__(self, openers: Sequence[Opener]) -> None:
        self._openers = openers
        self._going_on: Conversation | None = None

    @property
    def is_on(self) -> bool:
        return self._going_on is not None

    @property
    def face(self) -> Face | None:
        """What is to be seen; None: there is none, or it is over."""
        return self._going_on.face if self._going_on is not None else None

    def begin(self, opening: Opening) -> None:
        """Ask the openers whether this begins one."""
        for opener in self._openers:
            if (begun := opener(opening)) is not None:
                self._going_on = begun
                return

    def tap(self, what: str, value: str) -> None:
        if self._going_on is not None:
            self._going_on.tap(what, value)

    def card(self, payload: str | bytes) -> None:
        """Ends it, if the card was not meant for it."""
        if self._going_on is not None and not self._going_on.card(payload):
            self._going_on = None

    def tick(self, mono: float) -> None:
        if self._going_on is not None:
            self._going_on.tick(mono)

    def end(self) -> None:
        self._going_on = None

    def broken(self) -> None:
        """Something failed: it ends as if help was called, so that nobody stays signed in and nothing stays open."""
        talk, self._going_on = self._going_on, None
        if talk is None:
            return
        try:
            talk.tap(CALL_STAFF, "")
        except Exception:
            log.exception("What failed could not be ended in order")
