"""Lets only this machine's own pages talk to the kiosk: a web page elsewhere can reach 127.0.0.1 through a browser.

Looks at Host and Origin of every HTTP request and every websocket, and at where a browser says a request began.
It knows no passwords and no people.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

POLICY_VIOLATION = 1008
FROM_HERE = frozenset({"same-origin", "none"})
"""`Sec-Fetch-Site` of our own page, and of an address typed in. A browser cannot be made to lie in it."""
OPEN_TO_ANY_PAGE = frozenset({"/health"})
"""Whether a kiosk is there. The page that waits for it is a file, and to a browser that is another place."""


def this_machine(port: int) -> frozenset[str]:
    """The names under which a browser on the kiosk itself reaches it."""
    return frozenset(f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]"))


class OnlyThisMachine:
    """ASGI middleware. `hosts` are `host:port` as in the Host header, in lower case."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_ours(scope, Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("This kiosk speaks with its own screen only.", 403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    def _is_ours(self, scope: Scope, headers: Headers) -> bool:
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return False
        if scope["type"] == "websocket" and not origins:
            return False  # a browser always names one; nothing but a browser has business here
        return all(map(self._is_our_origin, origins)) and self._began_here(scope, headers)

    def _began_here(self, scope: Scope, headers: Headers) -> bool:
        """For what browsers send without an Origin: pictures, scripts, a link followed. Older ones do not say."""
        if all(site in FROM_HERE for site in headers.getlist("sec-fetch-site")):
            return True
        opens_the_screen = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        return scope["path"] in OPEN_TO_ANY_PAGE or (scope["path"] == "/" and opens_the_screen)

    def _is_our_origin(self, origin: str) -> bool:
        try:
            parts = urlsplit(origin.lower())
        except ValueError:
            return False
        return parts.scheme == "http" and parts.netloc in self._hosts
