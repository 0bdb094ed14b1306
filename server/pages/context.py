"""What pages are given by whoever runs them, and the names of their addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from server.services.door.vault import CodeVault

INBOX = "/inbox"
MEMBER_CARDS, CARD_PDF = "/members/{member_id}/cards", "/cards/{card_id}.pdf"
PHONE = "/me/code"
"""A member's code page."""
STOP_LETTERS = "/unsubscribe/{token}"
KIOSKS = "/kiosks"
STAFF, STAFF_CARD_PDF = "/staff", "/staff/{staff_id}/card.pdf"
TODAY, SESSION, SIGN_IN, SIGN_OUT, ASSETS = "/", "/sessions/{session_id}", "/sign-in", "/sign-out", "/assets"
ROOM = Path(__file__).parent.parent.parent / "assets"


@dataclass(frozen=True, kw_only=True, slots=True)
class PagesContext:
    """`now` reads the clock: an aware datetime in UTC. `vault` checks the cards of records that staff try again."""

    now: Callable[[], datetime]
    vault: CodeVault | None = None


class HasClock(Protocol):
    """Any context with a clock will do."""

    @property
    def now(self) -> Callable[[], datetime]: ...
