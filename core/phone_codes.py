"""The code that a member's phone shows, another one every 30 seconds, and how a kiosk without a network knows it.

Codes are links of a chain of hashes, shown from its end towards its beginning. Whoever holds a period's `anchor` can
see that a code belongs to it and to which step, and can make none that was not shown yet; the first link opens the
member's name. Source: T/Key, "second-factor authentication from secure chains" (Kogan, Manohar, Boneh, 2017).
"""

import hashlib
import hmac
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.cards import ALPHABET, CODE_LENGTH, LONGEST_TEXT_LOOKED_AT, Code, NotACard

PREFIX = "P1"
ID_LENGTH = 7
VALUE_LENGTH = CODE_LENGTH - len(PREFIX) - ID_LENGTH
"""20 characters for 96 bits: as long as a card's code, so that the QR is as small and as sound, version 2, level Q."""
VALUE_BYTES = 12
STEP = timedelta(seconds=30)
STEPS_A_DAY = timedelta(days=1) // STEP
STEPS_A_PERIOD = 7 * STEPS_A_DAY
NAME_KEY_BYTES = 16
TOLERANCE = 1
"""Steps before and after the present one that still count: the phone's clock and the kiosk's are two."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LETTERS = frozenset(ALPHABET)


@dataclass(frozen=True, slots=True, repr=False)
class PhoneCode(Code):
    """What a phone shows: its id, which is no secret, and the link of the chain for one step."""

    @property
    def phone_id(self) -> str:
        return self.text[len(PREFIX) : len(PREFIX) + ID_LENGTH]

    @property
    def value(self) -> bytes:
        return _number(self.text[len(PREFIX) + ID_LENGTH :]).to_bytes(VALUE_BYTES, "big")

    @property
    def fingerprint(self) -> str:
        """Of the phone, not of the step: 64 hex digits, the same for all its codes."""
        return fingerprint_of(self.phone_id)

    def proof_key(self) -> bytes:
        """32 bytes that sign an attempt, see `core.cards.proof`: of this step alone."""
        return self.key(b"tessera proof 1")


@dataclass(frozen=True, kw_only=True, slots=True)
class PhonePeriod:
    """What a kiosk needs for one week of a phone's codes; it opens nothing and forges nothing.

    `anchor`: the chain's beginning, hex. `wrapped`: the key to the member's name, hex, under the chain's first link.
    """

    number: int
    anchor: str
    wrapped: str


@dataclass(frozen=True, slots=True, repr=False)
class Recognized:
    """A code that belongs to a phone: to which step, and the key to the name that it opened."""

    step: int
    name_key: bytes


def fingerprint_of(phone_id: str) -> str:
    return hashlib.sha256((PREFIX + phone_id).encode("ascii")).hexdigest()


def new_phone_id(random_bits: Callable[[int], int]) -> str:
    """Seven characters. `random_bits(35)` gives an integer below 2**35."""
    return _text(random_bits(ID_LENGTH * 5), ID_LENGTH)


def read(text: str | bytes) -> PhoneCode | NotACard:
    """What a camera gave, as a phone's code, or `NotACard`. Never raises. Its form says nothing of whose it is."""
    if len(text) > LONGEST_TEXT_LOOKED_AT:
        return NotACard()
    if isinstance(text, bytes):
        text = text.decode("ascii", errors="replace")
    text = text.strip().upper()
    if len(text) != CODE_LENGTH or not text.startswith(PREFIX) or not _LETTERS.issuperset(text[len(PREFIX) :]):
        return NotACard()
    if _number(text[-VALUE_LENGTH:]) >= 1 << (8 * VALUE_BYTES):
        return NotACard()
    return PhoneCode(text)


def name_key_of(secret: bytes) -> bytes:
    """The key under which the member's name is sealed to this phone."""
    return hmac.digest(secret, b"tessera phone name key 1", "sha256")[:NAME_KEY_BYTES]


def seen_as(payload: bytes) -> bytes:
    """What stays the same of a code that is held up for a while: a phone's id; of anything else all of it."""
    is_phones = len(payload) == CODE_LENGTH and payload.upper().startswith(PREFIX.encode())
    return payload[: len(PREFIX) + ID_LENGTH] if is_phones else payload


def step_at(at: datetime) -> int:
    """Steps since 1970. A step lasts from its instant up to but not including the next one's."""
    return (at - _EPOCH) // STEP


def begins_at(step: int) -> datetime:
    return _EPOCH + step * STEP


def period_of(step: int) -> int:
    """Weeks since 1970."""
    return step // STEPS_A_PERIOD


def is_fresh(step: int, at: datetime) -> bool:
    """The step that is now, or the one before or after it."""
    return abs(step - step_at(at)) <= TOLERANCE


def periods_between(secret: bytes, phone_id: str, first: int, last: int) -> tuple[PhonePeriod, ...]:
    """For kiosks: the weeks `first` to `last`. Costs 20,160 hashes a week, so it is done once, when a link is made."""
    made = []
    for number in range(first, last + 1):
        salt, (_, opening) = _salt(phone_id, number), deque(_links(secret, phone_id, number), maxlen=1)[0]
        wrapped = _masked(name_key_of(secret), opening, phone_id, number)
        made.append(PhonePeriod(number=number, anchor=_below(salt, opening).hex(), wrapped=wrapped.hex()))
    return tuple(made)


def code_at(secret: bytes, phone_id: str, step: int) -> PhoneCode:
    """The code of one step, for whoever holds the phone's secret (32 bytes)."""
    links = _links(secret, phone_id, period_of(step))
    return next(code_with(phone_id, link) for found, link in links if found == step)


def code_with(phone_id: str, value: bytes) -> PhoneCode:
    """The text in which a phone shows a link of its chain."""
    return PhoneCode(PREFIX + phone_id + _text(int.from_bytes(value, "big"), VALUE_LENGTH))


def posts_between(secret: bytes, phone_id: str, first: int, last: int) -> tuple[tuple[int, str], ...]:
    """What the phone computes its codes from: for each day (UTC) from step `first` to `last`, its last step and link.

    Links are hex. All earlier ones of the same day follow from it by hashing, and none of a later day does.
    """
    posts: list[tuple[int, str]] = []
    for number in range(period_of(first), period_of(last) + 1):
        for step, link in _links(secret, phone_id, number):
            if step < first:
                break
            if (step + 1) % STEPS_A_DAY == 0 and step - STEPS_A_DAY < last:
                posts.append((step, link.hex()))
    return tuple(sorted(posts))


def step_proved(secret: bytes, phone_id: str, fits: Callable[[PhoneCode], bool], latest: int) -> int | None:
    """The last step up to `latest`, in the same week, whose code fits a proof; None if none does."""
    for step, link in _links(secret, phone_id, period_of(latest)):
        if step <= latest and fits(code_with(phone_id, link)):
            return step
    return None


def recognized(code: PhoneCode, periods: Iterable[PhonePeriod], at: datetime) -> Recognized | None:
    """Which step's code it is, this week's or a week's beside it; None for one that is nobody's, or older.

    It is hashed until an anchor is met, at most 20,160 times a week.
    """
    now = period_of(step_at(at))
    near = {period.number: period for period in periods if abs(period.number - now) <= 1}
    for number in (now, now - 1, now + 1):
        found = _met(code, near[number]) if number in near else None
        if found is not None:
            return found
    return None


def _met(code: PhoneCode, period: PhonePeriod) -> Recognized | None:
    salt, anchor, link = _salt(code.phone_id, period.number), bytes.fromhex(period.anchor), code.value
    for step in range(STEPS_A_PERIOD):
        below = _below(salt, link)
        if below == anchor:
            name_key = _masked(bytes.fromhex(period.wrapped), link, code.phone_id, period.number)
            return Recognized(step=period.number * STEPS_A_PERIOD + step, name_key=name_key)
        link = below
    return None


def _links(secret: bytes, phone_id: str, number: int) -> Iterator[tuple[int, bytes]]:
    """(step, its link) from a week's last step down to its first."""
    salt, link = _salt(phone_id, number), _end(secret, phone_id, number)
    first = number * STEPS_A_PERIOD
    for step in range(first + STEPS_A_PERIOD - 1, first - 1, -1):
        yield step, link
        link = _below(salt, link)


def _below(salt: bytes, link: bytes) -> bytes:
    return hashlib.sha256(salt + link).digest()[:VALUE_BYTES]


def _end(secret: bytes, phone_id: str, number: int) -> bytes:
    return hmac.digest(secret, b"tessera phone end 1" + _salt(phone_id, number), "sha256")[:VALUE_BYTES]


def _salt(phone_id: str, number: int) -> bytes:
    """Every phone and week has a hash of its own, so that guesses count against one of them only."""
    return b"tessera phone 1" + phone_id.encode("ascii") + number.to_bytes(8, "big")


def _masked(key: bytes, link: bytes, phone_id: str, number: int) -> bytes:
    """Wrapped from plain, and plain from wrapped. Each week's mask is used for one key."""
    mask = hmac.digest(link, b"tessera phone name 1" + _salt(phone_id, number), "sha256")[:NAME_KEY_BYTES]
    return bytes(one ^ other for one, other in zip(key, mask, strict=True))


def _text(number: int, length: int) -> str:
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range((length - 1) * 5, -1, -5))


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number << 5 | ALPHABET.index(letter)
    return number
