"""A member without a card before the kiosk: their number, then PIN or birthday; with the server or not at all.

It refuses to keep what was typed: the secret goes to the server and is forgotten.
"""

from collections.abc import Callable
from typing import Protocol

from core import wire
from core.finding import LONGEST_NUMBER, Find, FindAnswer, Finding, FindRefusal, secret_length
from kiosk import faces
from kiosk.conversation import Conversation, Opener, Opening
from kiosk.desk import Desk
from kiosk.faces import Face
from kiosk.faces_member import FindByNumber
from kiosk.server_client import DeviceRejected, JsonServerClient, ServerUnreachable
from kiosk.stand import stay
from kiosk.taps import CALL_STAFF

TYPING = 30.0
"""Seconds without a digit until the keypad goes."""
FIND_DEADLINE = 5.0
"""Seconds. Hashing is slow on purpose."""


class FindServer(Protocol):
    """Raises ServerUnreachable or DeviceRejected."""

    def find(self, find: Find) -> FindAnswer: ...


class JsonFindServer:
    """In our JSON, over the kiosk's own client."""

    def __init__(self, client: JsonServerClient) -> None:
        self._client = client

    def find(self, find: Find) -> FindAnswer:
        return self._client.said(FindAnswer, "POST", "/api/kiosk/find", wire.to_json(find), FIND_DEADLINE)


def finding_opener(desk: Desk, server: FindServer, mono: Callable[[], float]) -> Opener:
    """Opens for "No card?" on Waiting, where the studio's policy finds members by number."""

    def opened(opening: Opening) -> Conversation | None:
        by = desk.store.replica.policy.finding
        is_asked = opening.what == "find.open" and isinstance(opening.seen, faces.Waiting | faces.Reading)
        return FindTalk(desk, server, by, opening, mono) if is_asked and by is not Finding.OFF else None

    return opened


class FindTalk:
    """A `Conversation`: `_number` and `_secret` are in memory only, and only while it lasts."""

    def __init__(
        self, desk: Desk, server: FindServer, by: Finding, opening: Opening, mono: Callable[[], float]
    ) -> None:  # fmt: skip
        self._desk = desk
        self._server = server
        self._by = by
        self._opening = opening
        self._mono = mono
        self._number = self._secret = ""
        self._is_secret = self._is_over = False
        self._refused = None if desk.may_ask and desk.is_online else FindRefusal.NO_NETWORK
        self._stay_longer()

    @property
    def face(self) -> Face | None:
        if self._is_over:
            return None
        typed, most = (self._secret, secret_length(self._by)) if self._is_secret else (self._number, LONGEST_NUMBER)
        return FindByNumber(
            stand=self._opening.stand(),
            stay=self._stay,
            by=self._by,
            is_secret=self._is_secret,
            number=self._number,
            entered=len(typed),
            of=most,
            refused=self._refused,
        )

    def tap(self, what: str, value: str) -> None:
        self._stay_longer()
        if what in ("find.leave", "next", CALL_STAFF):
            self._end()
        elif self._refused is not FindRefusal.NO_NETWORK:
            self._typed(what, value)

    def card(self, payload: bytes | str) -> bool:
        """The card was there after all."""
        self._end()
        return False

    def tick(self, mono: float) -> None:
        if mono >= self._ends_at:
            self._end()

    def _typed(self, what: str, value: str) -> None:
        match what:
            case "find.key" if len(value) == 1 and value.isascii() and value.isdigit():
                self._put((self._typing + value)[: secret_length(self._by) if self._is_secret else LONGEST_NUMBER])
                self._refused = None
            case "find.delete":
                self._put(self._typing[:-1])
            case "find.clear":
                self._put("")
            case "find.back" if self._is_secret:
                self._is_secret, self._secret = False, ""
            case "find.next" if not self._is_secret and self._number:
                self._is_secret, self._refused = True, None
        if self._is_secret and len(self._secret) == secret_length(self._by):
            self._ask()

    @property
    def _typing(self) -> str:
        return self._secret if self._is_secret else self._number

    def _put(self, typed: str) -> None:
        if self._is_secret:
            self._secret = typed
        else:
            self._number = typed

    def _ask(self) -> None:
        find, self._secret = Find(number=self._number, secret=self._secret), ""
        try:
            answer = self._server.find(find)
        except (ServerUnreachable, DeviceRejected):
            self._refused = FindRefusal.NO_NETWORK
            self._stay_longer()
            return
        self._stay_longer()
        found = answer.found
        if found is None:
            self._refused = answer.refused or FindRefusal.NOT_FOUND
            return
        self._end()
        self._opening.greet(lambda: self._desk.show_found(found))

    def _end(self) -> None:
        self._is_over = True
        self._number = self._secret = ""

    def _stay_longer(self) -> None:
        lasts = TYPING * self._opening.stand().modes.patience
        self._ends_at = self._mono() + lasts
        self._stay = stay(self._desk.time().at, lasts)
