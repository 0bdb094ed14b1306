"""A POST with an Idempotency-Key is done once: whoever sends it again gets the answer of the first time.

It stands before the routes, so that none can forget it. Kiosks have attempts of their own for this, and no keys.
"""

import re
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import Conflict, Invalid, TesseraError
from server.api.asking import credential_of, now, who_asks
from server.api.errors import told
from server.api.versions import is_for_programs
from server.services.programs.kept_answers import (
    Answered,
    Asked,
    Claim,
    Still,
    abandon,
    claim_or_answer,
    keep,
    marking,
)

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[!-~]{1,255}")
"""Visible ASCII."""
NOT_KEPT = frozenset({401, 403, 429})
"""Who may do what can change at any moment; asking again finds out."""
A_MOMENT = "1"
"""Seconds, in `Retry-After`."""


class DoneOnce:
    """ASGI middleware, inside the limit of a body's size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not is_for_programs(scope["path"]):
            await self._app(scope, receive, send)
            return
        keys = Headers(scope=scope).getlist(HEADER)
        request = Request(scope, receive)
        credential = credential_of(request)
        if not keys or credential is None:
            await self._app(scope, receive, send)
            return
        if len(keys) > 1 or not KEY.fullmatch(keys[0]):
            await told(request, Invalid("idempotency.key_not_understood"))(scope, receive, send)
            return
        try:
            at, body = now(request), await request.body()
            by = await run_in_threadpool(who_asks, request, at)
            asked = Asked(
                organization_id=by.organization_id,
                credential=credential.text,
                key=keys[0],
                method="POST",
                path=_address(scope),
                body=body,
            )
            found = await run_in_threadpool(claim_or_answer, asked, at)
        except TesseraError as error:
            await told(request, error)(scope, receive, send)
            return
        except HTTPException as error:
            await told(request, TesseraError("http.too_large"), error.status_code)(scope, receive, send)
            return
        match found:
            case Claim():
                await _Doing(self._app, asked, found)(scope, _said_again(body), send, at)
            case Still():
                no = Conflict("idempotency.still_running")
                await told(request, no, headers={"Retry-After": A_MOMENT})(scope, receive, send)
            case Answered():
                await _response(found, {REPLAYED: "true"})(scope, receive, send)


class _Doing:
    """One request being done: its answer is kept before it is sent."""

    def __init__(self, app: ASGIApp, asked: Asked, claim: Claim) -> None:
        self._app, self._asked, self._claim = app, asked, claim

    async def __call__(self, scope: Scope, receive: Receive, send: Send, at: datetime) -> None:
        messages: list[Message] = []

        async def held(message: Message) -> None:
            messages.append(message)

        try:
            with marking(self._claim):
                await self._app(scope, receive, held)
        except Exception:
            await run_in_threadpool(abandon, self._claim, at)
            raise
        answered = _answer_in(messages)
        if answered.status >= 500 or answered.status in NOT_KEPT:
            await run_in_threadpool(abandon, self._claim, at)
        else:
            await run_in_threadpool(keep, self._asked, self._claim, answered)
        for message in messages:
            await send(message)


def _address(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def _answer_in(messages: list[Message]) -> Answered:
    start = messages[0]
    return Answered(
        status=start["status"],
        content_type=Headers(raw=start["headers"]).get("content-type", ""),
        body=b"".join(message.get("body", b"") for message in messages[1:]),
    )


def _response(answered: Answered, headers: dict[str, str]) -> Response:
    kind = {"content-type": answered.content_type} if answered.content_type else {}
    return Response(answered.body, answered.status, {**kind, **headers})


def _said_again(body: bytes) -> Receive:
    """The body that was read, for the app, which reads it anew."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    return receive
