"""`tessera scan FILE…`: what the kiosk's own reader reads in pictures and films, one JSON line a file.

For whoever sets up a camera or doubts a card. It refuses to say whose card it is, and asks no server.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from kiosk.camera.decoder import Decoder
from kiosk.camera.files import film_in, picture_in
from kiosk.camera.reading import ReadCode
from kiosk.camera.sources import CameraMissing

HARDER_EVERY = 5
"""Of the frames of a film in which nothing was read, one in so many is looked at thoroughly."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scanned:
    """One file: the distinct texts of its QR codes, the milliseconds reading took, and why it could not be opened."""

    file: str
    codes: tuple[str, ...]
    ms: float
    error: str | None = None

    def as_line(self) -> str:
        """As one line of JSON; `error` is there only if there is one."""
        told: dict[str, object] = {"file": self.file, "codes": list(self.codes), "ms": round(self.ms, 1)}
        if self.error is not None:
            told["error"] = self.error
        return json.dumps(told, ensure_ascii=True)


def scan_files(paths: Iterable[str | Path], *, clock: Callable[[], float], slow: bool = True) -> Iterator[str]:
    """A line for each file as soon as it is read; a line with "error" means the command ends with 1.

    `clock` gives seconds, as `time.perf_counter` does. "ms" is the decoder's time, without opening the file.
    `slow` looks harder where the fast pass read nothing, as the kiosk does beside its fast pass.
    """
    decoder = Decoder()
    for path in paths:
        yield scan_file(Path(path), decoder, clock, slow=slow).as_line()


def scan_file(path: Path, decoder: Decoder, clock: Callable[[], float], *, slow: bool = True) -> Scanned:
    """Read one picture or film. Never raises for what the file contains."""
    if not path.is_file():
        why = "This is a folder, not a file." if path.is_dir() else "There is no such file."
        return Scanned(file=str(path), codes=(), ms=0.0, error=why)
    try:
        picture = picture_in(path)
        frames = [picture] if picture is not None else _frames_of(film_in(path))
    except CameraMissing as missing:
        return Scanned(file=str(path), codes=(), ms=0.0, error=str(missing))
    texts: dict[str, None] = {}
    ms = 0.0
    for number, frame in enumerate(frames):
        begun = clock()
        thorough = slow and (picture is not None or number % HARDER_EVERY == 0)
        codes = decoder.read(frame, thorough=thorough).codes
        ms += (clock() - begun) * 1000
        texts.update(dict.fromkeys(_shown(code) for code in codes))
    return Scanned(file=str(path), codes=tuple(texts), ms=ms)


def _frames_of(film: cv2.VideoCapture) -> Iterator[np.ndarray]:
    try:
        while True:
            came, frame = film.read()
            if not came:
                return
            yield frame
    finally:
        film.release()


def _shown(code: ReadCode) -> str:
    """The text in its own character set; bytes that are text in none are shown as \\xNN."""
    return code.text.encode("utf-8", errors="backslashreplace").decode("utf-8")
