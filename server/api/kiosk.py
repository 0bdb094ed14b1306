"""A kiosk asks, tells, pairs and fetches its venue's replica, in core's own types. It can do nothing else here."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from core import wire
from core.errors import Invalid, Unauthenticated
from core.protocol import Ask, Heard, Pair, Tell
from server.api.asking import Now
from server.services.door.checkin import ask
from server.services.door.kiosks import KnownKiosk
from server.services.door.telling import tell
from server.services.fleet.devices import Teller, kiosk_of_token, teller_of_token
from server.services.fleet.last_words import keep_last_words
from server.services.fleet.pairing import OpenPairing, pair, pair_openly
from server.services.fleet.replica import is_news, replica_since

router = APIRouter(prefix="/api/kiosk", tags=["kiosk"])
LOOPBACK = frozenset({"127.0.0.1", "::1"})
MOST_ATTEMPTS = 100
"""In one tell."""
T = TypeVar("T")

_BEARER = HTTPBearer(auto_error=False, description="A kiosk's own token, made when it was paired.")
Version = Annotated[int, Query(ge=0, lt=2**63, description="The version the kiosk has; 0: none yet.")]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


@router.post("/ask")
async def asked(request: Request, at: Now, credentials: Credentials) -> Response:
    """One attempt without outcome; the decision, written down."""
    body = await request.body()

    def answer() -> object:
        kiosk = _kiosk(credentials)
        return ask(kiosk, wire.from_json(Ask, body), at, request.app.state.vault)

    return await _in_json(answer)


@router.post("/tell")
async def told(request: Request, at: Now, credentials: Credentials) -> Response:
    """At most 100 attempts with their outcome; what became of each, and what is new."""
    body = await request.body()
    return await _in_json(lambda: _heard(request, body, at, credentials))


@router.get("/replica")
async def replica(since: Version, at: Now, credentials: Credentials) -> Response:
    """What changed after that version."""
    return await _in_json(lambda: replica_since(_kiosk(credentials), since, at))


@router.post("/pair")
async def paired(request: Request, at: Now) -> Response:
    """A pairing code against a token, once."""
    body = await request.body()

    def answer() -> object:
        wish = wire.from_json(Pair, body)
        opening: OpenPairing | None = request.app.state.open_pairing
        is_here = request.client is not None and request.client.host in LOOPBACK
        if opening is not None and is_here and not wish.code.strip():
            return pair_openly(opening, wish, at)
        return pair(wish, at)

    return await _in_json(answer)


def _heard(request: Request, body: bytes, at: datetime, credentials: HTTPAuthorizationCredentials | None) -> Heard:
    teller = teller_of_token(_token(credentials))
    batch = wire.from_json(Tell, body)
    if len(batch.attempts) > MOST_ATTEMPTS:
        raise Invalid("field.out_of_range", field="attempts", given=len(batch.attempts), least=0, most=MOST_ATTEMPTS)
    if teller.is_revoked:
        return _heard_last(request, teller, batch, at)
    became, have_upto = tell(teller.kiosk, batch, at, request.app.state.vault)
    known = batch.hello.replica_version
    part = replica_since(teller.kiosk, known, at) if is_news(teller.kiosk, known) else None
    return Heard(told=became, have_upto=have_upto, server_at=request.app.state.now(), replica=part)


def _heard_last(request: Request, teller: Teller, batch: Tell, at: datetime) -> Heard:
    """A revoked kiosk hands in what it holds, learns nothing, and hears that it is revoked once it has no more."""
    if not batch.attempts:
        raise Unauthenticated("device.revoked")
    became, have_upto = keep_last_words(teller.kiosk, batch, at)
    return Heard(told=became, have_upto=have_upto, server_at=request.app.state.now())


def _kiosk(credentials: HTTPAuthorizationCredentials | None) -> KnownKiosk:
    return kiosk_of_token(_token(credentials))


def _token(credentials: HTTPAuthorizationCredentials | None) -> str:
    if credentials is None:
        raise Unauthenticated("device.unknown")
    return credentials.credentials


async def _in_json(answer: Callable[[], object]) -> Response:
    """Services block, so they run beside the loop; what they raise is told by `api/errors.py`."""
    said = await run_in_threadpool(lambda: wire.to_json(answer()))
    return Response(said, media_type="application/json")
