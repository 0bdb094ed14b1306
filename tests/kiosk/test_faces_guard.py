"""Only this machine's own pages may talk to the kiosk: what a browser elsewhere could send is turned away."""

import asyncio
from collections.abc import Sequence

import pytest
from starlette.types import Message, Receive, Scope, Send

from kiosk.pages.guard import OnlyThisMachine, this_machine

OURS = this_machine(8090)
Header = tuple[str, str]


async def _inside(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "inside"})


def answers_to(kind: str, headers: Sequence[Header], path: str = "/", method: str = "GET") -> list[Message]:
    """What comes back for one connection."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{kind}.disconnect"}

    scope = {
        "type": kind,
        "path": path,
        "method": method,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }
    asyncio.run(OnlyThisMachine(_inside, hosts=OURS)(scope, receive, send))
    return sent


def is_let_in(kind: str, headers: Sequence[Header], path: str = "/", method: str = "GET") -> bool:
    return answers_to(kind, headers, path, method) == [{"type": "inside"}]


@pytest.mark.parametrize("host", ["127.0.0.1:8090", "LOCALHOST:8090", "[::1]:8090"])
def test_an_address_typed_in_on_the_kiosk_names_no_origin_and_is_let_in(host: str) -> None:
    assert is_let_in("http", [("host", host)])
    assert not is_let_in("websocket", [("host", host)]), "a browser always names the origin of a websocket"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        [("host", "127.0.0.1:8090"), ("origin", "http://127.0.0.1:8090")],
        [("host", "127.0.0.1:8090"), ("origin", "http://localhost:8090")],
        [("host", "[::1]:8090"), ("origin", "http://[::1]:8090"), ("sec-fetch-site", "same-origin")],
    ],
)
def test_the_kiosks_own_browser_is_let_in(kind: str, headers: list[Header]) -> None:
    assert is_let_in(kind, headers)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("host", "127.0.0.1")],
        [("host", "127.0.0.1:8091")],
        [("host", "127.0.0.1.evil.example:8090")],
        [("host", "evil.example")],
        [("host", "127.0.0.1:8090"), ("host", "evil.example")],
        [("host", "127.0.0.1:8090"), ("origin", "http://evil.example")],
        [("host", "127.0.0.1:8090"), ("origin", "https://127.0.0.1:8090")],
        [("host", "127.0.0.1:8090"), ("origin", "http://127.0.0.1:8090.evil.example")],
        [("host", "127.0.0.1:8090"), ("origin", "http://evil@127.0.0.1:8090")],
        [("host", "127.0.0.1:8090"), ("origin", "null")],
        [("host", "127.0.0.1:8090"), ("origin", "")],
        [("host", "127.0.0.1:8090"), ("origin", "http://[::1")],
        [("host", "127.0.0.1:8090"), ("origin", "http://127.0.0.1:8090"), ("origin", "http://evil.example")],
    ],
)
def test_everybody_else_is_turned_away(kind: str, headers: list[Header]) -> None:
    assert not is_let_in(kind, headers)


def test_a_page_elsewhere_hears_why_and_a_websocket_is_closed() -> None:
    http = answers_to("http", [("host", "evil.example")])
    assert http[0]["status"] == 403
    assert answers_to("websocket", [("host", "evil.example")]) == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_picture_or_a_script_that_another_page_wants_is_not_given(site: str) -> None:
    """Another port of this machine is `same-site`."""
    from_elsewhere = [("host", "127.0.0.1:8090"), ("sec-fetch-site", site), ("sec-fetch-mode", "no-cors")]
    for path in ("/", "/camera.mjpg", "/_nicegui_ws/socket.io/", "/assets/kiosk.js"):
        assert not is_let_in("http", from_elsewhere, path)
    assert is_let_in("http", [("host", "127.0.0.1:8090"), ("sec-fetch-site", "same-origin")], "/camera.mjpg")
    assert is_let_in("http", [("host", "127.0.0.1:8090"), ("sec-fetch-site", "none")], "/")


def test_the_file_that_waits_for_the_kiosk_may_ask_whether_it_is_there_and_go_to_it() -> None:
    asks = [("host", "127.0.0.1:8090"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]
    goes = [*asks[:2], ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]
    frames = [*asks[:2], ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")]
    assert is_let_in("http", asks, "/health") and is_let_in("http", goes, "/")
    assert not is_let_in("http", frames, "/") and not is_let_in("http", goes, "/camera.mjpg")
    assert not is_let_in("http", asks, "/health", "POST") and not is_let_in("http", goes, "/", "POST")
    assert not is_let_in("websocket", [*goes, ("origin", "http://127.0.0.1:8090")], "/")


def test_starting_and_ending_the_kiosk_is_not_a_connection() -> None:
    assert answers_to("lifespan", []) == [{"type": "inside"}]
