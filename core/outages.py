"""When a kiosk could not serve, and which sessions that excuses from having been missed.

Source: protocol, "The night waits for the door": whoever missed a session while a kiosk was out of order pays nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.model import Method, Session
from core.policy import Policy

SHORTEST = timedelta(minutes=2)
"""Up to this long nothing was out of order: whoever stands before a kiosk that starts anew waits, or tries again.

A new version and a machine that starts again are ready within it, so that updating excuses nobody.
"""
ARRIVING = timedelta(hours=1)
"""Before a session starts. Staff turn a kiosk off when nobody is about: that excuses nobody but who comes then."""


class OutageWhy(StrEnum):
    """What stood in the way. DECLARED: staff say so, for a kiosk that can tell nothing any more."""

    CAMERA = "CAMERA"
    DISK = "DISK"
    CLOCK = "CLOCK"
    NO_MEMBER_LIST = "NO_MEMBER_LIST"
    NOT_RUNNING = "NOT_RUNNING"
    TURNED_OFF = "TURNED_OFF"
    BY_STAFF = "BY_STAFF"
    """Staff put it out of order, standing before it."""
    DECLARED = "DECLARED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From an instant up to, but not including, another."""

    from_at: datetime
    until_at: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.from_at < other.until_at and other.from_at < self.until_at


@dataclass(frozen=True, kw_only=True, slots=True)
class OutOfOrder:
    """A kiosk of the session's venue could not serve. `why`: an `OutageWhy`, or a newer kiosk's own word."""

    why: str
    span: Span

    @property
    def counts(self) -> bool:
        """Long enough for somebody to have gone away, or said by staff, who know."""
        return self.why == OutageWhy.DECLARED or self.span.until_at - self.span.from_at > SHORTEST


def excuses(outage: OutOfOrder, session: Session, policy: Policy) -> bool:
    """Whether nobody is to pay for having missed the session.

    One kiosk out of several is enough: nobody knows at which of them a member stood before they went away.
    """
    window = policy.window(session, Method.SELF)
    missed = Span(from_at=window.opens_at, until_at=window.closes_at)
    if outage.why == OutageWhy.TURNED_OFF:
        missed = Span(
            from_at=max(window.opens_at, session.starts_at - ARRIVING), until_at=min(window.closes_at, session.ends_at)
        )
    return outage.counts and outage.span.overlaps(missed)


def first_excuse(session: Session, policy: Policy, outages: Iterable[OutOfOrder]) -> OutOfOrder | None:
    """The earliest outage that excuses from the session. None: it was there to be come to."""
    found = (outage for outage in outages if excuses(outage, session, policy))
    return min(found, key=lambda outage: (outage.span.from_at, outage.span.until_at), default=None)
