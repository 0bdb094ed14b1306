"""Card codes at rest: sealed with this installation's key, opened only to print a card again or check a proof."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import cards
from core.cards import CardCode, NotACard
from core.errors import Conflict

NONCE_BYTES = 12
PURPOSE = b"tessera card code 1"


class CodeVault:
    """Made in `__main__` from the settings' secret key (32 bytes), and handed to whoever issues or checks cards."""

    def __init__(self, secret_key: bytes) -> None:
        self._cipher = AESGCM(secret_key)

    def seal(self, code: CardCode) -> str:
        """AES-GCM: nonce and ciphertext, in hex. Each time another text."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return (nonce + self._cipher.encrypt(nonce, code.text.encode("ascii"), PURPOSE)).hex()

    def open(self, sealed: str) -> CardCode:
        """Raises `Conflict` if it was sealed with another key, or altered."""
        try:
            raw = bytes.fromhex(sealed)
            text = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], PURPOSE)
        except (InvalidTag, ValueError):
            raise Conflict("card.key_does_not_fit") from None
        code = cards.read(text)
        if isinstance(code, NotACard):
            raise Conflict("card.key_does_not_fit")
        return code
