"""What another program's token is for: a closed list of words, and what each of them covers.

A scope only ever takes away: what a token may do is what its role includes and its scopes cover, never more.
"""

from collections.abc import Iterable
from enum import StrEnum


class Subject(StrEnum):
    """What a route is about; `read` and `write` of it are two scopes."""

    CHECK_INS = "check-ins"
    FEATURES = "features"
    INBOX = "inbox"
    LETTERS = "letters"
    MEMBERS = "members"
    NO_SHOWS = "no-shows"
    POLICIES = "policies"
    REGISTRATIONS = "registrations"
    REPORTS = "reports"
    RESERVATIONS = "reservations"
    SESSIONS = "sessions"
    STAFF = "staff"
    SUSPENSIONS = "suspensions"
    TOKENS = "tokens"
    WAITING = "waiting"
    WEBHOOKS = "webhooks"


EVERYTHING = "everything"
"""The scope of a token that may do all that its role includes, and what is still to come."""

SCOPES: tuple[str, ...] = (
    *(f"{subject.value}:{verb}" for subject in Subject for verb in ("read", "write")),
    EVERYTHING,
)
"""Every scope there is. They are stored with tokens and stand in programs: none ever changes its meaning."""


def scope_of(subject: Subject, *, changes: bool) -> str:
    """What is needed to look at something, or to change it."""
    return f"{subject.value}:{'write' if changes else 'read'}"


def covers(granted: Iterable[str], needed: str) -> bool:
    """Whoever may change a thing may look at it; `everything` covers all."""
    held = frozenset(granted)
    writes_it = needed.removesuffix(":read") + ":write"
    return EVERYTHING in held or needed in held or (needed.endswith(":read") and writes_it in held)
