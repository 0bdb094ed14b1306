"""Which version of the policy is in force, where and when. One rule for the door, the night and every page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.policy import Enforcement, Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionStart:
    """A version's number, with its place and its start. `venue_id` None: for the whole organization."""

    version: int
    starts_at: datetime
    venue_id: str | None = None


def in_force(versions: Iterable[VersionStart], venue_id: str | None, at: datetime) -> VersionStart | None:
    """The venue's own version if one has started, else the organization's. None: the defaults are in force.

    Of those that have started the one that started last, and of two with one start the later made: so a version that
    starts later is not swallowed by one that was made since. `venue_id` None: the organization's own.
    """
    known = tuple(versions)
    own = _started(known, venue_id, at)
    return own if own is not None or venue_id is None else _started(known, None, at)


def _started(versions: Iterable[VersionStart], venue_id: str | None, at: datetime) -> VersionStart | None:
    those = (one for one in versions if one.venue_id == venue_id and one.starts_at <= at)
    return max(those, key=lambda one: (one.starts_at, one.version), default=None)


def grace_from(candidate: Policy, starts_at: datetime, before: Policy) -> datetime | None:
    """When GRACE began for a new version: with it, unless the one in force `before` it is in GRACE already."""
    if candidate.enforcement is not Enforcement.GRACE:
        return None
    if before.enforcement is Enforcement.GRACE and before.grace_from_at is not None:
        return before.grace_from_at
    return starts_at
