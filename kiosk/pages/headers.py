"""Puts on every answer of the kiosk what its browser may do with it: show it here, and nothing else. Keeps no copies.

A page is looked through for its own scripts before it is sent; pictures and sounds pass as they come.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.browsers import Ways, content_policy, safe_headers

THE_KIOSKS = Ways(uses_camera=True)
KEPT = ("/assets/fonts/", "/assets/sounds/", "/assets/speech/", "/_nicegui/")
"""Files that change only with the program. All else is of this moment, and kept by nobody."""
ANYBODY_MAY_ASK = "/health"
"""Whether the kiosk is there: the page that waits for it is a file, and a file counts as another place."""


class SafeAnswers:
    """ASGI middleware. Nothing but `text/html` is ever held back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Packed answers could not be looked through, and over 127.0.0.1 packing costs more than it saves.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        page: list[Message] = []

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _make_safe(headers, scope["path"])
                if headers.get("content-type", "").startswith("text/html"):
                    page.append(message)
                    return
                headers["content-security-policy"] = content_policy(None, THE_KIOSKS)
            elif page:
                page.append(message)
                if not message.get("more_body"):
                    for each in _with_policy(page):
                        await send(each)
                    page.clear()
                return
            await send(message)

        await self._app({**scope, "headers": plain}, receive, safely)


def _make_safe(headers: MutableHeaders, path: str) -> None:
    for name, value in safe_headers(THE_KIOSKS).items():
        headers[name] = value
    if path == ANYBODY_MAY_ASK:
        headers["cross-origin-resource-policy"] = "cross-origin"
    if not path.startswith(KEPT):
        headers["cache-control"] = "no-store"


def _with_policy(page: list[Message]) -> list[Message]:
    start, *parts = page
    whole = b"".join(part.get("body", b"") for part in parts)
    MutableHeaders(scope=start)["content-security-policy"] = content_policy(whole, THE_KIOSKS)
    return page
