"""Webhooks registered, changed, paused, given a new secret, deleted: by an owner, for one organization."""

import json
import secrets
from datetime import datetime

from peewee import ModelSelect

from core.addresses import target_of
from core.errors import Conflict, Invalid, NotFound
from core.hooks import OLD_SECRET_LASTS, SECRET_BYTES, SENDABLE, CallState, PausedWhy, secret_text
from server.services.door.vault import CodeVault
from server.services.hooks.values import Endpoint, Registered, Wanted, as_endpoint
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import OrganizationRow, WebhookCallRow, WebhookEndpointRow

MOST = 20
"""Webhooks of one organization: each of them is a call for each piece of news."""


def register(organization_id: str, wanted: Wanted, by: Asker, at: datetime, vault: CodeVault) -> Registered:
    """It hears what happens from now on. Its secret is shown now and never again.

    Raises `Invalid` for an address that is no https, lies inside a network or cannot be understood, and for a kind
    that nobody is told; `Conflict` for one too many; `Forbidden`.
    """
    clean = _clean(wanted)
    secret = secrets.token_bytes(SECRET_BYTES)
    with writing():
        require(organization_id, by, Right.RUN)
        for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()
        if _all_of(organization_id).count() >= MOST:
            raise Conflict("webhook.too_many", most=MOST)
        row = WebhookEndpointRow.create(
            id=new_id(at),
            organization=organization_id,
            url=clean.url,
            note=clean.note,
            kinds=json.dumps(clean.kinds),
            secret=vault.seal_hook(secret),
            made_at=at,
            made_by=by.staff_id,
        )
        return Registered(endpoint=as_endpoint(row), secret=secret_text(secret))


def endpoints(organization_id: str, by: Asker) -> list[Endpoint]:
    """Oldest first. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.RUN)
        return [as_endpoint(row) for row in _all_of(organization_id).order_by(WebhookEndpointRow.id)]


def endpoint(organization_id: str, endpoint_id: str, by: Asker) -> Endpoint:
    """Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.RUN)
        return as_endpoint(_ours(organization_id, endpoint_id))


def change(organization_id: str, endpoint_id: str, wanted: Wanted, by: Asker, at: datetime) -> Endpoint:
    """From now on exactly so. What waits goes to the new address. Raises as `register` does, and `NotFound`."""
    clean = _clean(wanted)
    with writing():
        require(organization_id, by, Right.RUN)
        row = _ours(organization_id, endpoint_id, is_locked=True)
        if clean.url != row.url:
            row.failing_since, row.rests_until = None, None
        row.url, row.note, row.kinds = clean.url, clean.note, json.dumps(clean.kinds)
        row.save()
        return as_endpoint(row)


def pause(organization_id: str, endpoint_id: str, because: str, by: Asker, at: datetime) -> Endpoint:
    """Nothing is sent until it is resumed; what happens meanwhile waits for three days. Paused before, it stays so.

    Raises `NotFound`, `Forbidden`.
    """
    why = words.optional("because", because)
    with writing():
        require(organization_id, by, Right.RUN)
        row = _ours(organization_id, endpoint_id, is_locked=True)
        if row.paused_at is None:
            row.paused_at, row.paused_why, row.paused_because = at, PausedWhy.BY_STAFF.value, why
            row.save()
        return as_endpoint(row)


def resume(organization_id: str, endpoint_id: str, by: Asker, at: datetime) -> Endpoint:
    """What waits is sent. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.RUN)
        row = _ours(organization_id, endpoint_id, is_locked=True)
        row.paused_at, row.paused_why, row.paused_because = None, PausedWhy.NOT_PAUSED.value, ""
        row.failing_since, row.rests_until = None, None
        row.save()
        return as_endpoint(row)


def change_secret(organization_id: str, endpoint_id: str, by: Asker, at: datetime, vault: CodeVault) -> Registered:
    """A new secret; for 24 hours calls are signed with both, so that no receiver misses one while it learns it.

    Changed again in that time, the one before last signs no more. Raises `NotFound`, `Forbidden`.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    with writing():
        require(organization_id, by, Right.RUN)
        row = _ours(organization_id, endpoint_id, is_locked=True)
        row.old_secret, row.old_until = row.secret, at + OLD_SECRET_LASTS
        row.secret = vault.seal_hook(secret)
        row.save()
        return Registered(endpoint=as_endpoint(row), secret=secret_text(secret))


def delete(organization_id: str, endpoint_id: str, by: Asker, at: datetime) -> None:
    """It is not there any more; what waited for it is not sent, and its secrets are gone. Raises `NotFound`."""
    with writing():
        require(organization_id, by, Right.RUN)
        row = _ours(organization_id, endpoint_id, is_locked=True)
        row.ended_at, row.secret, row.old_secret, row.old_until = at, "", "", None
        row.save()
        waits = (WebhookCallRow.endpoint == endpoint_id) & (WebhookCallRow.state == CallState.WAITING.value)
        WebhookCallRow.update(state=CallState.DROPPED.value).where(waits).execute()


def not_ended(organization_id: str, endpoint_id: str, *, is_locked: bool = False) -> WebhookEndpointRow:
    """Inside `reading()`, or `writing()` if it is to be locked. Raises `NotFound`."""
    return _ours(organization_id, endpoint_id, is_locked=is_locked)


def _ours(organization_id: str, endpoint_id: str, *, is_locked: bool = False) -> WebhookEndpointRow:
    if is_locked:
        for_update(WebhookEndpointRow.select().where(WebhookEndpointRow.id == endpoint_id)).first()
    row = ours(WebhookEndpointRow, organization_id, endpoint_id, "webhook")
    if row.ended_at is not None:
        raise NotFound("webhook.not_found", id=endpoint_id)
    return row


def _all_of(organization_id: str) -> ModelSelect:
    return WebhookEndpointRow.select().where(
        WebhookEndpointRow.organization == organization_id, WebhookEndpointRow.ended_at.is_null()
    )


def _clean(wanted: Wanted) -> Wanted:
    url = wanted.url.strip()
    target_of(url)
    known = {kind.value for kind in SENDABLE}
    for kind in wanted.kinds:
        if kind not in known:
            raise Invalid("webhook.no_such_kind", kind=kind[:40])
    kinds = tuple(sorted(set(wanted.kinds)))
    return Wanted(url=url, kinds=kinds, note=words.optional("note", wanted.note))
