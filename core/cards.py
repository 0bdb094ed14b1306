"""The text inside a card's QR code: make it, read it, fingerprint it, derive its keys.

A card code is 29 characters: `T1`, 23 of Crockford's base32 (115 random bits), 4 check characters.
This module refuses to know whose card it is; that is a lookup, and happens elsewhere.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "T1"
BODY_LENGTH = 23
CHECK_LENGTH = 4
CODE_LENGTH = len(PREFIX) + BODY_LENGTH + CHECK_LENGTH
LONGEST_TEXT_LOOKED_AT = 128
"""Bytes. A camera may be shown anything; more than this of it is never looked at."""

_LETTERS = frozenset(ALPHABET)


class CardKind(StrEnum):
    """In what a card is held: the words are stored."""

    PRINTED = "printed"
    TEMPORARY = "temporary"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """A card's well-formed code. Its text opens a person's name: never log it, never store it on a kiosk."""

    text: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text[:2]}…)"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the code, 64 hex digits: how a card is known wherever the code itself may not be."""
        return hashlib.sha256(self.text.encode("ascii")).hexdigest()

    def seal_key(self) -> bytes:
        """32 bytes that open the name and photo sealed to this card."""
        return self.key(b"tessera seal 1")

    def key(self, purpose: bytes) -> bytes:
        """32 bytes for one purpose, which tell nothing of the code or of another purpose's."""
        return hmac.digest(self.text.encode("ascii"), purpose, "sha256")


@dataclass(frozen=True, slots=True, repr=False)
class CardCode(Code):
    """A member's."""

    def proof_key(self) -> bytes:
        """32 bytes that sign an attempt, see `proof`."""
        return self.key(b"tessera proof 1")


@dataclass(frozen=True, slots=True)
class NotACard:
    """Something else was shown: a web address, a Wi-Fi code, a torn or mistyped card."""


def new_code(random_bits: Callable[[int], int]) -> CardCode:
    """A fresh code. `random_bits(115)` gives an integer below 2**115; pass `secrets.randbits`."""
    return CardCode(new_text(PREFIX, random_bits))


def read(text: str | bytes) -> CardCode | NotACard:
    """What a camera, a scanner or a person's typing gave, as a card code, or `NotACard`. Never raises."""
    found = text_of(PREFIX, text)
    return NotACard() if found is None else CardCode(found)


def new_text(prefix: str, random_bits: Callable[[int], int]) -> str:
    """The text of a fresh code of the kind that begins with these two characters."""
    number = random_bits(BODY_LENGTH * 5)
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range((BODY_LENGTH - 1) * 5, -1, -5))
    return prefix + body + _check_characters(prefix, body)


def text_of(prefix: str, text: str | bytes) -> str | None:
    """The code's text in its one spelling, if it is a well-formed code of that kind. Never raises."""
    if len(text) > LONGEST_TEXT_LOOKED_AT:
        return None
    if isinstance(text, bytes):
        text = text.decode("ascii", errors="replace")
    text = text.strip().upper()
    if len(text) != CODE_LENGTH or not text.startswith(prefix) or not _LETTERS.issuperset(text[len(prefix) :]):
        return None
    body, check = text[len(prefix) : -CHECK_LENGTH], text[-CHECK_LENGTH:]
    return text if hmac.compare_digest(check, _check_characters(prefix, body)) else None


def proof(proof_key: bytes, attempt_id: str) -> str:
    """HMAC-SHA256, hex: only a card that was really shown for this attempt yields it."""
    return hmac.digest(proof_key, attempt_id.encode("ascii"), "sha256").hex()


def _check_characters(prefix: str, body: str) -> str:
    number = int.from_bytes(hashlib.sha256((prefix + body).encode("ascii")).digest()[:3], "big") >> 4
    return "".join(ALPHABET[(number >> shift) & 31] for shift in (15, 10, 5, 0))
