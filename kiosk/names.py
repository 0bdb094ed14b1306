"""Seals a name to a card, and opens it with the card code that was just shown; nothing else opens it.

The seal is base64 of a nonce (12 bytes) and AES-256-GCM over {"first_name", "language"}, bound to the fingerprint.
"""

import base64
import binascii
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.protocol import Person

log = logging.getLogger(__name__)

NONCE_LENGTH = 12


class Opens(Protocol):
    """What may open a name: a card's code, or what a phone's code opened before."""

    @property
    def fingerprint(self) -> str: ...

    def seal_key(self) -> bytes: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Led:
    """Somebody whom a card brings in besides its holder."""

    member_id: str
    first_name: str


def unsealed(sealed: str, code: Opens) -> Person | None:
    """None where there is no seal, or it was made for another card: then the screen greets without a name."""
    told = _opened(sealed, code)
    return Person(first_name=str(told["first_name"]), language=str(told.get("language", ""))) if told else None


def led_by(sealed: str, code: Opens) -> tuple[Led, ...]:
    """Whom the card brings in besides its holder, in the order in which the studio named them."""
    told = _opened(sealed, code)
    leads = told.get("leads", []) if told else []
    named = [one for one in leads if isinstance(one, dict) and "member_id" in one] if isinstance(leads, list) else []
    return tuple(Led(member_id=str(one["member_id"]), first_name=str(one.get("first_name", ""))) for one in named)


def _opened(sealed: str, code: Opens) -> dict[str, object] | None:
    if not sealed or not code.seal_key():
        return None
    try:
        raw = base64.b64decode(sealed, validate=True)
        plain = AESGCM(code.seal_key()).decrypt(
            raw[:NONCE_LENGTH], raw[NONCE_LENGTH:], code.fingerprint.encode("ascii")
        )
        told = json.loads(plain)
        return told if told["first_name"] is not None else None
    except (InvalidTag, ValueError, binascii.Error, KeyError, TypeError, AttributeError):
        log.warning("A name in the member list is not sealed to the card that was shown")
        return None


def sealed_to(code: Opens, person: Person, random_bits: Callable[[int], int]) -> str:
    """As the server seals it, for a card that is handed out here. `random_bits(96)`: below 2**96, never again."""
    nonce = random_bits(NONCE_LENGTH * 8).to_bytes(NONCE_LENGTH, "big")
    plain = json.dumps({"first_name": person.first_name, "language": person.language}, ensure_ascii=False).encode()
    cipher = AESGCM(code.seal_key()).encrypt(nonce, plain, code.fingerprint.encode("ascii"))
    return base64.b64encode(nonce + cipher).decode("ascii")
