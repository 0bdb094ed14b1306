"""A pass ends later than it was sold to, or at once."""

from datetime import datetime, timedelta

from core import clocktime
from core.errors import Conflict
from server.services.door.validity import count_again, end_without_pauses, zone_of
from server.services.passes.changing import PassChangeKind, give_up, note_change, pass_to_change, places_on
from server.services.people import words
from server.services.people.rights import Asker
from server.store.database import writing

MOST_DAYS = 3650


def extend_pass(organization_id: str, pass_id: str, days: int, because: str, by: Asker, at: datetime) -> None:
    """Good for so many local days longer. A pass that waits for its first use will then last longer.

    Raises `Conflict` for a pass that is cancelled or never ends, `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    words.count("days", days, most=MOST_DAYS)
    with writing():
        row = pass_to_change(organization_id, pass_id, by)
        ends_at = end_without_pauses(row)
        if row.days_from_first_use is not None:
            row.days_from_first_use += days
        elif ends_at is None:
            raise Conflict("pass.has_no_end", title=row.title)
        elif row.unpaused_until is not None:
            row.unpaused_until = _later(ends_at, days, zone_of(organization_id))
        else:
            row.valid_until = _later(ends_at, days, zone_of(organization_id))
        row.runs_out_told_at = row.ran_out_told_at = None
        count_again(row)
        until = clocktime.to_ms(row.valid_until) if row.valid_until is not None else None
        note_change(row, PassChangeKind.EXTENDED, at, by.cause(why), days=days, valid_until=until)


def cancel_pass(organization_id: str, pass_id: str, because: str, by: Asker, at: datetime) -> None:
    """It pays for nothing more, and what is still reserved on it is given up. What was come to stays.

    Raises `Conflict` for one that was cancelled before, `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        row = pass_to_change(organization_id, pass_id, by)
        row.cancelled_at = at
        row.save()
        lost = give_up(places_on(row.id, at), "PASS_CANCELLED", at, by.cause(why))
        note_change(row, PassChangeKind.CANCELLED, at, by.cause(why), places_given_up=lost)


def _later(instant: datetime, days: int, zone_name: str) -> datetime:
    """So many days later, when the wall clock there shows the same."""
    zone = clocktime.zone_named(zone_name)
    local = instant.astimezone(zone)
    return clocktime.at_wall_clock(local.date() + timedelta(days=days), local.time(), zone)
