"""Card codes at rest: sealed with this installation's key, opened only to print a card again or check a proof."""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import cards, staff_cards
from core.cards import CardCode, NotACard
from core.errors import Conflict
from core.staff_cards import StaffCardCode

NONCE_BYTES = 12
PURPOSE = b"tessera card code 1"
STAFF_PURPOSE = b"tessera staff card code 1"
PHONE_PURPOSE = b"tessera phone secret 1"
PROOF_PURPOSE = b"tessera proof key 1"
GRANT_PURPOSE = b"tessera staff grant 1"
PIN_PURPOSE = b"tessera staff pin at the server 1"
HOOK_PURPOSE = b"tessera webhook secret 1"
MEMBER_PURPOSE = b"tessera member's own pages 1"


class CodeVault:
    """Made in `__main__` from the settings' secret key (32 bytes), and handed to whoever issues or checks cards."""

    def __init__(self, secret_key: bytes) -> None:
        self._cipher = AESGCM(secret_key)
        self._pin_key = hmac.digest(secret_key, PIN_PURPOSE, "sha256")
        self._grant_key = hmac.digest(secret_key, GRANT_PURPOSE, "sha256")
        self._member_key = hmac.digest(secret_key, MEMBER_PURPOSE, "sha256")

    def seal(self, code: CardCode) -> str:
        """AES-GCM: nonce and ciphertext, in hex. Each time another text."""
        return self._sealed(code.text, PURPOSE)

    def open(self, sealed: str) -> CardCode:
        """Raises `Conflict` if it was sealed with another key, or altered."""
        code = cards.read(self._opened(sealed, PURPOSE))
        if isinstance(code, NotACard):
            raise Conflict("card.key_does_not_fit")
        return code

    def seal_staff_card(self, code: StaffCardCode) -> str:
        """As `seal`; neither kind opens as the other."""
        return self._sealed(code.text, STAFF_PURPOSE)

    def open_staff_card(self, sealed: str) -> StaffCardCode:
        """Raises `Conflict` if it was sealed with another key, or altered."""
        code = staff_cards.read(self._opened(sealed, STAFF_PURPOSE))
        if isinstance(code, NotACard):
            raise Conflict("card.key_does_not_fit")
        return code

    def seal_phone(self, secret: bytes) -> str:
        """What a phone's codes are made of, as `seal`."""
        return self._sealed(secret.hex(), PHONE_PURPOSE)

    def open_phone(self, sealed: str) -> bytes:
        """Raises `Conflict` if it was sealed with another key, or altered."""
        return bytes.fromhex(self._opened(sealed, PHONE_PURPOSE).decode("ascii"))

    def seal_proof_key(self, key: bytes) -> str:
        """Of a card whose code the server never saw: a kiosk handed it out. As `seal`."""
        return self._sealed(key.hex(), PROOF_PURPOSE)

    def proof_key_of(self, sealed: str) -> bytes:
        """What checks a card's proofs, of its code or sealed by itself. Raises `Conflict` as `open` does."""
        try:
            return bytes.fromhex(self._opened(sealed, PROOF_PURPOSE).decode("ascii"))
        except Conflict:
            return self.open(sealed).proof_key()

    def seal_hook(self, secret: bytes) -> str:
        """What calls to another program are signed with, as `seal`."""
        return self._sealed(secret.hex(), HOOK_PURPOSE)

    def open_hook(self, sealed: str) -> bytes:
        """Raises `Conflict` if it was sealed with another key, or altered."""
        return bytes.fromhex(self._opened(sealed, HOOK_PURPOSE).decode("ascii"))

    def grant_secret(self, grant: str) -> str:
        """What only whoever was given this grant can know, 64 hex digits: nothing is kept of it."""
        return hmac.digest(self._grant_key, grant.encode("utf-8"), "sha256").hex()

    def member_secret(self, use: str, subject: str) -> str:
        """For one use (a sign-in link, a calendar's address) of one row or word, 64 hex digits; as `grant_secret`."""
        return hmac.digest(self._member_key, f"{use} {subject}".encode(), "sha256").hex()

    def keyed_pin(self, pin: str) -> str:
        """What the server hashes in a PIN's place: its hashes alone, without this installation's key, tell no PIN."""
        return hmac.digest(self._pin_key, pin.encode("utf-8"), "sha256").hex()

    def _sealed(self, text: str, purpose: bytes) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return (nonce + self._cipher.encrypt(nonce, text.encode("ascii"), purpose)).hex()

    def _opened(self, sealed: str, purpose: bytes) -> bytes:
        try:
            raw = bytes.fromhex(sealed)
            return self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose)
        except (InvalidTag, ValueError):
            raise Conflict("card.key_does_not_fit") from None
