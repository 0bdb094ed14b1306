"""The camera of the browser that shows the kiosk's page: a phone or a tablet sends its frames over the page's own way.

Frames are pictures made by a program that is not ours: they are looked at for their size before they are opened.
"""

from io import BytesIO
from threading import Condition

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from kiosk.camera.sources import CameraMissing, Frame, Timing

LARGEST_FRAME = 4_000_000
"""Pixels."""
LARGEST_FRAME_BYTES = 2_000_000
WAIT = 0.2
"""Seconds that one `read` waits for a frame."""
ONE_PAGE_FOR = 2.0
"""Seconds without a frame from the page that films until another page may."""
OLDEST = 1.0
"""Seconds; a page that says its frame is older is not believed."""
REASONS = {
    "NotAllowedError": "The browser does not let this page use its camera. Allow it in the browser's settings.",
    "NotFoundError": "The browser finds no camera.",
    "NotReadableError": "Another program is using the browser's camera.",
    "NotSupportedError": "This browser gives its camera only to pages on its own machine or over https.",
}
OTHERWISE = "The browser's camera gives no picture."


class BrowserSource:
    """Frames come by `put`, from any thread. One page at a time is the camera; the others' frames are dropped."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._changed = Condition()
        self._newest: Frame | None = None
        self._trouble: str | None = None
        self._page = ""
        self._page_seen_at = float("-inf")

    def put(self, page: str, jpeg: bytes, *, age: float = 0.0) -> bool:
        """A frame of the page that calls itself `page`, taken `age` seconds ago. False if it is no picture."""
        at = self._timing.clock()
        if not self._is_the_camera(page, at):
            return True
        image = _opened(jpeg)
        if image is None:
            return False
        with self._changed:
            self._newest = Frame(image, at - min(max(age, 0.0), OLDEST))
            self._trouble = None
            self._changed.notify_all()
        return True

    def failed(self, page: str, why: str) -> None:
        """The page cannot film; `why` is the browser's own name for it."""
        if self._is_the_camera(page, self._timing.clock()):
            with self._changed:
                self._trouble = REASONS.get(why, OTHERWISE)
                self._changed.notify_all()

    def open(self) -> None:
        with self._changed:
            self._newest = None
            if self._trouble:
                self._changed.wait(WAIT)
            self._raise_if_failed()

    def read(self) -> Frame | None:
        with self._changed:
            if self._newest is None:
                self._changed.wait(WAIT)
            self._raise_if_failed()
            newest, self._newest = self._newest, None
            return newest

    def close(self) -> None:
        """The page goes on filming: nothing is held here."""

    def _raise_if_failed(self) -> None:
        if self._trouble:
            raise CameraMissing(self._trouble)

    def _is_the_camera(self, page: str, at: float) -> bool:
        with self._changed:
            if page != self._page and at - self._page_seen_at < ONE_PAGE_FOR:
                return False
            self._page, self._page_seen_at = page, at
            return True


def _opened(jpeg: bytes) -> np.ndarray | None:
    """BGR; None for anything but a JPEG of at most four million pixels."""
    if not 0 < len(jpeg) <= LARGEST_FRAME_BYTES:
        return None
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as header:
            width, height = header.size
        if width * height > LARGEST_FRAME:
            return None
        return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, cv2.error):
        return None
