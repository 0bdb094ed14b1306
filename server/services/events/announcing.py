"""Writes down, in the transaction that makes it so, that something happened. Tells nobody by itself."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.events import EventKind
from server.store.ids import new_id
from server.store.tables import EventRow

AT_ONCE = 200
"""Rows in one statement; SQLite counts each of their values."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One piece of news. `happened_at` None: just now. `subject`: what else it is about; `data`: JSON values."""

    organization_id: str
    kind: EventKind
    member_id: str | None = None
    session_id: str | None = None
    reservation_id: str | None = None
    subject: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    happened_at: datetime | None = None


def announce(event: Event, at: datetime) -> None:
    """Write it down. Call it inside `writing()`, next to what it reports."""
    announce_all((event,), at)


def announce_all(events: Sequence[Event], at: datetime) -> None:
    """`announce` for many, in few statements."""
    rows = [_row(event, at) for event in events]
    for start in range(0, len(rows), AT_ONCE):
        EventRow.insert_many(rows[start : start + AT_ONCE]).execute()


def _row(event: Event, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(at),
        "organization": event.organization_id,
        "kind": event.kind.value,
        "member": event.member_id,
        "session": event.session_id,
        "reservation": event.reservation_id,
        "subject": event.subject,
        "data": json.dumps(dict(event.data), sort_keys=True),
        "happened_at": event.happened_at or at,
        "noted_at": at,
    }
