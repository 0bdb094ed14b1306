"""HEAD is GET without its body, as HTTP has it: whoever only looks whether the house answers asks like this."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.versions import is_for_programs


class AnswersHead:
    """ASGI middleware. What may be got may be looked at, with the same status and headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or not is_for_programs(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def headers_alone(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, headers_alone)
