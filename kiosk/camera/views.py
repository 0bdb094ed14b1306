"""The pictures of one frame that the decoder looks at, in the order of what they gain for what they cost.

Which views and which numbers was measured on photographs of QR codes under glare, blur, tilt and bad light.
A view is made only when it is asked for. This module refuses to decode.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from kiosk.camera.reading import Corners

CROP_MARGIN = 1.45
"""Side of a crop over the candidate's own side: the quiet zone, and the error of a badly found corner."""
CROPS = 3
QUICK_CROPS = 2
CROP_SIDES = (420, 640)
SMALLEST_CROP = 24
NEIGHBOURHOOD = 15
"""Pixels: four modules of a card at arm's length."""
DARKER, BRIGHTER = 2.2, 0.4
"""Exponents. The first spreads what a veil of light pressed together, the second what darkness did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A grey picture made from a frame; a point (x, y) of it lies at (x / scale_x + left, y / scale_y + top)."""

    image: np.ndarray
    binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage
    scale_x: float = 1.0
    scale_y: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def in_frame(self, corners: Corners) -> Corners:
        """The same corners in frame pixels."""
        a, b, c, d = ((x / self.scale_x + self.left, y / self.scale_y + self.top) for x, y in corners)
        return (a, b, c, d)


def fast_views(grey: np.ndarray) -> Iterator[View]:
    """The frame itself, then two local thresholds that see through shadows and veils of light."""
    yield View(image=grey)
    yield _black_and_white(black_and_white(grey))
    yield _black_and_white(_above_its_neighbourhood(grey))


def quick_looks(grey: np.ndarray, candidates: Iterable[Corners]) -> Iterator[View]:
    """Closer looks that cost less than a millisecond each, at what was seen and not read."""
    for candidate in list(candidates)[:QUICK_CROPS]:
        yield from _closer_looks(grey, candidate, CROP_SIDES[:1])


def slow_views(grey: np.ndarray, candidates: Iterable[Corners]) -> Iterator[View]:
    """Closer looks at what was seen and not read, then at the whole frame doubled, stretched, darkened, brightened."""
    for candidate in list(candidates)[:CROPS]:
        yield from _closer_looks(grey, candidate, CROP_SIDES)
    yield View(image=_gamma(grey, DARKER))
    yield View(image=_gamma(grey, BRIGHTER))
    yield View(image=_evened(grey))
    gaussian = cv2.ADAPTIVE_THRESH_GAUSSIAN_C
    yield _black_and_white(cv2.adaptiveThreshold(grey, 255, gaussian, cv2.THRESH_BINARY, 31, 2))
    yield _black_and_white(_above_its_neighbourhood(cv2.medianBlur(grey, 3)))
    for wide, tall in ((1.7, 1.0), (1.0, 1.7)):
        stretched = cv2.resize(grey, None, fx=wide, fy=tall, interpolation=cv2.INTER_LINEAR)
        yield View(image=stretched, scale_x=wide, scale_y=tall)
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    binary = cv2.adaptiveThreshold(half, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, 3)
    yield View(image=binary, binarizer=zxingcpp.Binarizer.GlobalHistogram, scale_x=0.5, scale_y=0.5)
    doubled = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    yield View(image=_sharpened(doubled), scale_x=2, scale_y=2)
    binary = cv2.adaptiveThreshold(doubled, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 61, 4)
    yield View(image=binary, binarizer=zxingcpp.Binarizer.GlobalHistogram, scale_x=2, scale_y=2)


def black_and_white(grey: np.ndarray) -> np.ndarray:
    """White where a pixel is not darker than the mean around it."""
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 35, 4)


def _above_its_neighbourhood(grey: np.ndarray) -> np.ndarray:
    """White where a pixel is not darker than its blurred surroundings: two boxes are nearly a Gaussian, and cheap."""
    box = (NEIGHBOURHOOD, NEIGHBOURHOOD)
    around = cv2.blur(cv2.blur(grey, box), box)
    return cv2.compare(grey, cv2.convertScaleAbs(around, alpha=1, beta=-2), cv2.CMP_GT)


def _black_and_white(image: np.ndarray) -> View:
    return View(image=image, binarizer=zxingcpp.Binarizer.GlobalHistogram)


def _closer_looks(grey: np.ndarray, candidate: Corners, sides: Iterable[int]) -> Iterator[View]:
    xs, ys = [x for x, _ in candidate], [y for _, y in candidate]
    side = max(max(xs) - min(xs), max(ys) - min(ys)) * CROP_MARGIN
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    height, width = grey.shape
    left, right = int(max(0, middle_x - side / 2)), int(min(width, middle_x + side / 2 + 1))
    top, bottom = int(max(0, middle_y - side / 2)), int(min(height, middle_y + side / 2 + 1))
    crop = grey[top:bottom, left:right]
    if min(crop.shape) < SMALLEST_CROP:
        return
    for target in sides:
        scale = target / max(crop.shape)
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        enlarged = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=way)
        for image in (_evened(enlarged), _gamma(enlarged, DARKER), _sharpened(enlarged)):
            yield View(image=image, scale_x=scale, scale_y=scale, left=left, top=top)


def _evened(grey: np.ndarray) -> np.ndarray:
    return cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(grey)


def _sharpened(grey: np.ndarray) -> np.ndarray:
    return cv2.addWeighted(grey, 2.5, cv2.GaussianBlur(grey, (0, 0), 2.0), -1.5, 0)


def _gamma(grey: np.ndarray, exponent: float) -> np.ndarray:
    table = (np.linspace(0, 1, 256) ** exponent * 255).astype(np.uint8)
    return cv2.LUT(grey, table)
