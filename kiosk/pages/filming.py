"""Takes in the frames that the page's own camera films, if the kiosk's camera is the browser's. It looks at none.

The guard in front of all of the kiosk's pages lets only its own screen send any.
"""

from typing import Protocol

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

FRAMES = "/camera.frame"
SCRIPT = '<script type="module" src="/assets/filming.js"></script>'
"""What a page needs to film."""
LONGEST_NAME = 40


class FrameTaker(Protocol):
    """What is needed of a camera that is filmed by a browser."""

    def put(self, page: str, jpeg: bytes, *, age: float = 0.0) -> bool: ...

    def failed(self, page: str, why: str) -> None: ...


def add_filming(app: FastAPI, camera: FrameTaker, *, largest: int) -> None:
    """`POST /camera.frame`: a JPEG of at most `largest` bytes, or as text why there is none.

    Answers 204; 400 for what is no picture, 413 for what is too large.
    """

    @app.post(FRAMES)
    async def frame(request: Request) -> Response:
        page = request.headers.get("x-page", "")[:LONGEST_NAME]
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > largest:
                return Response(status_code=413)
        if request.headers.get("content-type", "").startswith("text/plain"):
            camera.failed(page, body[:LONGEST_NAME].decode("ascii", errors="replace"))
            return Response(status_code=204)
        age = _seconds(request.headers.get("x-age-ms", ""))
        was_a_picture = await run_in_threadpool(camera.put, page, bytes(body), age=age)
        return Response(status_code=204 if was_a_picture else 400)


def _seconds(milliseconds: str) -> float:
    return int(milliseconds) / 1000 if milliseconds.isascii() and milliseconds.isdecimal() else 0.0
