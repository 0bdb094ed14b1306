"""Why a code that is seen was not read, as far as its pixels tell. It refuses to guess: then the hint is NONE."""

from collections.abc import Sequence

import cv2
import numpy as np

from kiosk.camera.reading import Corners, Hint, side_of

NARROW = 70
"""Pixels of code width. Half of all codes are still read at 44; below this, closer helps more than anything."""
GLARING = 250
GLARING_SHARE = 0.08
"""Of the code's pixels. White paper is not this bright unless a light shines on it or the picture is overexposed."""
DARK = 40
"""The brightness of the code's paper. Nearer to the screen there is more light."""
STEEP = 0.4
"""How much of the step from black to white lies between neighbouring pixels; sharp codes have 0.5 and more."""


def hint_for(grey: np.ndarray, candidates: Sequence[Corners]) -> Hint:
    """What would help the first (largest) candidate; its corners are in pixels of `grey`."""
    if not candidates:
        return Hint.NONE
    if side_of(candidates[0]) < NARROW:
        return Hint.CLOSER
    code = _cut_out(grey, candidates[0])
    if code.size == 0:
        return Hint.NONE
    black, white = np.percentile(code, (5, 95))
    if white < DARK:
        return Hint.CLOSER
    if (code >= GLARING).mean() >= GLARING_SHARE:
        return Hint.TILT_OUT_OF_LIGHT
    if _steepness(code) < STEEP * (white - black):
        return Hint.HOLD_STILL
    return Hint.NONE


def _cut_out(grey: np.ndarray, corners: Corners) -> np.ndarray:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return grey[max(0, int(min(ys))) : max(0, int(max(ys)) + 1), max(0, int(min(xs))) : max(0, int(max(xs)) + 1)]


def _steepness(code: np.ndarray) -> float:
    across, down = (np.abs(cv2.Sobel(code, cv2.CV_32F, dx, dy, ksize=3)) for dx, dy in ((1, 0), (0, 1)))
    return float(np.percentile(np.maximum(across, down), 95)) / 4
