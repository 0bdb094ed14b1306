"""Whether the camera sees anything, by what has come from it lately. Pure: every instant is passed in."""

from enum import StrEnum

import numpy as np

NOTICED_AFTER = 3.0
"""Seconds without a frame, or with black ones only. A stalled camera must be known within 5."""
BLACK_MEAN = 10.0
BLACK_SPREAD = 5.0
"""Of 255. A dark room still shows noise, windows and lamps; a covered or dead sensor does not."""


class CameraState(StrEnum):
    """What to tell the greeter and the server's list of devices."""

    WORKING = "WORKING"
    STALLED = "STALLED"
    BLACK = "BLACK"
    MISSING = "MISSING"
    OFF = "OFF"
    """No camera is meant to be here, or a film that was to play once has ended."""


class Health:
    """Watches one camera. Instants are monotonic seconds."""

    def __init__(self, at: float) -> None:
        self._last_frame = at
        self._last_light = at
        self._had_frame = False
        self._missing = False
        self._off = False

    def opened(self) -> None:
        """It answers. It counts as working, or not stalled or black any more, only when its frames show it."""
        self._missing = False

    def frame(self, at: float, *, dark: bool) -> None:
        """A frame came; `dark` as `is_black` says."""
        self._last_frame, self._had_frame = at, True
        if not dark:
            self._last_light = at

    def missing(self) -> None:
        """It could not be opened."""
        self._missing = True

    def switched_off(self) -> None:
        """It will give no frames, and is not meant to."""
        self._off = True

    def state(self, at: float) -> CameraState | None:
        """None until the first frame or the first failure."""
        if self._off:
            return CameraState.OFF
        if self._missing:
            return CameraState.MISSING
        if at - self._last_frame >= NOTICED_AFTER:
            return CameraState.STALLED
        if not self._had_frame:
            return None
        if at - self._last_light >= NOTICED_AFTER:
            return CameraState.BLACK
        return CameraState.WORKING


def is_black(image: np.ndarray) -> bool:
    """Whether a frame (grey or BGR, 8 bits) shows nothing at all. It looks at every 16th row and column."""
    few = image[::16, ::16]
    return float(few.mean()) < BLACK_MEAN and float(few.std()) < BLACK_SPREAD
