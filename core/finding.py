"""Finding a member without a card: what proves it, how often it may be tried, and what kiosk and server say about it.

Pure: counts and instants come in, counts go out. Only the server finds anybody; a kiosk that is alone does not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_NUMBER = 12
PIN_LENGTH = 6
BIRTHDAY_LENGTH = 4
"""Day and month, two digits each."""
TRIES_A_NUMBER = 5
NUMBER_RESTS = timedelta(hours=24)
"""A birthday is one of 366: who tries five a day at one number needs months, and staff see it long before."""
TRIES_A_KIOSK = 30
KIOSK_RESTS = timedelta(hours=1)
TICKET_LASTS = timedelta(minutes=2)
"""Between being found and being checked in."""


class Finding(StrEnum):
    """By what a member who has no card with them is believed, besides their number."""

    OFF = "OFF"
    PIN = "PIN"
    BIRTHDAY = "BIRTHDAY"


class FindRefusal(StrEnum):
    """Why nobody was found. Each has a sentence under `find.<value>`.

    NOT_FOUND says the same of a number that nobody has and of a secret that is wrong.
    """

    OFF = "OFF"
    NOT_FOUND = "NOT_FOUND"
    WAIT = "WAIT"
    NO_NETWORK = "NO_NETWORK"


@dataclass(frozen=True, kw_only=True, slots=True)
class FindTries:
    """Tries of a number, or at a kiosk, since `since_at`; None: there was none."""

    count: int = 0
    since_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FindWait:
    """No more is looked at until then."""

    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Find:
    """What somebody typed at a kiosk: their member number, and the PIN, or day and month of birth as `DDMM`."""

    number: str
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class FoundMember:
    """Whom the server believes to stand there. `ticket` is for one attempt at this kiosk, until `ends_at`.

    `secret` (64 hex digits, in memory only) proves it. There is no more of a name than the first.
    """

    ticket: str
    secret: str
    first_name: str
    language: str
    ends_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FindAnswer:
    """One of the two. `until`: when the next try is looked at, where waiting helps."""

    found: FoundMember | None = None
    refused: FindRefusal | None = None
    until: datetime | None = None


def one_more(tries: FindTries, at: datetime, most: int, rests: timedelta) -> FindTries | FindWait:
    """Counted before anything is looked at. After `most` nothing is, until `rests` have passed since the first."""
    begins_anew = tries.since_at is None or not tries.since_at <= at < tries.since_at + rests
    if begins_anew or tries.since_at is None:
        return FindTries(count=1, since_at=at)
    if tries.count >= most:
        return FindWait(until=tries.since_at + rests)
    return FindTries(count=tries.count + 1, since_at=tries.since_at)


def one_less(tries: FindTries) -> FindTries:
    """It was the right one, and wrong ones are what is counted."""
    return FindTries(count=max(0, tries.count - 1), since_at=tries.since_at)


def is_number(text: str) -> bool:
    """Digits, as a keypad gives them."""
    return 0 < len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit()


def secret_length(by: Finding) -> int:
    return PIN_LENGTH if by is Finding.PIN else BIRTHDAY_LENGTH


def is_secret(text: str, by: Finding) -> bool:
    return by is not Finding.OFF and len(text) == secret_length(by) and text.isascii() and text.isdigit()


def birthday_of(birth_date: str | None) -> str:
    """`DDMM` of an ISO date; empty where none is known."""
    return f"{birth_date[8:10]}{birth_date[5:7]}" if birth_date else ""
