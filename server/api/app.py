"""The API as one app: routers, errors, limits. It draws nothing; pages are put on it by whoever runs."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import TesseraError
from server.api import kiosk, staff_at_kiosk
from server.api.errors import answer_errors, told
from server.api.routes import routers
from server.services.door.vault import CodeVault
from server.services.fleet.pairing import OpenPairing

LARGEST_BODY = 4_000_000
"""Bytes. A hundred attempts are a tenth of it."""
TOO_LARGE = 413
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
LONGEST_NUMBER = 12
"""Digits of a body's length that are read at all."""


def make_app(*, now: Callable[[], datetime], vault: CodeVault, open_pairing: OpenPairing | None = None) -> FastAPI:
    """`now` reads the clock; `vault` opens card codes; `open_pairing` is for a demo only."""
    app = FastAPI(
        title="Tessera",
        description="Check-in for studios, gyms and workshops. Every error has a code, a sentence and what to do.",
        version="0.1.0",
    )
    app.state.now, app.state.vault, app.state.open_pairing = now, vault, open_pairing
    answer_errors(app)
    app.add_middleware(AtMost, most=LARGEST_BODY)
    app.include_router(kiosk.router)
    app.include_router(staff_at_kiosk.router)
    for router in routers:
        app.include_router(router)
    app.add_api_route("/api/health", lambda: {"ok": True, "at": now().isoformat()}, tags=["health"])
    app.add_route("/api/{rest:path}", _nothing_here, methods=METHODS, include_in_schema=False)
    return app


async def _nothing_here(request: Request) -> Response:
    """Last among the API's routes, so that the pages, which are put on the app later, answer no program with HTML."""
    others = (route.matches(request.scope)[0] for route in request.app.routes)
    raise HTTPException(405 if Match.PARTIAL in others else 404)


class AtMost:
    """Refuses a body that is larger than anybody of ours sends, before it fills the memory."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or len(said) > LONGEST_NUMBER or int(said) > self._most:
            await told(Request(scope), TesseraError("http.too_large"), TOO_LARGE)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            """For a body that comes in pieces and does not say how long it will be."""
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise HTTPException(TOO_LARGE)
            return message

        await self._app(scope, counted, send)
