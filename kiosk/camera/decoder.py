"""Reads QR codes in a frame: OpenCV prepares views of it, zxing-cpp reads them.

It refuses to judge what a code says, and whatever a camera is shown, it does not raise.
"""

from collections.abc import Iterable
from itertools import chain

import cv2
import numpy as np
import zxingcpp

from kiosk.camera.hints import hint_for
from kiosk.camera.modules import straightened
from kiosk.camera.reading import Corners, ReadCode, Reading, contains, middle_of, side_of
from kiosk.camera.squares import Guess, guesses_from, squares_in
from kiosk.camera.views import View, black_and_white, fast_views, quick_looks, slow_views

LONGEST_SIDE = 1920
"""Pixels. A larger picture (a photograph from a phone) is first read as it is, then at this size."""
SMALLEST_SIDE = 16
CARD_MODULES = 25
"""A membership card's: what is tried where a code is seen and its size is not."""


class Decoder:
    """The one reader of frames. It keeps nothing from frame to frame; one may serve several threads."""

    def read(self, frame: np.ndarray, *, thorough: bool = False) -> Reading:
        """All codes in a grey (h, w) or BGR (h, w, 3) picture of 8 bits.

        The fast pass takes a few milliseconds. `thorough` goes on for some tens of milliseconds where a code is
        seen and not read, or nothing is seen at all.
        """
        grey = _grey(frame)
        if min(grey.shape) < SMALLEST_SIDE:
            return Reading()
        found = _Found()
        shrink = min(1.0, LONGEST_SIDE / max(grey.shape))
        if shrink < 1:
            whole, grey = grey, cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
            found.look_at(View(image=whole, scale_x=1 / shrink, scale_y=1 / shrink))
        _look(found, fast_views(grey))
        if found.unread:
            _look(found, quick_looks(grey, found.unread))
        if thorough and (found.unread or not found.codes):
            _look(found, slow_views(grey, found.unread))
        if thorough and not found.codes:
            _draw_anew(found, grey)
        return _reading(found, grey, 1 / shrink)


class _Found:
    """What the views of one frame have shown so far, each code once, in pixels of the picture they were made from."""

    def __init__(self) -> None:
        self.codes: list[ReadCode] = []
        self.unread: list[Corners] = []

    def look_at(self, view: View) -> None:
        for seen in _decode(view):
            corners = view.in_frame(_corners(seen))
            if seen.valid:
                self.read(seen, corners)
            else:
                self._note(corners)
        self._forget_what_was_read()

    def read(self, seen: zxingcpp.Barcode, corners: Corners) -> None:
        """This was read there; once for each place."""
        if not any(code.payload == seen.bytes and contains(code.corners, middle_of(corners)) for code in self.codes):
            self.codes.append(ReadCode(payload=seen.bytes, text=_text(seen), corners=corners))

    def _forget_what_was_read(self) -> None:
        self.unread = [quad for quad in self.unread if not any(_same(quad, code.corners) for code in self.codes)]

    def _note(self, corners: Corners) -> None:
        if side_of(corners) >= SMALLEST_SIDE and not any(_same(corners, quad) for quad in self.unread):
            self.unread.append(corners)
            self.unread.sort(key=side_of, reverse=True)


def _look(found: _Found, views: Iterable[View]) -> None:
    """Until all that is seen is read."""
    for view in views:
        found.look_at(view)
        if found.codes and not found.unread:
            return


def _draw_anew(found: _Found, grey: np.ndarray) -> None:
    """Read codes of which a part is hidden, a corner square too: what all codes have is drawn where it must be."""
    candidates = (Guess(np.array(quad, np.float32), CARD_MODULES) for quad in found.unread[:1])
    for guess in chain(candidates, guesses_from(squares_in(black_and_white(grey)))):
        drawn = straightened(grey, guess.corners, guess.modules)
        if drawn is None:
            continue
        picture, fitted = drawn
        a, b, c, d = ((float(x), float(y)) for x, y in fitted)
        for seen in _decode(View(image=picture, binarizer=zxingcpp.Binarizer.GlobalHistogram)):
            if seen.valid:
                found.read(seen, (a, b, c, d))
        if found.codes:
            return


def _decode(view: View) -> list[zxingcpp.Barcode]:
    # QRCodeModel2 and not QRCode: that would accept Micro QR too, which is read where there is none.
    return zxingcpp.read_barcodes(
        view.image,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2),
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=view.binarizer,
        return_errors=True,
    )


def _text(seen: zxingcpp.Barcode) -> str:
    try:
        return seen.text
    except UnicodeDecodeError:
        return seen.bytes.decode("utf-8", errors="backslashreplace")


def _corners(seen: zxingcpp.Barcode) -> Corners:
    at = seen.position
    a, b, c, d = ((float(p.x), float(p.y)) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
    return (a, b, c, d)


def _same(one: Corners, other: Corners) -> bool:
    return contains(one, middle_of(other)) or contains(other, middle_of(one))


def _reading(found: _Found, grey: np.ndarray, scale: float) -> Reading:
    def in_frame(corners: Corners) -> Corners:
        a, b, c, d = ((x * scale, y * scale) for x, y in corners)
        return (a, b, c, d)

    codes = tuple(
        ReadCode(payload=code.payload, text=code.text, corners=in_frame(code.corners)) for code in found.codes
    )
    candidates = tuple(in_frame(quad) for quad in found.unread)
    return Reading(codes=codes, candidates=candidates, hint=hint_for(grey, found.unread))


def _grey(frame: np.ndarray) -> np.ndarray:
    if frame.size == 0:
        return np.zeros((0, 0), np.uint8)
    return np.ascontiguousarray(frame if frame.ndim == 2 else cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY))
