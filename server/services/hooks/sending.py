"""Sending: calls are claimed, handed to whoever speaks HTTP, and what came of each is written down.

At least once: a scheduler that dies between sending and writing sends again, under the same id.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import Expression, fn

from core.clocktime import as_kept
from core.errors import Conflict
from core.hooks import (
    ENDPOINT_RESTS,
    TEST,
    Answer,
    CallState,
    HookTrouble,
    News,
    Outgoing,
    PausedWhy,
    headers,
    is_to_be_paused,
    next_try,
    payload,
)
from server.services.door.vault import CodeVault
from server.store.database import for_update, reading, writing
from server.store.tables import EventRow, WebhookCallRow, WebhookEndpointRow

log = logging.getLogger(__name__)

Send = Callable[[Sequence[Outgoing]], Mapping[str, Answer]]
"""Sends calls, those to one address one after another, and stops there at the first that fails. By call id, what came
of it; a call that is left out was not tried."""

CLAIMED_FOR = timedelta(minutes=5)
"""Far longer than a batch takes, so that only a scheduler that died is replaced."""
ENDPOINTS_AT_ONCE = 50
FOR_ONE = 20
"""Calls to one address in a batch, so that none keeps the others waiting."""
GONE = 410
_IN_ORDER = fn.COALESCE(WebhookCallRow.event, WebhookCallRow.id)
"""As the news was noted, not as calls were made of it: those of one moment have ids in no order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What a batch came to."""

    delivered: int = 0
    failed: int = 0
    not_tried: int = 0


def send_due(at: datetime, vault: CodeVault, send: Send) -> Sent:
    """One batch of what is due, oldest first."""
    claimed_until = as_kept(at + CLAIMED_FOR)
    claimed = _claim(at, claimed_until)
    if not claimed:
        return Sent()
    outgoing, unsealed = _made_ready(claimed, at, vault)
    answers = {**send(outgoing), **unsealed}
    delivered = failed = 0
    for call_id in claimed:
        answer = answers.get(call_id)
        if _write(call_id, claimed_until, answer, at) and answer is not None:
            delivered, failed = delivered + answer.is_delivered, failed + (not answer.is_delivered)
    return Sent(delivered=delivered, failed=failed, not_tried=len(claimed) - delivered - failed)


def _claim(at: datetime, claimed_until: datetime) -> list[str]:
    """Ids, oldest first, that nobody else sends meanwhile."""
    with writing():
        is_due = (
            _is_due(at)
            & WebhookEndpointRow.paused_at.is_null()
            & WebhookEndpointRow.ended_at.is_null()
            & (WebhookEndpointRow.rests_until.is_null() | (WebhookEndpointRow.rests_until <= at))
        )
        listening = (
            WebhookCallRow.select(WebhookCallRow.endpoint)
            .join(WebhookEndpointRow)
            .where(is_due)
            .group_by(WebhookCallRow.endpoint)
            .order_by(fn.MIN(_IN_ORDER))
            .limit(ENDPOINTS_AT_ONCE)
        )
        ids = [id_ for (endpoint_id,) in list(listening.tuples()) for id_ in _first_due(endpoint_id, at)]
        # Two schedulers may have found the same: the second waits here, and finds them claimed.
        found = WebhookCallRow.select(WebhookCallRow.id).where(WebhookCallRow.id.in_(ids), _is_due(at))
        locked = for_update(found.order_by(_IN_ORDER))
        mine_now = [id_ for (id_,) in locked.tuples()]
        changes = {WebhookCallRow.claimed_until: claimed_until}
        WebhookCallRow.update(changes).where(WebhookCallRow.id.in_(mine_now)).execute()
        return mine_now


def _is_due(at: datetime) -> Expression:
    return (
        (WebhookCallRow.state == CallState.WAITING.value)
        & (WebhookCallRow.next_try_at <= at)
        & (WebhookCallRow.claimed_until.is_null() | (WebhookCallRow.claimed_until <= at))
    )


def _first_due(endpoint_id: str, at: datetime) -> list[str]:
    query = WebhookCallRow.select(WebhookCallRow.id).where(WebhookCallRow.endpoint == endpoint_id, _is_due(at))
    return [id_ for (id_,) in query.order_by(_IN_ORDER).limit(FOR_ONE).tuples()]


def _made_ready(claimed: Sequence[str], at: datetime, vault: CodeVault) -> tuple[list[Outgoing], dict[str, Answer]]:
    """(what can be sent, what is wrong with the others)."""
    with reading():
        rows = list(WebhookCallRow.select().where(WebhookCallRow.id.in_(list(claimed))).order_by(_IN_ORDER))
        events = {row.id: row for row in EventRow.select().where(EventRow.id.in_([r.event_id for r in rows]))}
        ids = {row.endpoint_id for row in rows}
        endpoints = {row.id: row for row in WebhookEndpointRow.select().where(WebhookEndpointRow.id.in_(sorted(ids)))}
    outgoing: list[Outgoing] = []
    unsealed: dict[str, Answer] = {}
    for row in rows:
        try:
            secrets = _secrets_of(endpoints[row.endpoint_id], at, vault)
        except Conflict:
            unsealed[row.id] = Answer(trouble=HookTrouble.KEY)
            continue
        message_id = row.event_id or row.id
        body = payload(_news(row, events.get(row.event_id)))
        outgoing.append(
            Outgoing(
                call_id=row.id,
                endpoint_id=row.endpoint_id,
                url=endpoints[row.endpoint_id].url,
                headers=headers(message_id, body, secrets, at),
                body=body,
            )
        )
    return outgoing, unsealed


def _secrets_of(endpoint: WebhookEndpointRow, at: datetime, vault: CodeVault) -> list[bytes]:
    """The newest first. Raises `Conflict`."""
    found = [vault.open_hook(endpoint.secret)]
    if endpoint.old_secret and endpoint.old_until is not None and at < endpoint.old_until:
        found.append(vault.open_hook(endpoint.old_secret))
    return found


def _news(call: WebhookCallRow, event: EventRow | None) -> News:
    if event is None:
        return News(id=call.id, kind=TEST, organization_id=call.organization_id, happened_at=call.made_at, data={})
    return News(
        id=event.id,
        kind=event.kind,
        organization_id=event.organization_id,
        happened_at=event.happened_at,
        member_id=event.member_id,
        session_id=event.session_id,
        reservation_id=event.reservation_id,
        subject=event.subject,
        data=json.loads(event.data),
    )


def _write(call_id: str, claimed_until: datetime, answer: Answer | None, at: datetime) -> bool:
    """False: the call is not ours any more: another took it over, or its webhook was deleted meanwhile."""
    with writing():
        # The webhook first, as everybody who locks both.
        endpoint_id = WebhookCallRow.get_by_id(call_id).endpoint_id
        endpoint = for_update(WebhookEndpointRow.select().where(WebhookEndpointRow.id == endpoint_id)).get()
        call = for_update(WebhookCallRow.select().where(WebhookCallRow.id == call_id)).get()
        if call.claimed_until != claimed_until or call.state != CallState.WAITING.value:
            return False
        call.claimed_until = None
        if answer is None:
            call.save()
            return True
        call.tries, call.tried_at = call.tries + 1, at
        call.status, call.trouble = answer.status, answer.trouble.value
        if answer.is_delivered:
            call.state, call.delivered_at = CallState.DELIVERED.value, at
        else:
            then = next_try(call.tries, at, call.until_at)
            if then is None:
                call.state = CallState.GIVEN_UP.value
            else:
                call.next_try_at = then
        call.save()
        _mark_endpoint(endpoint, answer, at)
        return True


def _mark_endpoint(row: WebhookEndpointRow, answer: Answer, at: datetime) -> None:
    if answer.is_delivered:
        if row.failing_since is not None or row.rests_until is not None:
            row.failing_since, row.rests_until = None, None
            row.save()
        return
    row.failing_since = row.failing_since or at
    row.rests_until = at + ENDPOINT_RESTS
    why = PausedWhy.NOT_PAUSED
    if answer.status == GONE:
        why = PausedWhy.GONE
    elif is_to_be_paused(row.failing_since, at):
        why = PausedWhy.FAILING
    if why is not PausedWhy.NOT_PAUSED and row.paused_at is None:
        row.paused_at, row.paused_why = at, why.value
        log.warning("The webhook %s is paused: %s", row.id, why.value)
    row.save()
