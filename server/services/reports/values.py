"""What a report says. Values only; a rate is between 0 and 1, and None where there is nothing to divide by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.model import Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From `from_at` up to but not including `until_at`; `venue_id` None: at every venue."""

    from_at: datetime
    until_at: datetime
    venue_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceFigures:
    """Places reserved in sessions that start in the span and were not called off; what became of them.

    `cancelled` by whoever reserved, or staff; `auto_cancelled` by the house. `came` and `no_shows` are those that
    stood until the session; the others wait for the night, or for their session.
    """

    reserved: int = 0
    cancelled: int = 0
    auto_cancelled: int = 0
    came: int = 0
    no_shows: int = 0

    @property
    def cancellation_rate(self) -> float | None:
        """Of all places reserved, those given up. Source: "Cancellation rate"."""
        return rate(self.cancelled, self.reserved)

    @property
    def no_show_rate(self) -> float | None:
        """Of the places that stood until the session, those nobody came for, excused or not."""
        return rate(self.no_shows, self.no_shows + self.came)

    @property
    def auto_cancellation_rate(self) -> float | None:
        """Of all places reserved, those the house took away. Source: "Auto-cancellation frequency"."""
        return rate(self.auto_cancelled, self.reserved)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFigures:
    """One class type's. Source: "No-show rate per class type"."""

    class_type_id: str
    name: str
    places: PlaceFigures


class Source(StrEnum):
    """Where somebody checked in."""

    KIOSK = "KIOSK"
    ELSEWHERE = "ELSEWHERE"
    """The staff's pages, a members' app, another program."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MethodFigures:
    """Who acted, and where. `share` is of all visits of the span."""

    method: Method
    source: Source
    visits: int
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PopularTime:
    """Sessions that start in that hour of that day of the week, by the venue's clock; Monday is 1."""

    weekday: int
    hour: int
    sessions: int
    visits: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReservationReport:
    """`made`: places reserved in the span, whenever their session starts. `advance`: from reserving to the start."""

    span: Span
    made: int
    advance: timedelta | None
    places: PlaceFigures
    by_class: tuple[ClassFigures, ...]
    methods: tuple[MethodFigures, ...]
    popular: tuple[PopularTime, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PassReport:
    """Punch passes whose time ran out in the span: how many sessions they were used for, and what was left on them."""

    span: Span
    ended: int
    sessions_used: int
    ended_with_punches_left: int
    punches_left: int

    @property
    def mean_sessions_used(self) -> float | None:
        """Source: "Average sessions used per punch pass"."""
        return rate(self.sessions_used, self.ended)

    @property
    def expiry_rate(self) -> float | None:
        """Of the passes that ended, those with punches left. Source: "Expiration rate"."""
        return rate(self.ended_with_punches_left, self.ended)


@dataclass(frozen=True, kw_only=True, slots=True)
class BeforeAndAfter:
    """No-shows for as long before a version of the policy began as after it: 28 days, or as long as it holds by now."""

    version: int
    began_at: datetime
    length: timedelta
    before: PlaceFigures
    after: PlaceFigures

    @property
    def reduction(self) -> float | None:
        """By how much the no-show rate fell, as a part of what it was; below 0: it rose."""
        before, after = self.before.no_show_rate, self.after.no_show_rate
        return None if not before or after is None else (before - after) / before


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """Suspensions that ended in the span, at least 60 days ago, and after how many of them the member came again.

    `too_early`: ended in the span, and the 60 days are not over.
    """

    ended: int
    came_again: int
    too_early: int

    @property
    def rate(self) -> float | None:
        """Source: "Customer retention after suspension"."""
        return rate(self.came_again, self.ended)


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyReport:
    """`active_members` reserved or came in the span; `suspended_members` were suspended in it, at any venue."""

    span: Span
    active_members: int
    suspended_members: int
    suspensions: int
    places: PlaceFigures
    versions: BeforeAndAfter | None
    retention: Retention

    @property
    def suspension_rate(self) -> float | None:
        """Of the members who were active, those suspended. Source: "Suspension rate"."""
        return rate(self.suspended_members, self.active_members)


def rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None
