"""Policy: every number a studio may change, with the default and where it comes from; and how a window is made."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from core import clocktime
from core.finding import Finding
from core.model import Method, Session

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """When check-in is open: from `opens_at`, up to but not including `closes_at`."""

    opens_at: datetime
    closes_at: datetime

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


class Enforcement(StrEnum):
    """How serious the studio is about absences.

    SOFT: they are noted and told, and nothing is taken. GRACE: at first they only warn, see `Policy.grace_absences` and
    `Policy.grace_span`. STRICT: every one costs what the policy says.
    """

    SOFT = "SOFT"
    GRACE = "GRACE"
    STRICT = "STRICT"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassRule:
    """What one class type does differently. None: as the organization does."""

    class_type_id: str
    opens_before_start: timedelta | None = None
    closes_after_end: timedelta | None = None
    may_walk_in: bool | None = None
    no_show_takes_punch: bool | None = None
    counts_strikes: bool | None = None
    """Whether missing it counts; if not, it takes no place ahead and suspends nobody."""
    free_cancel_before_start: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OfflineLimits:
    """What a kiosk may answer for without the server. Source: protocol, "Offline policy"."""

    walk_in_list_age: timedelta = timedelta(hours=24)
    reservation_list_age: timedelta = timedelta(hours=72)
    walk_ins_per_pass_a_day: int = 1
    """Not counted where the venue has a single kiosk."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingLimits:
    """How a place that became free goes to those who wait for it."""

    offer_lasts: timedelta = timedelta(minutes=30)
    """At most; as the session comes near, half of the time that is left, so that the next gets a chance too."""
    shortest_offer: timedelta = timedelta(minutes=5)
    answered_before_start: timedelta = timedelta(minutes=15)
    """No offer stands later than this; a place that is free then goes to whoever comes first."""
    booked_before_start: timedelta = timedelta(hours=2)
    """Whoever asked to be booked is booked until then, and offered the place like anybody else later."""
    offers: int = 2
    """So many offers may run out before a member is taken off the list; until then they wait on, behind the others."""
    released_after_start: timedelta | None = None
    """A reservation nobody came for by then lets go of its place; None: never. Elsewhere ten minutes are usual."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TravelTime:
    """How long it takes at least from one venue to another, whichever way round."""

    venue_id: str
    other_venue_id: str
    takes: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The numbers in force. A version is never changed; changing a number makes the next version."""

    version: int = 0
    """Counted for an organization, whichever venue it is for. 0: the numbers below, as nobody has changed any yet."""
    opens_before_start: timedelta = timedelta(minutes=120)
    """Self check-in. Source: flexible-class-reservations, "2 hours before/after class"."""
    closes_after_end: timedelta = timedelta(minutes=120)
    may_walk_in: bool = True
    class_rules: tuple[ClassRule, ...] = ()
    no_show_delay: timedelta = timedelta(0)
    """After a session's end, before the night may call an absence a no-show."""
    no_show_takes_punch: bool = False
    no_show_takes_places: bool = True
    """An absence that counts takes the places reserved ahead on its pass, once the pass's grace has run out."""
    counts_strikes: bool = True
    enforcement: Enforcement = Enforcement.STRICT
    grace_absences: int = 0
    """In GRACE: so many absences of each member only warn, from `grace_from_at` on."""
    grace_span: timedelta = timedelta(0)
    """In GRACE: whatever is missed for so long from `grace_from_at` on only warns."""
    grace_from_at: datetime | None = None
    """When GRACE began. The house writes it into a version and hands it on to the next, so that a change of some other
    number does not begin it anew."""
    strikes: int = 3
    """No-shows within `strike_span` that make a suspension; 0 means never."""
    strike_span: timedelta = timedelta(days=30)
    is_first_free: bool = False
    suspension_length: timedelta = timedelta(days=14)
    lifted_after_attended: int = 0
    """So many sessions come to since it began end a suspension for absences early; 0: only time and staff end it."""
    free_cancel_before_start: timedelta = timedelta(hours=24)
    """Cancelling later than this keeps the hold until the night."""
    no_show_waits_at_most: timedelta = timedelta(hours=48)
    """For a silent kiosk; then the absence is noted unconfirmed, without penalty."""
    contest_within: timedelta = timedelta(days=14)
    """After an absence was noted, its member may say that they were there."""
    offline: OfflineLimits = field(default_factory=OfflineLimits)
    silent_kiosk_after: timedelta = timedelta(hours=6)
    """A kiosk not heard of for so long, while its venue had sessions, is put before staff."""
    silent_kiosk_at_rest_after: timedelta = timedelta(hours=24)
    """The same, where no session was on meanwhile."""
    travel_time: timedelta = timedelta(minutes=10)
    """A card that is shown at two venues sooner than this was copied. Zero: nobody is told."""
    travel_times: tuple[TravelTime, ...] = ()
    """For venues that are nearer to each other, or further apart."""
    phone_link_length: timedelta = timedelta(days=90)
    """How long the link to a member's code page is good."""
    waiting: WaitingLimits = field(default_factory=WaitingLimits)
    finding: Finding = Finding.OFF
    """Whether a kiosk finds a member by number without a card, and what proves it then besides the number."""

    @property
    def longest_after_end(self) -> timedelta:
        """How long after a session's end members may check in, whichever its class type."""
        own = (rule.closes_after_end for rule in self.class_rules if rule.closes_after_end is not None)
        return max([self.closes_after_end, *own])

    def travel_between(self, venue_id: str, other_venue_id: str) -> timedelta:
        """How long it takes at least between two venues."""
        pair = {venue_id, other_venue_id}
        own = (time.takes for time in self.travel_times if {time.venue_id, time.other_venue_id} == pair)
        return next(own, self.travel_time)

    def rule_for(self, class_type_id: str) -> ClassRule:
        """The class type's own numbers, where it has some, else the organization's."""
        own = next((rule for rule in self.class_rules if rule.class_type_id == class_type_id), None)
        return ClassRule(
            class_type_id=class_type_id,
            opens_before_start=_first(own.opens_before_start if own else None, self.opens_before_start),
            closes_after_end=_first(own.closes_after_end if own else None, self.closes_after_end),
            may_walk_in=_first(own.may_walk_in if own else None, self.may_walk_in),
            no_show_takes_punch=_first(own.no_show_takes_punch if own else None, self.no_show_takes_punch),
            counts_strikes=_first(own.counts_strikes if own else None, self.counts_strikes),
            free_cancel_before_start=_first(
                own.free_cancel_before_start if own else None, self.free_cancel_before_start
            ),
        )

    def window(self, session: Session, by: Method) -> Window:
        """When check-in for a session is open: for members around it, for staff all of its local day.

        A session past midnight keeps staff's window open to its end.
        Source: flexible-class-reservations, phase 2, "Check-In APIs".
        """
        if by is Method.STAFF:
            zone = clocktime.zone_named(session.zone)
            opens_at, closes_at = clocktime.day_span(clocktime.local_day(session.starts_at, zone), zone)
            return Window(opens_at=opens_at, closes_at=max(closes_at, session.ends_at))
        rule = self.rule_for(session.class_type_id)
        before, after = rule.opens_before_start or timedelta(0), rule.closes_after_end or timedelta(0)
        return Window(opens_at=session.starts_at - before, closes_at=session.ends_at + after)

    def may_walk_into(self, session: Session) -> bool:
        return bool(self.rule_for(session.class_type_id).may_walk_in)


def _first(own: T | None, general: T) -> T:
    return general if own is None else own
