"""What the server sees of whoever asks through a proxy."""

import pytest
from fastapi import FastAPI, Request, WebSocket
from fastapi.testclient import TestClient
from peewee import Database

from core import wire
from core.protocol import Pair
from core.proxies import proxies_in
from server.api.app import make_app
from server.api.proxied import Proxied
from server.services.fleet.pairing import OpenPairing
from tests.server.studio import SIX_PM, VAULT, open_studio

HERE = "127.0.0.1"
STRANGER = "203.0.113.9"


def echo() -> FastAPI:
    app = FastAPI()

    @app.get("/seen")
    def seen(request: Request) -> list[str]:
        assert request.client is not None
        return [request.client.host, request.url.scheme]

    @app.websocket("/live")
    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        assert websocket.client is not None
        await websocket.send_json([websocket.client.host, websocket.url.scheme])

    return app


@pytest.mark.parametrize(
    ("peer", "named", "who", "is_secure"),
    [(HERE, HERE, STRANGER, True), (HERE, "", "", True), (STRANGER, HERE, STRANGER, False)],
)
def test_who_asks_and_how_is_known_to_pages_and_to_their_websockets(
    peer: str, named: str, who: str, is_secure: bool
) -> None:
    headers = {"X-Forwarded-For": f"127.0.0.1, {STRANGER}", "X-Forwarded-Proto": "https"}
    with TestClient(Proxied(echo(), proxies_in(named)), client=(peer, 50000)) as client:
        assert client.get("/seen", headers=headers).json() == [who, "https" if is_secure else "http"]
        with client.websocket_connect("/live", headers=headers) as line:
            assert line.receive_json() == [who, "wss" if is_secure else "ws"]
        assert client.get("/seen").json() == [peer, "http"]


def test_open_pairing_is_for_nobody_behind_a_proxy_of_this_machine(sqlite_database: Database) -> None:
    app = make_app(now=lambda: SIX_PM, vault=VAULT, open_pairing=OpenPairing(venue_id=open_studio().venue))
    with TestClient(Proxied(app), client=(HERE, 50000)) as client:
        asked = wire.to_json(Pair(code=""))
        for forged in (STRANGER, HERE):
            passed_on = client.post("/api/kiosk/pair", content=asked, headers={"X-Forwarded-For": forged})
            assert passed_on.status_code == 409
        assert client.post("/api/kiosk/pair", content=asked).status_code == 200
