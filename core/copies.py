"""When a card was at two places at once: shown at two venues sooner than anybody gets from one to the other.

It refuses to turn anybody away: there may be a good reason, and staff will hear it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """A card was shown. `error`: by how much the instant may be off, as its kiosk's clock was then."""

    attempt_id: str
    card: str
    venue_id: str
    at: datetime
    error: timedelta = timedelta(0)


def is_impossible(one: Sighting, other: Sighting, policy: Policy) -> bool:
    """Whether one person cannot have shown both, even if both clocks were wrong in the way that excuses most.

    Two kiosks of one venue are beside each other; and nobody is suspected by a clock that is not sure.
    """
    if one.card != other.card or one.venue_id == other.venue_id:
        return False
    apart = abs(one.at - other.at) + one.error + other.error
    return apart < policy.travel_between(one.venue_id, other.venue_id)


def longest_travel(policy: Policy) -> timedelta:
    """Sightings further apart than this need not be laid beside each other."""
    return max([policy.travel_time, *(time.takes for time in policy.travel_times)])
