"""Webhooks over HTTP: registering them, seeing what was sent and what came of it. For owners' tokens."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from core import messages
from core.addresses import LONGEST_ADDRESS
from core.hooks import CallState, HookTrouble, PausedWhy
from core.scopes import Subject
from server.api.asking import By, Language, Now, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.api.shapes import Given, Told
from server.services.hooks import calling, registering
from server.services.hooks.values import Call, Endpoint, Registered, Wanted
from server.services.programs import paging

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"], dependencies=[needs(Subject.WEBHOOKS)])
CALLS = Cursor("webhook calls", (str,))


class WebhookWanted(Given):
    """`kinds` empty: all that may be told. The list of kinds is in docs/webhooks.md."""

    url: str = Field(min_length=1, max_length=LONGEST_ADDRESS, description="https, on the open internet.")
    kinds: list[str] = Field(default_factory=list, max_length=100)
    note: str = Field(default="", max_length=255, description="What it is for, in your words.")

    def as_wanted(self) -> Wanted:
        return Wanted(url=self.url, kinds=tuple(self.kinds), note=self.note)


class WebhookPauseWanted(Given):
    because: str = Field(default="", max_length=255)


class WebhookTold(Told):
    id: str
    url: str
    note: str
    kinds: list[str]
    made_at: datetime
    paused_at: datetime | None
    paused_why: PausedWhy = Field(description="Empty: it is not paused.")
    paused_because: str = Field(description="What staff wrote, or why it was paused by itself, in words.")
    failing_since: datetime | None = Field(description="Every call since then has failed.")
    old_secret_until: datetime | None = Field(description="Until then calls are signed with two secrets.")


class WebhookMadeTold(WebhookTold):
    secret: str = Field(description="Shown now and never again.")


class WebhooksTold(Told):
    webhooks: list[WebhookTold]


class CallTold(Told):
    id: str
    message_id: str = Field(description="The header `webhook-id`: the event's id, or the call's for a test.")
    kind: str
    state: CallState
    tries: int
    made_at: datetime
    tried_at: datetime | None
    next_try_at: datetime | None = Field(description="While it waits.")
    delivered_at: datetime | None
    status: int | None = Field(description="What was answered at the last try; null: nothing that is HTTP.")
    trouble: HookTrouble = Field(description="Empty: none.")
    said: str = Field(description="The trouble in words; empty: none.")


class CallsTold(Told):
    calls: list[CallTold] = Field(description="Newest first.")
    next: str | None = Field(description="The cursor for those before; null: there are none.")


@router.post("", status_code=201, response_model=WebhookMadeTold, responses=noes(conflicts=("webhook.too_many",)))
def register(wanted: WebhookWanted, request: Request, by: By, at: Now, language: Language) -> WebhookMadeTold:
    """Another program hears what happens from now on. The secret is in this answer and in no other."""
    made = registering.register(by.organization_id, wanted.as_wanted(), by, at, request.app.state.vault)
    return _made(made, language)


@router.get("", response_model=WebhooksTold, responses=noes())
def webhooks(by: By, language: Language) -> WebhooksTold:
    """Every webhook of the organization, oldest first."""
    return WebhooksTold(webhooks=[_told(one, language) for one in registering.endpoints(by.organization_id, by)])


@router.get("/{webhook_id}", response_model=WebhookTold, responses=noes("webhook.not_found"))
def webhook(webhook_id: str, by: By, language: Language) -> WebhookTold:
    """One webhook, and whether its calls arrive."""
    return _told(registering.endpoint(by.organization_id, webhook_id, by), language)


@router.put("/{webhook_id}", response_model=WebhookTold, responses=noes("webhook.not_found"))
def change(webhook_id: str, wanted: WebhookWanted, by: By, at: Now, language: Language) -> WebhookTold:
    """From now on exactly so; its secret stays. What waits goes to the new address."""
    return _told(registering.change(by.organization_id, webhook_id, wanted.as_wanted(), by, at), language)


@router.delete("/{webhook_id}", status_code=204, response_model=None, responses=noes("webhook.not_found"))
def delete(webhook_id: str, by: By, at: Now) -> None:
    """It is told nothing any more; what waited for it is not sent."""
    registering.delete(by.organization_id, webhook_id, by, at)


@router.post("/{webhook_id}/pause", response_model=WebhookTold, responses=noes("webhook.not_found"))
def pause(webhook_id: str, wanted: WebhookPauseWanted, by: By, at: Now, language: Language) -> WebhookTold:
    """Nothing is sent until it is resumed; what happens meanwhile waits for three days."""
    return _told(registering.pause(by.organization_id, webhook_id, wanted.because, by, at), language)


@router.post("/{webhook_id}/resume", response_model=WebhookTold, responses=noes("webhook.not_found"))
def resume(webhook_id: str, by: By, at: Now, language: Language) -> WebhookTold:
    """What waits is sent, also after it was paused by itself."""
    return _told(registering.resume(by.organization_id, webhook_id, by, at), language)


@router.post("/{webhook_id}/secret", response_model=WebhookMadeTold, responses=noes("webhook.not_found"))
def change_secret(webhook_id: str, request: Request, by: By, at: Now, language: Language) -> WebhookMadeTold:
    """A new secret. For 24 hours calls are signed with the old one, too."""
    made = registering.change_secret(by.organization_id, webhook_id, by, at, request.app.state.vault)
    return _made(made, language)


@router.post(
    "/{webhook_id}/test",
    status_code=202,
    response_model=CallTold,
    responses=noes("webhook.not_found", conflicts=("webhook.paused",)),
)
def call_as_test(webhook_id: str, by: By, at: Now, language: Language) -> CallTold:
    """Send a call of kind `webhook.test` in a moment. The list of calls says what came of it."""
    return _call(calling.call_as_test(by.organization_id, webhook_id, by, at), language)


@router.get("/{webhook_id}/calls", response_model=CallsTold, responses=noes("webhook.not_found"))
def calls(
    webhook_id: str,
    by: By,
    language: Language,
    wanted: Annotated[paging.Wanted, Depends(CALLS)],
    state: Annotated[CallState | None, Query(description="Only those in this state.")] = None,
) -> CallsTold:
    """What was sent and what came of it. Calls that came to their end are kept for 30 days."""
    part = calling.calls(by.organization_id, webhook_id, by, wanted, state=state)
    return CallsTold(calls=[_call(call, language) for call in part.found], next=CALLS.next(part.next))


@router.post(
    "/{webhook_id}/calls/{call_id}/try-again",
    status_code=202,
    response_model=CallTold,
    responses=noes("webhook.not_found", "webhook_call.not_found", conflicts=("webhook.paused",)),
)
def try_again(webhook_id: str, call_id: str, by: By, at: Now, language: Language) -> CallTold:
    """Send a call that was given up, or waits for its next try, in a moment, under the same id."""
    return _call(calling.try_again(by.organization_id, webhook_id, call_id, by, at), language)


def _told(endpoint: Endpoint, language: str) -> WebhookTold:
    return WebhookTold(**_fields(endpoint, language))


def _made(made: Registered, language: str) -> WebhookMadeTold:
    return WebhookMadeTold(**_fields(made.endpoint, language), secret=made.secret)


def _fields(endpoint: Endpoint, language: str) -> dict[str, Any]:
    why = endpoint.paused_why
    by_itself = why in (PausedWhy.FAILING, PausedWhy.GONE)
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "note": endpoint.note,
        "kinds": list(endpoint.kinds),
        "made_at": endpoint.made_at,
        "paused_at": endpoint.paused_at,
        "paused_why": why,
        "paused_because": messages.say(language, f"desk.webhook.paused.{why.value}")
        if by_itself
        else endpoint.paused_because,
        "failing_since": endpoint.failing_since,
        "old_secret_until": endpoint.old_secret_until,
    }


def _call(call: Call, language: str) -> CallTold:
    trouble = call.trouble
    return CallTold(
        id=call.id,
        message_id=call.message_id,
        kind=call.kind,
        state=call.state,
        tries=call.tries,
        made_at=call.made_at,
        tried_at=call.tried_at,
        next_try_at=call.next_try_at,
        delivered_at=call.delivered_at,
        status=call.status,
        trouble=trouble,
        said=messages.say(language, f"desk.webhook.trouble.{trouble.value}") if trouble.value else "",
    )
