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


def answers_to(kind: str, headers: Sequence[Header]) -> list[Message]:
    """What comes back for one connection."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{kind}.disconnect"}

    scope = {"type": kind, "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers]}
    asyncio.run(OnlyThisMachine(_inside, hosts=OURS)(scope, receive, send))
    return sent


def is_let_in(kind: str, headers: Sequence[Header]) -> bool:
    return answers_to(kind, headers) == [{"type": "inside"}]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        [("host", "127.0.0.1:8090")],
        [("host", "LOCALHOST:8090")],
        [("host", "[::1]:8090")],
        [("host", "127.0.0.1:8090"), ("origin", "http://127.0.0.1:8090")],
        [("host", "127.0.0.1:8090"), ("origin", "http://localhost:8090")],
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


def test_starting_and_ending_the_kiosk_is_not_a_connection() -> None:
    assert answers_to("lifespan", []) == [{"type": "inside"}]
