"""Writes down, in the transaction that makes it so, that something happened. Tells nobody by itself."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.events import EventKind
from server.store.ids import new_ids
from server.store.many import insert_all
from server.store.tables import EventRow

WRITTEN = (
    EventRow.id,
    EventRow.organization,
    EventRow.kind,
    EventRow.member,
    EventRow.session,
    EventRow.reservation,
    EventRow.subject,
    EventRow.data,
    EventRow.happened_at,
)


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
    """`announce` for many. Those that share one `data` are written quicker."""
    texts: dict[int, str] = {}
    insert_all(
        EventRow,
        {EventRow.noted_at: at},
        WRITTEN,
        [_values(id_, event, at, texts) for id_, event in zip(new_ids(at, len(events)), events, strict=True)],
    )


def _values(id_: str, event: Event, at: datetime, texts: dict[int, str]) -> tuple[object, ...]:
    """`texts`: by the identity of the data, while all the events live."""
    data = texts.get(id(event.data))
    if data is None:
        data = texts[id(event.data)] = json.dumps(dict(event.data), sort_keys=True)
    return (
        id_,
        event.organization_id,
        event.kind.value,
        event.member_id,
        event.session_id,
        event.reservation_id,
        event.subject,
        data,
        event.happened_at or at,
    )
