"""The API as one app: routers, errors, limits. It draws nothing; pages are put on it by whoever runs."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, FastAPI
from fastapi.params import Depends
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import TesseraError
from server.api import codes_page, docs_page, health, kiosk, staff_at_kiosk
from server.api.asking import Needs, asker, needs, only_known_parameters
from server.api.errors import answer_errors, told
from server.api.heads import AnswersHead
from server.api.metrics import CountsAnswers, Watched
from server.api.once import DoneOnce
from server.api.openapi import describe, operation_id, routes_of
from server.api.routes import routers
from server.api.versions import NEWEST, Versioned, is_for_programs
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
        version=NEWEST,
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
    )
    app.state.now, app.state.vault, app.state.open_pairing = now, vault, open_pairing
    app.state.watched = Watched()
    answer_errors(app)
    app.add_middleware(DoneOnce)
    app.add_middleware(AtMost, most=LARGEST_BODY)
    app.add_middleware(AnswersHead)
    app.add_middleware(Versioned)
    app.add_middleware(CountsAnswers, watched=app.state.watched)
    app.include_router(kiosk.router)
    app.include_router(staff_at_kiosk.router)
    for router in routers:
        app.include_router(router, dependencies=[*_scopes_of(router), Depends(only_known_parameters)])
    app.include_router(health.router)
    app.include_router(codes_page.router)
    app.include_router(docs_page.router)
    app.add_route("/api/{rest:path}", _nothing_here, methods=METHODS, include_in_schema=False)
    describe(app)
    return app


def _scopes_of(router: APIRouter) -> list[Depends]:
    """A router that asks who asks and does not say for what is for tokens that cover everything."""
    says = any(isinstance(dependency.dependency, Needs) for dependency in router.dependencies)
    asks = any(
        dependency.call is asker
        for route in router.routes
        if isinstance(route, APIRoute)
        for dependency in route.dependant.dependencies
    )
    return [needs(None)] if asks and not says else []


async def _nothing_here(request: Request) -> Response:
    """Last among the API's routes, so that the pages, which are put on the app later, answer no program with HTML."""
    allowed = {
        method
        for route in routes_of(request.app)
        if route.path_regex.match(request.url.path)
        for method in route.methods or ()
    }
    if "GET" in allowed and is_for_programs(request.url.path):
        allowed.add("HEAD")
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
    raise HTTPException(404)


class AtMost:
    """Refuses what cannot be meant: a body larger than anybody of ours sends, before it fills the memory; a NUL in an
    address."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if b"%00" in scope.get("raw_path", b"") or b"%00" in scope.get("query_string", b""):
            # A sign that no text of ours has, and PostgreSQL cannot be asked about.
            await told(Request(scope), TesseraError("http.not_readable"), 400)(scope, receive, send)
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
