"""Staff prove who they are at the kiosk, with their card and a PIN, also when nobody can be asked.

It refuses to look at a PIN that was not counted first, and to take a PIN without the card that goes with it.
"""

from collections.abc import Callable
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core import staff_cards
from core.cards import NotACard
from core.pins import PinRefusal, PinRefused, StaffProof, is_pin
from kiosk.names import unsealed
from kiosk.store.pins import Pins

PROVED_BY = "card and PIN, at the kiosk"
Fits = Callable[[str, str], bool]
"""Whether a keyed PIN is the one that a verifier was made of."""

_HASHER = PasswordHasher()


def fits(verifier: str, keyed: str) -> bool:
    """Argon2id, slow on purpose."""
    try:
        return _HASHER.verify(verifier, keyed)
    except (VerificationError, InvalidHashError):
        return False


def prove_staff(
    pins: Pins, card_text: str | bytes, pin: str, at: datetime, *, fits: Fits = fits
) -> StaffProof | PinRefused:
    """Who it is, or why they are not believed. Blocks for as long as Argon2id takes; raises only if the disk fails."""
    code = staff_cards.read(card_text)
    if isinstance(code, NotACard):
        return PinRefused(reason=PinRefusal.NOT_A_STAFF_CARD)
    known = pins.of_card(code.fingerprint)
    if known is None:
        return PinRefused(reason=PinRefusal.CARD_NOT_KNOWN_HERE)
    if not is_pin(pin):
        return PinRefused(reason=PinRefusal.PIN_NOT_WHOLE)
    step = pins.count_try(known.staff_id, at)
    if isinstance(step, PinRefused):
        return step
    if not fits(known.verifier, code.keyed(pin)):
        return PinRefused(reason=PinRefusal.PIN_WRONG)
    pins.clear(known.staff_id)
    person = unsealed(known.sealed, code)
    return StaffProof(staff_id=known.staff_id, first_name=person.first_name if person else "", proved_by=PROVED_BY)
