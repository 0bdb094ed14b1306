"""Which version of the API is spoken: a date, asked for in a header and answered in the same header."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import Invalid
from server.api.errors import KIOSKS, told

HEADER = "Tessera-Version"
VERSIONS = ("2026-11-21",)
"""Every version that is still spoken, oldest first. A new one begins when something that programs rely on changes."""
NEWEST = VERSIONS[-1]


class Versioned:
    """ASGI middleware: a version nobody speaks is refused, and every answer says which one it is in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_for_programs(scope["path"]):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope).getlist(HEADER)
        unknown = [each for each in asked if each not in VERSIONS]
        spoken = asked[0] if asked and not unknown else NEWEST

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = spoken
            await send(message)

        if unknown:
            no = Invalid("api.version_unknown", given=unknown[0][:40], known=", ".join(VERSIONS))
            await told(Request(scope), no, 400)(scope, receive, answered)
            return
        await self._app(scope, receive, answered)


def is_for_programs(path: str) -> bool:
    """The API without what kiosks ask: their protocol has a version of its own."""
    return path.startswith("/api/") and not path.startswith(f"{KIOSKS}/") and path != KIOSKS
