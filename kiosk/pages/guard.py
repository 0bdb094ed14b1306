"""Lets only this machine's own pages talk to the kiosk: a web page elsewhere can reach 127.0.0.1 through a browser.

Looks at Host and Origin of every HTTP request and every websocket. It knows no passwords and no people.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

POLICY_VIOLATION = 1008


def this_machine(port: int) -> frozenset[str]:
    """The names under which a browser on the kiosk itself reaches it."""
    return frozenset(f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))


class OnlyThisMachine:
    """ASGI middleware. `hosts` are `host:port` as in the Host header, in lower case."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_ours(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("This kiosk speaks with its own screen only.", 403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    def _is_ours(self, headers: Headers) -> bool:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return False
        return all(self._is_our_origin(origin) for origin in headers.getlist("origin"))

    def _is_our_origin(self, origin: str) -> bool:
        try:
            parts = urlsplit(origin.lower())
        except ValueError:
            return False
        return parts.scheme == "http" and parts.netloc in self._hosts
