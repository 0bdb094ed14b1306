"""Pictures and films as cameras: looped or once. A film is paced by its own frame rate, since OpenCV does not.

Also the one place that opens a picture from disk, whatever its depth, transparency or size.
"""

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from kiosk.camera.sources import CameraMissing, CameraSourceInvalid, Frame, SourceEnded, Timing

LARGEST_PICTURE = 100_000_000
"""Pixels. A small file can claim to be more than fits into memory."""
PICTURE_PACE = 10.0
"""Frames a second of a picture held in front of the kiosk."""
USUAL_PACE = 30.0
"""Frames a second of a film that does not say."""
FASTEST_PACE = 120.0
FILMS_THAT_BEGIN_LIKE_A_PICTURE = (".mjpeg", ".mjpg")


class FileSource:
    """A picture or a film as if a camera had taken it just now."""

    def __init__(self, path: Path, timing: Timing, *, looped: bool = True) -> None:
        self._path = path
        self._timing = timing
        self._looped = looped
        self._film: cv2.VideoCapture | None = None
        self._picture: np.ndarray | None = None
        self._pace = PICTURE_PACE
        self._begun_at = 0.0
        self._shown = 0
        self._ended = False

    def open(self) -> None:
        self.close()
        if self._ended:
            raise SourceEnded
        if not self._path.is_file():
            raise CameraMissing(f"The file {self._path} is gone.")
        self._picture = picture_in(self._path)
        if self._picture is None:
            self._film = film_in(self._path)
            self._pace = pace_of(self._film)
        self._begin()

    def read(self) -> Frame | None:
        """The frame that is due: waits for it when early, skips frames when late."""
        if self._ended:
            raise SourceEnded
        if self._film is None and self._picture is None:
            return None
        early = self._begun_at + self._shown / self._pace - self._timing.clock()
        if early > 0:
            self._timing.sleep(early)
        image = self._picture if self._picture is not None else self._due_frame()
        if image is not None:
            self._shown += 1
            if self._picture is not None and not self._looped:
                self._picture, self._ended = None, True
            return Frame(image, self._timing.clock())
        if not self._looped:
            self._ended = True
            raise SourceEnded
        return self._from_the_start()

    def close(self) -> None:
        if self._film is not None:
            self._film.release()
        self._film = self._picture = None

    def _begin(self) -> None:
        self._begun_at, self._shown = self._timing.clock(), 0

    def _due_frame(self) -> np.ndarray | None:
        assert self._film is not None
        due = int((self._timing.clock() - self._begun_at) * self._pace + 1e-6)
        while self._shown < due:
            if not self._film.grab():
                return None
            self._shown += 1
        came, image = self._film.read()
        return image if came else None

    def _from_the_start(self) -> Frame | None:
        self.close()
        self.open()
        assert self._film is not None
        came, image = self._film.read()
        self._shown += 1
        return Frame(image, self._timing.clock()) if came else None


def file_named(text: str, timing: Timing, *, looped: bool = True) -> FileSource:
    """A picture or film by its path. Raises CameraSourceInvalid with a sentence when it is neither."""
    path = Path(text).expanduser()
    if not path.exists():
        raise CameraSourceInvalid(
            f"There is no file {text}. A camera is a number, a device path, a picture or video file, "
            "a stream address, 'browser', 'demo' or 'none'."
        )
    if not path.is_file():
        raise CameraSourceInvalid(f"{text} is not a file.")
    try:
        if picture_in(path) is None:
            film_in(path).release()
    except CameraMissing as error:
        raise CameraSourceInvalid(str(error)) from error
    return FileSource(path, timing, looped=looped)


def picture_in(path: Path) -> np.ndarray | None:
    """The picture in a file as BGR of 8 bits, transparency shown on white; None when it is not a picture.

    Raises CameraMissing when the file cannot be read or is too large.
    """
    if path.suffix.lower() in FILMS_THAT_BEGIN_LIKE_A_PICTURE:
        return None
    try:
        with Image.open(path) as header:
            width, height = header.size
    except UnidentifiedImageError:
        return None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CameraMissing(f"{path.name} cannot be read: {_in_words(error)}.") from error
    if width * height > LARGEST_PICTURE:
        raise CameraMissing(f"{path.name} has {width} x {height} pixels; that is more than Tessera looks at.")
    try:
        image = cv2.imdecode(np.fromfile(path, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        image = None
    return None if image is None else _as_bgr(image)


def film_in(path: Path) -> cv2.VideoCapture:
    """The film in a file, opened. Raises CameraMissing with a sentence when it has no picture."""
    film = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG) if path.stat().st_size else cv2.VideoCapture()
    if film.isOpened() and film.grab():
        film.release()
        film.open(str(path), cv2.CAP_FFMPEG)
        return film
    film.release()
    raise CameraMissing(f"{path.name} is neither a picture nor a video that can be opened.")


def pace_of(film: cv2.VideoCapture) -> float:
    """Frames a second; what a film says of itself is believed within reason."""
    said = film.get(cv2.CAP_PROP_FPS)
    return said if 0 < said <= FASTEST_PACE else USUAL_PACE


def _as_bgr(image: np.ndarray) -> np.ndarray:
    if image.dtype == np.uint16:
        image = (image // 257).astype(np.uint8)
    elif image.dtype != np.uint8:
        image = cv2.normalize(image, np.empty(0), 0, 255, cv2.NORM_MINMAX, cv2.CV_8U)
    if image.ndim == 2:
        return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    if image.shape[2] == 4:
        opaque = image[:, :, 3:].astype(np.float32) / 255
        return (image[:, :, :3] * opaque + 255 * (1 - opaque)).astype(np.uint8)
    return image


def _in_words(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it is damaged"
