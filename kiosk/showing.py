"""What was held up to the camera, as far as this kiosk can tell by itself: a card, a phone's code, or neither.

It refuses to call a phone's code good by a clock that is not sure, and keeps nothing of what it reads.
"""

from dataclasses import dataclass, replace

from core import cards, phone_codes
from core.cards import CardCode
from core.facts import Facts
from core.model import CardState
from core.phone_codes import STEP, TOLERANCE, PhoneCode
from core.refusals import RefusalReason
from kiosk.store.replica import Replica
from kiosk.timekeeping import TimeReading


@dataclass(frozen=True, slots=True, repr=False)
class PhoneShown(PhoneCode):
    """A phone's code. `step` None: this kiosk does not know the phone, and only the server can tell.

    `standing` is what the code is worth by this kiosk's clock, for when nobody else can be asked.
    """

    step: int | None = None
    name_key: bytes = b""
    standing: CardState = CardState.ACTIVE

    def seal_key(self) -> bytes:
        """What this week's codes open, wherever the name was sealed to the phone."""
        return self.name_key


CardShown = CardCode | PhoneShown


def code_shown(text: str | bytes, replica: Replica, time: TimeReading) -> CardShown | RefusalReason:
    """The code, or why it is none. A code of a phone that is known here and was never its code has expired, or is made.

    Costs at most a few hundredths of a second, whatever is shown.
    """
    card = cards.read(text)
    if isinstance(card, CardCode):
        return card
    phone = phone_codes.read(text)
    if not isinstance(phone, PhoneCode):
        return RefusalReason.NOT_A_MEMBERSHIP_CARD
    periods = replica.phone_periods(phone.fingerprint)
    if not periods:
        return PhoneShown(phone.text)
    known = phone_codes.recognized(phone, periods, time.at)
    if known is None:
        return RefusalReason.PHONE_CODE_OLD if time.is_sure else PhoneShown(phone.text, standing=CardState.CODE_UNSURE)
    standing = standing_of(known.step, time)
    name_key = known.name_key if standing is CardState.ACTIVE else b""  # a picture of a code greets nobody by name
    return PhoneShown(phone.text, known.step, name_key, standing)


def standing_of(step: int, time: TimeReading) -> CardState:
    """ACTIVE: this step's code, or one's beside it. CODE_UNSURE: it may be, if the clock is as wrong as it can be."""
    if not time.is_sure:
        return CardState.CODE_UNSURE
    apart = abs(step - phone_codes.step_at(time.at))
    if apart <= TOLERANCE:
        return CardState.ACTIVE
    may_be_off = -(-time.error // STEP) if time.error > STEP else 0
    return CardState.CODE_UNSURE if apart <= TOLERANCE + may_be_off else CardState.CODE_OLD


def judged(facts: Facts, code: CardShown) -> Facts:
    """The facts, with what the code is worth, where the card itself is good."""
    if isinstance(code, PhoneShown) and facts.card is CardState.ACTIVE:
        return replace(facts, card=code.standing)
    return facts


def step_of(code: CardShown | None) -> int | None:
    """For the attempt's record."""
    return code.step if isinstance(code, PhoneShown) else None
