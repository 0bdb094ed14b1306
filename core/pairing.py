"""How a kiosk and a browser are brought together: the text of a pairing's QR code, and the sign both screens show.

The QR names no server: a kiosk pairs only with the one it was set up for, whatever it is shown.
"""

import hashlib

from core.cards import ALPHABET, LONGEST_TEXT_LOOKED_AT

CODE_LENGTH = 8
PREFIX = "TESSERA-PAIR:"
"""Capitals, colon and dash only: a QR code of the densest kind."""

_LETTERS = frozenset(ALPHABET)


def as_made(typed: str) -> str:
    """What people type, as the code was made: capitals, no blanks or dashes, O for 0 and I or L for 1 forgiven."""
    return "".join(typed.upper().replace("-", "").split()).translate(str.maketrans("OIL", "011"))


def text_of(code: str) -> str:
    """What stands in the QR code of a pairing code."""
    return PREFIX + code


def code_in(text: str | bytes) -> str | None:
    """The pairing code in what a camera or a hand scanner read; None for anything else. Never raises."""
    if len(text) > LONGEST_TEXT_LOOKED_AT:
        return None
    if isinstance(text, bytes):
        text = text.decode("ascii", errors="replace")
    beginning, code = text.strip().upper()[: len(PREFIX)], text.strip()[len(PREFIX) :]
    if beginning != PREFIX:
        return None
    code = as_made(code)
    return code if len(code) == CODE_LENGTH and _LETTERS.issuperset(code) else None


def sign_of(device_id: str, token_hash: str) -> str:
    """`K7-4P`: four characters both sides make of the device and its token's SHA-256 (hex), and people compare.

    Another kiosk's token gives another sign, but for one in a million.
    """
    digest = hashlib.sha256(f"tessera pairing 1 {device_id} {token_hash}".encode()).digest()
    number = int.from_bytes(digest[:3], "big") >> 4
    a, b, c, d = (ALPHABET[(number >> shift) & 31] for shift in (15, 10, 5, 0))
    return f"{a}{b}-{c}{d}"
