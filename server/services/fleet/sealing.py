"""Names sealed to a card: only the code itself opens them, so a stolen replica tells nobody's name.

The form: base64 of nonce (12 bytes) and AES-256-GCM ciphertext of JSON, the card's fingerprint as associated data.
"""

import base64
import json
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.cards import Code

NONCE_BYTES = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Led:
    """Somebody whom the card brings in besides its holder."""

    member_id: str
    first_name: str


def sealed_name(code: Code, first_name: str, language: str, leads: tuple[Led, ...] = ()) -> str:
    """What a kiosk may show of a person, and whom they lead, openable with their card alone. Each time another text."""
    return sealed_under(code.seal_key(), code.fingerprint, first_name, language, leads)


def sealed_under(key: bytes, fingerprint: str, first_name: str, language: str, leads: tuple[Led, ...] = ()) -> str:
    """The same under a key of 16 or 32 bytes that goes with the card of this fingerprint: a phone's."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    told: dict[str, object] = {"first_name": first_name, "language": language}
    if leads:
        told["leads"] = [{"member_id": led.member_id, "first_name": led.first_name} for led in leads]
    plain = json.dumps(told, ensure_ascii=False).encode()
    cipher = AESGCM(key).encrypt(nonce, plain, fingerprint.encode("ascii"))
    return base64.b64encode(nonce + cipher).decode("ascii")
