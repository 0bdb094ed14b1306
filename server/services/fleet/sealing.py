"""Names sealed to a card: only the code itself opens them, so a stolen replica tells nobody's name.

The form: base64 of nonce (12 bytes) and AES-256-GCM ciphertext of JSON, the card's fingerprint as associated data.
"""

import base64
import json
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.cards import Code

NONCE_BYTES = 12


def sealed_name(code: Code, first_name: str, language: str) -> str:
    """What a kiosk may show of a person, openable with their card alone. Each time another text."""
    return sealed_under(code.seal_key(), code.fingerprint, first_name, language)


def sealed_under(key: bytes, fingerprint: str, first_name: str, language: str) -> str:
    """The same under a key of 16 or 32 bytes that goes with the card of this fingerprint: a phone's."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = json.dumps({"first_name": first_name, "language": language}, ensure_ascii=False).encode()
    cipher = AESGCM(key).encrypt(nonce, plain, fingerprint.encode("ascii"))
    return base64.b64encode(nonce + cipher).decode("ascii")
