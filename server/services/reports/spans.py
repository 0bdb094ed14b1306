"""Which time a report covers: local days of the venue, or of the organization's first venue."""

from datetime import date, datetime, timedelta

from core import clocktime
from core.errors import Invalid
from server.services.people.ours import ours
from server.services.reports.values import Span
from server.store.tables import VenueRow

USUAL = timedelta(days=28)
LONGEST = timedelta(days=400)


def span_of(
    organization_id: str, from_day: date | None, until_day: date | None, venue_id: str | None, at: datetime
) -> Span:
    """From the first moment of `from_day` up to the first of `until_day`; unless given, the last 28 days before today.

    Call it inside `reading()`. Raises `NotFound`, and `Invalid` for a span that is empty or longer than 400 days.
    """
    if venue_id is not None:
        venue = ours(VenueRow, organization_id, venue_id, "venue")
    else:
        venue = VenueRow.select().where(VenueRow.organization == organization_id).order_by(VenueRow.id).first()
    zone = clocktime.zone_named(venue.zone if venue else "UTC")
    until = until_day or clocktime.local_day(at, zone)
    first = from_day or until - USUAL
    if until <= first:
        raise Invalid("time.ends_before_it_starts", starts=first.isoformat(), ends=until.isoformat())
    if until - first > LONGEST:
        raise Invalid("report.span_too_long", most=LONGEST.days)
    return Span(
        from_at=clocktime.day_span(first, zone)[0],
        until_at=clocktime.day_span(until, zone)[0],
        venue_id=venue_id,
    )
