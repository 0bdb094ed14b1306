"""How long a temporary card is good: a card for somebody who left theirs at home. It leads to the same member."""

from datetime import datetime, timedelta

from core import clocktime
from core.errors import Invalid

LONGEST_TEMPORARY = timedelta(days=7)
SHORTEST_TEMPORARY = timedelta(hours=1)


def good_until(at: datetime, zone_name: str, wanted: datetime | None = None) -> datetime:
    """The end of the local day, or of the hour for one handed out just before midnight; or what staff wanted.

    Raises `Invalid` for a wish that is over already, or further ahead than a card is lent.
    """
    if wanted is None:
        zone = clocktime.zone_named(zone_name)
        return max(clocktime.day_span(clocktime.local_day(at, zone), zone)[1], at + SHORTEST_TEMPORARY)
    if wanted <= at:
        raise Invalid("card.lent_too_short")
    if wanted > at + LONGEST_TEMPORARY:
        raise Invalid("card.lent_too_long", days=LONGEST_TEMPORARY.days)
    return wanted
