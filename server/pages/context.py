"""What pages are given by whoever runs them, and the names of their addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from server.services.door.vault import CodeVault

INBOX = "/inbox"
KIOSKS = "/kiosks"
TODAY, SESSION, SIGN_IN, SIGN_OUT, ASSETS = "/", "/sessions/{session_id}", "/sign-in", "/sign-out", "/assets"


@dataclass(frozen=True, kw_only=True, slots=True)
class PagesContext:
    """`now` reads the clock: an aware datetime in UTC. `vault` checks the cards of records that staff try again."""

    now: Callable[[], datetime]
    vault: CodeVault | None = None


class HasClock(Protocol):
    """Any context with a clock will do."""

    @property
    def now(self) -> Callable[[], datetime]: ...
