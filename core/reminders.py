"""When somebody who has a place is reminded of it: a day before, when check-in begins, and once more at the last.

By instants, so that a day on which the clocks change is as long as any other.
Source: flexible-class-reservations, phase 6: "Reminder 24h before session", "2-hour check-in reminder", "Last-call".
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.events import EventKind

BEFORE: Mapping[EventKind, timedelta] = {
    EventKind.REMINDER: timedelta(hours=24),
    EventKind.CHECK_IN_SOON: timedelta(hours=2),
    EventKind.LAST_CALL: timedelta(minutes=15),
}
"""How long before the start each is due, the earliest first."""
EARLIEST = max(BEFORE.values())


def reminder_due(starts_at: datetime, made_at: datetime, at: datetime) -> EventKind | None:
    """The reminder whose turn it is for a place that is open: each until the next is due, the last until the start.

    Whoever took the place after its moment has just thought of it, and waits for the next. None: no reminder now.
    """
    turn = None
    for kind, before in BEFORE.items():
        if starts_at - before <= at < starts_at:
            turn = kind if made_at <= starts_at - before else None
    return turn
