"""Puts on every answer of the server what a browser may do with it, and keeps other sites' pages off its websocket.

Pages are looked through for their own scripts before they are sent. What programs ask for passes as it comes.
"""

import gzip
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.browsers import Ways, content_policy, safe_headers

OURS = Ways(has_forms=True)
KEPT = ("/assets/", "/_nicegui/", "/docs/")
"""Files that browsers may keep, and ask whether they have changed. All else is of this moment."""
POLICY_VIOLATION = 1008
WORKER = "/me/worker.js"
A_WORKERS = "default-src 'none'; connect-src 'self'"
"""What keeps members' code pages fetches them, and does nothing else."""


class SafeAnswers:
    """ASGI middleware around everything. Nothing but `text/html` is ever held back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not comes_from_our_page(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, _Safely(scope["path"], send))


class _Safely:
    """Sends one answer on, with its headers."""

    def __init__(self, path: str, send: Send) -> None:
        self._may_be_kept = path.startswith(KEPT)
        self._is_worker = path == WORKER
        self._send = send
        self._page: list[Message] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in safe_headers(OURS).items():
                headers[name] = value
            if not self._may_be_kept:
                headers["cache-control"] = "no-store"
            if headers.get("content-type", "").startswith("text/html"):
                self._page.append(message)
                return
            headers["content-security-policy"] = A_WORKERS if self._is_worker else content_policy(None, OURS)
        elif self._page:
            self._page.append(message)
            if message.get("more_body"):
                return
            self._put_policy_on_page()
            for each in self._page:
                await self._send(each)
            return
        await self._send(message)

    def _put_policy_on_page(self) -> None:
        start, *parts = self._page
        headers, whole = MutableHeaders(scope=start), b"".join(part.get("body", b"") for part in parts)
        html = gzip.decompress(whole) if headers.get("content-encoding") == "gzip" else whole
        headers["content-security-policy"] = content_policy(html, OURS)


def comes_from_our_page(headers: Headers) -> bool:
    """Whether a websocket was opened by a page of the host it was opened to, or by a program, which names no origin.

    A proxy in front says in `X-Forwarded-Host` what it was called, if it does not pass `Host` on; no page can.
    """
    origins = headers.getlist("origin")
    ours = {host.lower() for host in (*headers.getlist("host"), *headers.getlist("x-forwarded-host"))}
    return all(_host_of(origin) in ours for origin in origins)


def _host_of(origin: str) -> str:
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in ("http", "https") else ""
