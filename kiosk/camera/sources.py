"""Where frames come from: equals behind one small protocol. Devices, streams and "no camera" are here.

Files are in `files`, the virtual camera in `demo`. This module refuses to look at what a frame shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import cv2
import numpy as np

WIDTH, HEIGHT, FRAMES_PER_SECOND = 1280, 720, 30
STREAM_SCHEMES = ("rtsp", "rtsps", "http", "https")
PATIENCE_MS = 4000
"""With a stream that does not answer, in milliseconds: a silent camera must be known within 5 seconds."""


class CameraSourceInvalid(ValueError):
    """The camera named in the settings cannot be one. Its text is a sentence for whoever sets up the kiosk."""


class CameraMissing(OSError):
    """The camera cannot be opened now. Its text is a sentence; trying again later may help."""


class SourceEnded(Exception):
    """There will be no more frames, and there are not meant to be: a film played once, or no camera at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture, BGR (h, w, 3) of 8 bits, and when it came, in monotonic seconds."""

    image: np.ndarray
    seen_at: float


class Source(Protocol):
    """A camera. All three are called from one thread."""

    def open(self) -> None:
        """Begin, or begin again. Raises CameraMissing, or SourceEnded when there is nothing to wait for."""

    def read(self) -> Frame | None:
        """The next frame, waited for; None when none came in time. Raises SourceEnded."""

    def close(self) -> None:
        """Let go of the device. Closing twice does no harm."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Timing:
    """What a source needs of time: `clock` in monotonic seconds, and `sleep` for that many seconds."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]


class DeviceSource:
    """A camera on this machine, by number or by path (`/dev/video2`)."""

    def __init__(self, device: int | str, timing: Timing) -> None:
        self._device = device
        self._timing = timing
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        self.close()
        by_path = isinstance(self._device, str)
        capture = cv2.VideoCapture(self._device, cv2.CAP_V4L2 if by_path else cv2.CAP_ANY)
        if not capture.isOpened():
            capture.release()
            raise CameraMissing(f"There is no camera at {self._device}, or another program is using it.")
        # MJPG first: over USB 2 the uncompressed 1280x720 comes at 10 frames a second.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
        capture.set(cv2.CAP_PROP_FPS, FRAMES_PER_SECOND)
        self._capture = capture

    def read(self) -> Frame | None:
        return _next_frame(self._capture, self._timing)

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class StreamSource:
    """A network camera (RTSP or HTTP)."""

    def __init__(self, address: str, timing: Timing) -> None:
        self._address = address
        self._timing = timing
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        self.close()
        patience = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, PATIENCE_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, PATIENCE_MS]
        capture = cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, patience)
        if not capture.isOpened():
            capture.release()
            # Only the host: the address may hold the camera's password.
            raise CameraMissing(f"The camera stream of {urlsplit(self._address).hostname} does not answer.")
        self._capture = capture

    def read(self) -> Frame | None:
        return _next_frame(self._capture, self._timing)

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class NoSource:
    """No camera: wedge scanners and staff do the work."""

    def open(self) -> None:
        raise SourceEnded

    def read(self) -> Frame | None:
        raise SourceEnded

    def close(self) -> None:
        pass


def _next_frame(capture: cv2.VideoCapture | None, timing: Timing) -> Frame | None:
    if capture is None:
        return None
    came, image = capture.read()
    return Frame(image, timing.clock()) if came else None


def looks_like_a_stream(text: str) -> bool:
    """Whether it is written like a network address."""
    return "://" in text


def stream_named(text: str, timing: Timing) -> StreamSource:
    """A stream by its address. Raises CameraSourceInvalid."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError as error:
        raise CameraSourceInvalid("The camera's address cannot be read; check its brackets and its port.") from error
    if parts.scheme.lower() not in STREAM_SCHEMES or not host:
        raise CameraSourceInvalid(
            f"A camera stream starts with rtsp:// or http:// and names a host; this one starts with {parts.scheme}://."
        )
    return StreamSource(text, timing)


def device_named(text: str, timing: Timing) -> DeviceSource:
    """A device by number ("0") or path ("/dev/video0"). Raises CameraSourceInvalid for a path that is not there."""
    if text.isdecimal() and text.isascii():
        if int(text) > 99:
            raise CameraSourceInvalid(f"{text} is not a camera number; the first camera is 0, the next is 1.")
        return DeviceSource(int(text), timing)
    if not Path(text).exists():
        raise CameraSourceInvalid(f"There is no device {text}. Is the camera plugged in?")
    return DeviceSource(text, timing)
