"""Which news becomes a letter, by which way, how long it is worth sending, and when a failed try is made again.

Rules only. What a letter says stands in `core/letter_words.py`; who may say no to which, in `OPTIONAL`.
Source: flexible-class-reservations, phase 6.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.events import EventKind as K


class Channel(StrEnum):
    """How a letter goes. The values are public and stored."""

    MAIL = "MAIL"
    SMS = "SMS"


class LetterState(StrEnum):
    """What became of a letter. HELD: it was written and not sent, `HeldBecause` says why."""

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"
    HELD = "HELD"


class HeldBecause(StrEnum):
    """NOT_WANTED: the member said so. NO_ADDRESS: none, or none that letters can go to. BOUNCING: it does not exist."""

    NOT_WANTED = "NOT_WANTED"
    NO_ADDRESS = "NO_ADDRESS"
    BOUNCING = "BOUNCING"


class Group(StrEnum):
    """Kinds of letters that a member wants, or does not want, together."""

    PLACES = "PLACES"
    PENALTIES = "PENALTIES"
    ACCOUNT = "ACCOUNT"
    REMINDERS = "REMINDERS"
    CHECK_INS = "CHECK_INS"
    PASSES = "PASSES"


OPTIONAL = (Group.REMINDERS, Group.CHECK_INS, Group.PASSES)
"""What one may do without. Nobody can miss what happened to their places, a penalty, or a link to sign in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterKind:
    """How one kind of news is told. `has_calendar`: a calendar file goes with it."""

    group: Group
    channel: Channel = Channel.MAIL
    has_calendar: bool = False


LETTERS: Mapping[K, LetterKind] = {
    K.RESERVED: LetterKind(group=Group.PLACES, has_calendar=True),
    K.CANCELLED: LetterKind(group=Group.PLACES, has_calendar=True),
    K.AUTO_CANCELLED: LetterKind(group=Group.PLACES, has_calendar=True),
    K.SESSION_CANCELLED: LetterKind(group=Group.PLACES, has_calendar=True),
    K.GIVEN_BACK: LetterKind(group=Group.PLACES, has_calendar=True),
    K.PLACE_OFFERED: LetterKind(group=Group.PLACES),
    K.OFFER_RAN_OUT: LetterKind(group=Group.PLACES),
    K.WAITING_LEFT: LetterKind(group=Group.PLACES),
    K.PLACE_BOOKED: LetterKind(group=Group.PLACES, has_calendar=True),
    K.NO_SHOW: LetterKind(group=Group.PENALTIES),
    K.NO_SHOW_EXCUSED: LetterKind(group=Group.PENALTIES),
    K.NO_SHOW_UNDONE: LetterKind(group=Group.PENALTIES),
    K.CONTEST_ANSWERED: LetterKind(group=Group.PENALTIES),
    K.SUSPENDED: LetterKind(group=Group.PENALTIES),
    K.REINSTATED: LetterKind(group=Group.PENALTIES),
    K.REMINDER: LetterKind(group=Group.REMINDERS),
    K.CHECK_IN_SOON: LetterKind(group=Group.REMINDERS, channel=Channel.SMS),
    K.LAST_CALL: LetterKind(group=Group.REMINDERS, channel=Channel.SMS),
    K.CHECKED_IN: LetterKind(group=Group.CHECK_INS),
    K.PASS_RUNS_OUT: LetterKind(group=Group.PASSES),
    K.PASS_RAN_OUT: LetterKind(group=Group.PASSES),
    K.SIGN_IN_WANTED: LetterKind(group=Group.ACCOUNT),
    K.DATA_WANTED: LetterKind(group=Group.ACCOUNT),
}
"""The news that members are told. A place that was booked from a waiting list is confirmed by that letter alone; of
waiting no more they are told where the session is called off."""

CHOICES = tuple(
    (group, channel)
    for group in OPTIONAL
    for channel in Channel
    if any((kind.group, kind.channel) == (group, channel) for kind in LETTERS.values())
)
"""What a member may choose, in the order in which it is shown. Unless they chose, they get all of it."""

NEWS_FOR = timedelta(days=7)
"""What nobody sent for so long is news no more."""
GOOD_NEWS_FOR = timedelta(days=60)
"""That a penalty is taken back is told however late a kiosk told what proves it."""
CHECKED_IN_FOR = timedelta(hours=2)
"""A check-in that a kiosk tells later than this needs no confirmation: the member has long been in and out."""
OFFER_FOR = timedelta(days=1)
RESTS_FOR: Mapping[K, timedelta] = {K.CHECKED_IN: timedelta(seconds=30)}
"""A check-in can be taken back at the kiosk at once; nothing is written before that has gone by."""

_UNTIL_THE_START = frozenset({K.RESERVED, K.REMINDER, K.CHECK_IN_SOON, K.LAST_CALL, K.PLACE_OFFERED, K.PLACE_BOOKED})
_UNTIL_THE_START |= {K.GIVEN_BACK, K.AUTO_CANCELLED, K.SESSION_CANCELLED, K.WAITING_LEFT}
_GOOD_NEWS = frozenset({K.NO_SHOW_UNDONE, K.NO_SHOW_EXCUSED, K.REINSTATED, K.GIVEN_BACK, K.CONTEST_ANSWERED})
_AFTER_IT_HAPPENED: Mapping[K, timedelta] = {
    K.CHECKED_IN: CHECKED_IN_FOR,
    K.OFFER_RAN_OUT: OFFER_FOR,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """A piece of news, as far as it matters how old it is. `noted_at`: as of when it was written down, which is long
    before the server heard of it where a kiosk told late; `over_at`: when what it offers is over, if it does."""

    kind: K
    happened_at: datetime
    noted_at: datetime
    session_starts_at: datetime | None = None
    session_ends_at: datetime | None = None
    over_at: datetime | None = None


def good_until(news: News) -> datetime:
    """Up to but not including this instant a letter of it is worth sending; afterwards it would only puzzle.

    What is about coming is worth nothing once the session has begun, a place given up nothing once it is over;
    penalties and all else are told a week long, and that one is taken back for two months.
    """
    latest = news.noted_at + (GOOD_NEWS_FOR if news.kind in _GOOD_NEWS else NEWS_FOR)
    if news.over_at is not None:
        return min(latest, news.over_at)
    if news.kind in _AFTER_IT_HAPPENED:
        return min(latest, news.happened_at + _AFTER_IT_HAPPENED[news.kind])
    if news.kind in _UNTIL_THE_START and news.session_starts_at is not None:
        return min(latest, news.session_starts_at)
    if news.kind is K.CANCELLED and news.session_ends_at is not None:
        return min(latest, news.session_ends_at)
    return latest


FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)


def next_try_at(tries: int, at: datetime) -> datetime | None:
    """When to try again after `tries` that failed for now: a minute, then twice as long each time, up to a day.

    None: that is enough.
    """
    wait = FIRST_WAIT * 2 ** (tries - 1)
    return at + wait if wait <= LONGEST_WAIT else None


_LEFT_OUT = re.compile(r"[\s()/.\u00a0-]")
_NUMBER = re.compile(r"\+?[0-9]{6,15}")


def dialable(phone: str) -> str:
    """A phone number as networks want it, of one as people write it. Empty: none can be made of it."""
    number = _LEFT_OUT.sub("", phone.replace("(0)", "") if phone.startswith("+") else phone)
    return number if _NUMBER.fullmatch(number) else ""


def hold_for(address: str, *, is_wanted: bool, is_bouncing: bool) -> HeldBecause | None:
    """Why a letter is written and not sent; None: it goes. What the member wants comes first."""
    if not is_wanted:
        return HeldBecause.NOT_WANTED
    if not address:
        return HeldBecause.NO_ADDRESS
    return HeldBecause.BOUNCING if is_bouncing else None
