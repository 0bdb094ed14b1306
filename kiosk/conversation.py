"""Several faces in a row with one person: staff signing in, somebody without a card, a household, a self-test.

The greeter shows a conversation's face until it is over. A conversation refuses to know the screen and the greeter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.desk import Shown
from kiosk.faces import Face, Stand

CARD = "card"
"""What an `Opening` names when a card was shown and nothing was tapped."""


class Conversation(Protocol):
    """One person's faces, one after the other. Called by one thread at a time; only `tick` must not block."""

    @property
    def face(self) -> Face | None:
        """What is to be seen now; None: it is over, and the greeter rests. Asked again after every call below,
        and when the language or a mode was changed."""

    def tap(self, what: str, value: str) -> None:
        """A tap on the face that is shown: `staff.*`, `find.*`, `household.*`, `test.*`, or one of choose, undo,
        next, more_time; call_staff ends it. May wait for disk and server; a disk that fails may raise."""

    def card(self, payload: bytes | str) -> bool:
        """A card or another code was shown. True: it was meant for me. False: end me, and serve it as usual."""

    def tick(self, mono: float) -> None:
        """Time went by, ten times a second; `mono` counts seconds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What may begin a conversation: a card that was shown, or a tap.

    `what` is `CARD` or the tap's name, `value` the card's text or the tap's value; `seen` the face it was shown to;
    `mono` counts seconds. `stand` is to be asked anew for each face, because language and modes change; its language
    is the screen's. `greet` ends the conversation: the desk works, and what it says is shown as for any card.
    """

    what: str
    value: bytes | str
    seen: Face
    mono: float
    stand: Callable[[], Stand]
    greet: Callable[[Callable[[], Shown | None]], None]


Opener = Callable[[Opening], Conversation | None]
"""Begins a conversation, or says that it is not meant. May block; for a card it is asked before the desk is."""
