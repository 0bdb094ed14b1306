"""Calls: made of news, listed, tested, tried again by hand. Making them twice makes none twice."""

import json
from datetime import datetime, timedelta

from core.errors import Conflict, NotFound
from core.events import EventKind
from core.hooks import TEST, TRIED_FOR, CallState, HookTrouble, wants
from server.services.hooks.registering import not_ended
from server.services.hooks.values import Call, as_call
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.programs.paging import Part, Wanted, part_of
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import EventRow, WebhookCallRow, WebhookEndpointRow

CHUNK = 200
"""Events a transaction."""
KEPT = timedelta(days=30)
"""How long a call that came to its end is kept."""
OVER = (CallState.DELIVERED.value, CallState.GIVEN_UP.value, CallState.DROPPED.value)


def make_calls(at: datetime) -> int:
    """Of all news that nobody has looked at yet; how many calls it made."""
    made = 0
    while True:
        with writing():
            events = list(
                for_update(EventRow.select().where(EventRow.hooks_at.is_null()).order_by(EventRow.id).limit(CHUNK))
            )
            made += _calls_of(events, at)
            EventRow.update({EventRow.hooks_at: at}).where(EventRow.id.in_([event.id for event in events])).execute()
        if len(events) < CHUNK:
            return made


def forget_old_calls(at: datetime) -> int:
    """Those that came to their end a month ago; how many."""
    with writing():
        is_old = WebhookCallRow.state.in_(OVER) & (WebhookCallRow.made_at < at - KEPT)
        return int(WebhookCallRow.delete().where(is_old).execute())


def calls(
    organization_id: str,
    endpoint_id: str,
    by: Asker,
    wanted: Wanted,
    *,
    state: CallState | None = None,
) -> Part[Call]:
    """Newest first; of those in a state, or all. Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.RUN)
        not_ended(organization_id, endpoint_id)
        query = WebhookCallRow.select().where(WebhookCallRow.endpoint == endpoint_id)
        if state is not None:
            query = query.where(WebhookCallRow.state == state.value)
        part = part_of(query, (WebhookCallRow.id,), wanted, newest_first=True)
        return Part(found=tuple(map(as_call, part.found)), next=part.next)


def call_as_test(organization_id: str, endpoint_id: str, by: Asker, at: datetime) -> Call:
    """A call of kind `webhook.test`, sent in a moment; its line in the list says what came of it.

    Raises `Conflict` for a webhook that is paused, `NotFound`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.RUN)
        row = not_ended(organization_id, endpoint_id)
        if row.paused_at is not None:
            raise Conflict("webhook.paused")
        call = WebhookCallRow.create(**_new(row, TEST, None, at))
        return as_call(call)


def try_again(organization_id: str, endpoint_id: str, call_id: str, by: Asker, at: datetime) -> Call:
    """A call that was given up, or waits for its next try, is sent in a moment. One that arrived stays as it is.

    Raises `Conflict` for a webhook that is paused, `NotFound`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.RUN)
        endpoint = not_ended(organization_id, endpoint_id, is_locked=True)
        for_update(WebhookCallRow.select().where(WebhookCallRow.id == call_id)).first()
        row = ours(WebhookCallRow, organization_id, call_id, "webhook_call")
        if row.endpoint_id != endpoint_id:
            raise NotFound("webhook_call.not_found", id=call_id)
        if endpoint.paused_at is not None:
            raise Conflict("webhook.paused")
        if row.state in (CallState.GIVEN_UP.value, CallState.WAITING.value):
            row.state, row.next_try_at, row.until_at = CallState.WAITING.value, at, at + TRIED_FOR
            row.save()
            endpoint.rests_until = None
            endpoint.save()
        return as_call(row)


def _calls_of(events: list[EventRow], at: datetime) -> int:
    houses = {event.organization_id for event in events}
    listening: dict[str, list[WebhookEndpointRow]] = {}
    if houses:
        rows = WebhookEndpointRow.select().where(
            WebhookEndpointRow.organization.in_(sorted(houses)), WebhookEndpointRow.ended_at.is_null()
        )
        for row in rows:
            listening.setdefault(row.organization_id, []).append(row)
    new = [
        _new(endpoint, event.kind, event.id, at)
        for event in events
        for endpoint in listening.get(event.organization_id, ())
        if _hears(endpoint, event, at)
    ]
    for start in range(0, len(new), CHUNK // 4):
        WebhookCallRow.insert_many(new[start : start + CHUNK // 4]).on_conflict_ignore().execute()
    return len(new)


def _hears(endpoint: WebhookEndpointRow, event: EventRow, at: datetime) -> bool:
    """Of what was noted since it was registered; after three days of a pause nothing is kept for it any more."""
    if event.noted_at < endpoint.made_at:
        return False
    if endpoint.paused_at is not None and at - endpoint.paused_at >= TRIED_FOR:
        return False
    return event.kind in set(EventKind) and wants(json.loads(endpoint.kinds), event.kind)


def _new(endpoint: WebhookEndpointRow, kind: str, event_id: str | None, at: datetime) -> dict[str, object]:
    return {
        "id": new_id(at),
        "organization": endpoint.organization_id,
        "endpoint": endpoint.id,
        "event": event_id,
        "kind": kind,
        "state": CallState.WAITING.value,
        "tries": 0,
        "made_at": at,
        "next_try_at": at,
        "until_at": at + TRIED_FOR,
        "trouble": HookTrouble.NONE.value,
    }
