"""The mirror on the kiosk's screen: newest frames as one endless multipart answer, as an <img> shows it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

BOUNDARY = "frame"
MEDIA_TYPE = f"multipart/x-mixed-replace; boundary={BOUNDARY}"
PACE = 0.1
"""Seconds between two pictures."""


class Previewed(Protocol):
    """What a preview needs of a scanner."""

    @property
    def is_stopped(self) -> bool: ...

    def preview_jpeg(self) -> bytes | None: ...


async def preview_parts(scanner: Previewed) -> AsyncIterator[bytes]:
    """Parts of MEDIA_TYPE, ten a second, each with a picture; ends soon after the scanner was stopped.

    A picture that did not change is sent only once. Give it to a StreamingResponse; that closes it with the page.
    """
    sent: bytes | None = None
    while not scanner.is_stopped:
        jpeg = await asyncio.to_thread(scanner.preview_jpeg)
        if jpeg is not None and jpeg is not sent:
            sent = jpeg
            head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            yield head.encode("ascii") + jpeg + b"\r\n"
        await asyncio.sleep(PACE)
