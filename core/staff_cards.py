"""The text inside a staff card's QR code. It is another kind than a member's: neither is ever taken for the other.

It proves nothing by itself: a PIN goes with it, and without the card a PIN is worth nothing away from the server.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from core import cards
from core.cards import Code, NotACard

PREFIX = "S1"


@dataclass(frozen=True, slots=True, repr=False)
class StaffCardCode(Code):
    """A member of staff's. 29 characters as a member's, but `S1` in front, and check characters of their own."""

    def proof_key(self) -> bytes:
        """32 bytes that sign what its holder does, see `core.cards.proof`."""
        return self.key(b"tessera staff proof 1")

    def keyed(self, pin: str) -> str:
        """What a PIN becomes together with this card, 64 hex digits: only this is hashed for kiosks, never the PIN."""
        return hmac.digest(self.key(b"tessera staff pin 1"), pin.encode("utf-8"), "sha256").hex()


def new_code(random_bits: Callable[[int], int]) -> StaffCardCode:
    """A fresh code. `random_bits(115)` gives an integer below 2**115."""
    return StaffCardCode(cards.new_text(PREFIX, random_bits))


def read(text: str | bytes) -> StaffCardCode | NotACard:
    """What was shown or typed, as a staff card's code, or `NotACard`: a member's card is none. Never raises."""
    found = cards.text_of(PREFIX, text)
    return NotACard() if found is None else StaffCardCode(found)
