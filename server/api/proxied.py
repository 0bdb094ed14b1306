"""Says of every request whom it comes from, although a proxy passed it on: `core.proxies` decides who is believed."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from core.proxies import Proxies, asked_from, is_believed_about_tls

SECURE = {"http": "https", "websocket": "wss"}


class Proxied:
    """Put around everything else. `request.client.host` is who asks, empty where nobody knows."""

    def __init__(self, app: ASGIApp, proxies: Proxies = ()) -> None:
        self._app, self._proxies = app, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in SECURE and scope.get("client"):
            scope = self._seen(scope)
        await self._app(scope, receive, send)

    def _seen(self, scope: Scope) -> Scope:
        peer, port = scope["client"]
        headers = Headers(scope=scope)
        host = asked_from(peer, headers.getlist("x-forwarded-for"), self._proxies)
        said = {"client": (host, port if host == peer else 0)}
        if headers.get("x-forwarded-proto") == "https" and is_believed_about_tls(peer, self._proxies):
            return {**scope, **said, "scheme": SECURE[scope["type"]]}
        return {**scope, **said}
