"""How often a PIN may be tried, and which PINs are too easy. Pure: counts and instants come in, counts go out.

A try is counted before it is checked, so a count of tries is a count of wrong ones until a right one clears it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

PIN_LENGTH = 6
FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 20
"""Then this PIN is over, and a new one has to be set: a million PINs, of which a thief gets to try twenty."""


class PinRefusal(StrEnum):
    """Why staff were not believed. Each has a sentence under `pin.<value>`."""

    NOT_A_STAFF_CARD = "NOT_A_STAFF_CARD"
    CARD_NOT_KNOWN_HERE = "CARD_NOT_KNOWN_HERE"
    PIN_NOT_WHOLE = "PIN_NOT_WHOLE"
    PIN_WRONG = "PIN_WRONG"
    WAIT = "WAIT"
    PIN_IS_OVER = "PIN_IS_OVER"
    PIN_ALONE_IS_OVER = "PIN_ALONE_IS_OVER"
    PIN_OF_TWO = "PIN_OF_TWO"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffProof:
    """Somebody proved to be this member of staff. `proved_by` goes into the attempts they make."""

    staff_id: str
    first_name: str
    proved_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PinRefused:
    """`until`: when the next try will be looked at, where waiting helps."""

    reason: PinRefusal
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tries:
    """Tries since the last right PIN; `last_at` is None while there was none."""

    count: int = 0
    last_at: datetime | None = None


def is_pin(text: str) -> bool:
    """Six digits."""
    return len(text) == PIN_LENGTH and text.isascii() and text.isdigit()


def is_too_easy(pin: str) -> bool:
    """One digit, digits in a row, or a beginning said again: what is tried first."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    is_said_again = any(pin == pin[:length] * (PIN_LENGTH // length) for length in (1, 2, 3))
    return is_said_again or steps in ({1}, {9})


def counted(tries: Tries, at: datetime) -> Tries | PinRefused:
    """One more, to be written down before the PIN is looked at; or why it is not looked at now."""
    if tries.count >= MOST_TRIES:
        return PinRefused(reason=PinRefusal.PIN_IS_OVER)
    until = waits_until(tries)
    if until is not None and at < until:
        return PinRefused(reason=PinRefusal.WAIT, until=until)
    return Tries(count=tries.count + 1, last_at=at)


def waits_until(tries: Tries) -> datetime | None:
    """One minute after the fifth, doubled with each further one, up to an hour; None before the fifth."""
    if tries.last_at is None or tries.count < FREE_TRIES:
        return None
    return tries.last_at + min(LONGEST_WAIT, FIRST_WAIT * (1 << (tries.count - FREE_TRIES)))


def rebased(tries: Tries, at: datetime) -> Tries:
    """A clock that was set back would make the wait last for ever, or a thief's day: it begins again from now."""
    is_ahead = tries.last_at is not None and tries.last_at > at
    return Tries(count=tries.count, last_at=at) if is_ahead else tries
