"""Whether the server is asked at all: after two deadlines missed in a row it is left in peace for a while.

So a queue of people does not wait for a server that is not there. It refuses to decide in the server's place.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from core.protocol import Answer, Ask, Attempt
from core.refusals import REASONS_KNOWN
from kiosk.server_client import DeviceRejected, ServerClient, ServerUnreachable
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment, Timekeeper

log = logging.getLogger(__name__)

MISSES = 2
PAUSE = 15.0
"""Seconds without asking, after that many misses in a row; each further miss is one more pause."""


class Breaker:
    """Counts misses. Instants are monotonic seconds."""

    def __init__(self) -> None:
        self._missed = 0
        self._paused_until = float("-inf")
        self._lock = Lock()

    def may_ask(self, at: float) -> bool:
        with self._lock:
            return at >= self._paused_until

    def missed(self, at: float) -> None:
        with self._lock:
            self._missed += 1
            if self._missed >= MISSES:
                self._paused_until = at + PAUSE

    def answered(self) -> None:
        with self._lock:
            self._missed = 0
            self._paused_until = float("-inf")


class Link:
    """The connection as it was last found: shared by asking and telling."""

    def __init__(self, store: KioskStore, timekeeper: Timekeeper) -> None:
        self.breaker = Breaker()
        self.is_online = False
        self.rejected_as = ""
        self.last_contact_at = store.last_contact_at
        """By the server's clock."""
        self._store = store
        self._timekeeper = timekeeper

    def heard(self, server_at: datetime, sent: Moment, received: Moment) -> None:
        """The server answered."""
        self.breaker.answered()
        self.is_online, self.rejected_as = True, ""
        self._timekeeper.heard(server_at, sent, received)
        self.last_contact_at = server_at

    def missed(self, why: Exception, at: float) -> None:
        """It did not."""
        if self.is_online:
            log.warning("The server does not answer: %s", why)
        self.is_online = False
        self.breaker.missed(at)

    def rejected(self, rejected: DeviceRejected) -> None:
        """It will not speak with this device. A revoked one forgets everybody, and keeps its journal."""
        if self.rejected_as != rejected.code:
            log.error("The server rejects this kiosk: %s", rejected.code)
        if rejected.is_revoked and self.rejected_as != rejected.code:
            self._store.forget_everybody()
        self.is_online, self.rejected_as = False, rejected.code


def asked(
    link: Link, client: ServerClient, attempt: Attempt, store: KioskStore, now: Callable[[], Moment]
) -> Answer | None:
    """The server's answer, or None: not asked, no answer in time, or not spoken with.

    It hears first what happened with this card, or to this member, while it was away.
    """
    sent = now()
    if not link.breaker.may_ask(sent.mono):
        return None
    try:
        answer = client.ask(Ask(attempt=attempt, unsent=_unsent(store, attempt), reasons=REASONS_KNOWN))
    except ServerUnreachable as why:
        link.missed(why, now().mono)
        return None
    except DeviceRejected as rejected:
        link.rejected(rejected)
        return None
    link.heard(answer.server_at, sent, now())
    return answer


def _unsent(store: KioskStore, attempt: Attempt) -> tuple[Attempt, ...]:
    if attempt.led_member_id is not None:
        return store.journal.untold_of_member(attempt.led_member_id)
    if attempt.card:
        return store.journal.untold_of_card(attempt.card)
    return store.journal.untold_of_member(attempt.member_id) if attempt.member_id is not None else ()
