"""A kiosk asks, tells, pairs and fetches its venue's replica, in core's own types. It can do nothing else here."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from core import wire
from core.addresses import is_loopback
from core.errors import Unauthenticated
from core.finding import Find
from core.protocol import Pair, Unpair
from server.api.asking import Now
from server.services.fleet.confirming import take_back
from server.services.fleet.conversing import answer, find_somebody, give_replica, hear
from server.services.fleet.pairing import OpenPairing, pair, pair_openly

router = APIRouter(prefix="/api/kiosk", tags=["kiosk"])
T = TypeVar("T")

_BEARER = HTTPBearer(auto_error=False, description="A kiosk's own token, made when it was paired.")
Version = Annotated[int, Query(ge=0, lt=2**63, description="The version the kiosk has; 0: none yet.")]
Mark = Annotated[str, Query(max_length=16, description="The mark that came with that version.")]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


@router.post("/ask")
async def asked(request: Request, at: Now, credentials: Credentials) -> Response:
    """One attempt without outcome; the decision, written down."""
    body = await request.body()
    state = request.app.state
    return await in_json(lambda: answer(token_of(credentials), body, at, state.vault))


@router.post("/tell")
async def told(request: Request, at: Now, credentials: Credentials) -> Response:
    """At most 100 attempts with their outcome; what became of each, and what is new."""
    body = await request.body()
    state = request.app.state
    return await in_json(lambda: hear(token_of(credentials), body, at, state.vault, now=state.now))


@router.post("/find")
async def found(request: Request, at: Now, credentials: Credentials) -> Response:
    """A member number with PIN or birthday; a ticket for one attempt. Each try is counted before it is looked at."""
    body, vault = await request.body(), request.app.state.vault
    return await in_json(lambda: find_somebody(token_of(credentials), wire.from_json(Find, body), at, vault))


@router.get("/replica")
async def replica(since: Version, at: Now, credentials: Credentials, mark: Mark = "") -> Response:
    """What changed after that version."""
    return await in_json(lambda: give_replica(token_of(credentials), since, mark, at))


@router.post("/pair")
async def paired(request: Request, at: Now) -> Response:
    """A pairing code against a token, once."""
    body = await request.body()

    def identity() -> object:
        wish = wire.from_json(Pair, body)
        opening: OpenPairing | None = request.app.state.open_pairing
        is_here = request.client is not None and is_loopback(request.client.host)
        if opening is not None and is_here and not wish.code.strip():
            return pair_openly(opening, wish, at)
        return pair(wish, at)

    return await in_json(identity)


@router.post("/unpair")
async def unpaired(request: Request, at: Now) -> Response:
    """A promised token that staff have still to confirm, given back. It opens nothing, and closes no device."""
    body = await request.body()
    return await in_json(lambda: take_back(wire.from_json(Unpair, body), at))


def token_of(credentials: HTTPAuthorizationCredentials | None) -> str:
    """The kiosk's own. Raises `Unauthenticated` where there is none."""
    if credentials is None:
        raise Unauthenticated("device.unknown")
    return credentials.credentials


async def in_json(answer: Callable[[], object]) -> Response:
    """Services block, so they run beside the loop; what they raise is told by `api/errors.py`."""
    said = await run_in_threadpool(lambda: wire.to_json(answer()))
    return Response(said, media_type="application/json")
