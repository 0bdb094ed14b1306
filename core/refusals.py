"""Every way Tessera can say no: a closed list. Values are stored and sent; they never change and are never reused."""

from collections.abc import Mapping
from enum import StrEnum


class RefusalReason(StrEnum):
    """Why the door stayed shut, an attempt ended without a check-in, or a reservation was not made."""

    # what was shown
    NOT_A_MEMBERSHIP_CARD = "NOT_A_MEMBERSHIP_CARD"
    CARD_UNKNOWN = "CARD_UNKNOWN"
    CARD_NOT_ON_THIS_KIOSK = "CARD_NOT_ON_THIS_KIOSK"
    NO_MEMBER_LIST = "NO_MEMBER_LIST"
    CARD_REPLACED = "CARD_REPLACED"
    CARD_REVOKED = "CARD_REVOKED"
    CARD_EXPIRED = "CARD_EXPIRED"
    PHONE_CODE_OLD = "PHONE_CODE_OLD"
    NOT_LED_BY_CARD = "NOT_LED_BY_CARD"
    FINDING_NEEDS_SERVER = "FINDING_NEEDS_SERVER"
    # who it is
    MEMBER_INACTIVE = "MEMBER_INACTIVE"
    SUSPENDED = "SUSPENDED"
    # when and where
    TOO_EARLY = "TOO_EARLY"
    TOO_LATE = "TOO_LATE"
    NO_SESSION_TODAY = "NO_SESSION_TODAY"
    OTHER_VENUE = "OTHER_VENUE"
    SESSION_CANCELLED = "SESSION_CANCELLED"
    NO_RESERVATION = "NO_RESERVATION"
    SESSION_FULL = "SESSION_FULL"
    # what pays
    NO_PASS = "NO_PASS"
    PASS_NOT_FOR_THIS = "PASS_NOT_FOR_THIS"
    PASS_NOT_YET_VALID = "PASS_NOT_YET_VALID"
    PASS_EXPIRED = "PASS_EXPIRED"
    PASS_PAUSED = "PASS_PAUSED"
    PASS_USED_UP = "PASS_USED_UP"
    PART_OUT_OF_ORDER = "PART_OUT_OF_ORDER"
    PART_ALREADY_TAKEN = "PART_ALREADY_TAKEN"
    # what a kiosk alone may not answer for
    CLOCK_UNSURE = "CLOCK_UNSURE"
    MEMBER_LIST_TOO_OLD = "MEMBER_LIST_TOO_OLD"
    OFFLINE_WALK_IN_LIMIT = "OFFLINE_WALK_IN_LIMIT"
    # staff at the door
    STAFF_NOT_ALLOWED = "STAFF_NOT_ALLOWED"
    # reserving
    SESSION_STARTED = "SESSION_STARTED"
    ALREADY_RESERVED = "ALREADY_RESERVED"
    TOO_MANY_AHEAD = "TOO_MANY_AHEAD"
    # how an attempt ended that nobody refused
    CHOICE_NOT_MADE = "CHOICE_NOT_MADE"
    UNDONE_BY_MEMBER = "UNDONE_BY_MEMBER"
    UNDONE_BY_STAFF = "UNDONE_BY_STAFF"
    INTERRUPTED = "INTERRUPTED"


REASONS_KNOWN = 2
"""Counts how often reasons were added that a server may send. A kiosk says up to which it knows them."""
SINCE: Mapping[RefusalReason, tuple[int, RefusalReason]] = {
    RefusalReason.PASS_PAUSED: (2, RefusalReason.PASS_NOT_YET_VALID),
}
"""When a reason was added, and what comes nearest to it for a kiosk that cannot read it."""


def as_known(reason: RefusalReason, known: int) -> RefusalReason:
    """The reason in words that a kiosk knows which knows so many."""
    since, nearest = SINCE.get(reason, (1, reason))
    return reason if known >= since else nearest


PRIVATE_REASONS = frozenset(
    {
        RefusalReason.SUSPENDED,
        RefusalReason.MEMBER_INACTIVE,
        RefusalReason.CARD_REVOKED,
    }
)
"""Never named on the public screen: it says that someone is on the way; staff read why."""
