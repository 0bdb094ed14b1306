"""A webhook and its calls, as an owner sees them. Values only; a secret is never among them but when it is made."""

import json
from dataclasses import dataclass
from datetime import datetime

from core.hooks import CallState, HookTrouble, PausedWhy
from server.store.tables import WebhookCallRow, WebhookEndpointRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a webhook is to be. `kinds` empty: all that may be told. `note`: what it is for, in the owner's words."""

    url: str
    kinds: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """`failing_since`: every call since then has failed. `old_secret_until`: calls are signed with two secrets."""

    id: str
    url: str
    note: str
    kinds: tuple[str, ...]
    made_at: datetime
    paused_at: datetime | None
    paused_why: PausedWhy
    paused_because: str
    failing_since: datetime | None
    old_secret_until: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """`secret` is shown now and never again."""

    endpoint: Endpoint
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """`message_id` is what the receiver sees as the id; `event_id` None for a test."""

    id: str
    endpoint_id: str
    event_id: str | None
    kind: str
    state: CallState
    tries: int
    made_at: datetime
    tried_at: datetime | None
    next_try_at: datetime | None
    delivered_at: datetime | None
    status: int | None
    trouble: HookTrouble

    @property
    def message_id(self) -> str:
        return self.event_id or self.id


def as_endpoint(row: WebhookEndpointRow) -> Endpoint:
    return Endpoint(
        id=row.id,
        url=row.url,
        note=row.note,
        kinds=tuple(json.loads(row.kinds)),
        made_at=row.made_at,
        paused_at=row.paused_at,
        paused_why=PausedWhy(row.paused_why),
        paused_because=row.paused_because,
        failing_since=row.failing_since,
        old_secret_until=row.old_until,
    )


def as_call(row: WebhookCallRow) -> Call:
    state = CallState(row.state)
    return Call(
        id=row.id,
        endpoint_id=row.endpoint_id,
        event_id=row.event_id,
        kind=row.kind,
        state=state,
        tries=row.tries,
        made_at=row.made_at,
        tried_at=row.tried_at,
        next_try_at=row.next_try_at if state is CallState.WAITING else None,
        delivered_at=row.delivered_at,
        status=row.status,
        trouble=HookTrouble(row.trouble),
    )
