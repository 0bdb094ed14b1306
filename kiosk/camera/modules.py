"""Lays a grid over the place where a code should be, and draws afresh what is the same in every code of that size.

So a corner square under a finger, or a timing line in a lamp's glare, costs nothing; what was written in the code is
taken from the picture as it is, and the code's own error correction judges it.
"""

from functools import cache

import cv2
import numpy as np

QUIET = 4
CELL = 4
"""Pixels a module in the picture that is decoded."""
STEPS = (0.8, 0.4, 0.2)
"""Modules by which a corner is tried elsewhere, coarse to fine."""
FITS = 0.45
"""Of 1: how much of what every code has must be found where the grid says, or nothing lies there."""
WORTH_A_TRY = 0.15
"""The same before the corners were moved: a guess that is far off is given up at once."""
NEIGHBOURS = 9


def straightened(grey: np.ndarray, corners: np.ndarray, modules: int) -> tuple[np.ndarray, np.ndarray] | None:
    """The code drawn anew, upright, with a quiet zone, and its corners in pixels of `grey`; None if none lies there.

    `corners`: clockwise, beginning anywhere. The four ways round are tried, and each corner is moved to where what
    every code has is found best.
    """
    if not _is_inside(grey, corners):
        return None
    blurred = cv2.GaussianBlur(grey, (0, 0), max(0.5, _side(corners) / modules / 6))
    best: tuple[float, np.ndarray] | None = None
    for turn in range(4):
        turned = np.roll(corners, -turn, axis=0)
        score = _score(blurred, turned, modules)
        if best is None or score > best[0]:
            best = score, turned
    if best is None or best[0] < WORTH_A_TRY:
        return None
    score, fitted = _moved(blurred, best[1], modules, best[0])
    if score < FITS:
        return None
    return _drawn(_sampled(blurred, fitted, modules), modules), fitted


@cache
def always_there(modules: int) -> np.ndarray:
    """What every code of that size has, as a grid of 1 (dark), -1 (light) and 0 (not the same in all)."""
    grid = np.zeros((modules, modules), np.float32)
    ring = np.full((8, 8), -1, np.float32)
    ring[:7, :7] = 1
    ring[1:6, 1:6] = -1
    ring[2:5, 2:5] = 1
    stripes = np.where(np.arange(modules) % 2 == 0, 1, -1).astype(np.float32)
    grid[6, 8:-8] = stripes[8:-8]
    grid[8:-8, 6] = stripes[8:-8]
    if modules >= 25:  # further ones of larger codes are left to the picture
        small = np.full((5, 5), 1, np.float32)
        small[1:4, 1:4] = -1
        small[2, 2] = 1
        grid[modules - 9 : modules - 4, modules - 9 : modules - 4] = small
    grid[:8, :8] = ring
    grid[:8, -8:] = ring[:, ::-1]
    grid[-8:, :8] = ring[::-1]
    grid[modules - 8, 8] = 1
    return grid


def _sampled(blurred: np.ndarray, corners: np.ndarray, modules: int) -> np.ndarray:
    """The brightness at the middle of each module."""
    whole = np.array([[0, 0], [modules, 0], [modules, modules], [0, modules]], np.float32)
    plane = cv2.getPerspectiveTransform(whole, corners.astype(np.float32))
    places = cv2.perspectiveTransform(_middles(modules), plane)[0]
    across, down = (places[:, axis].reshape(modules, modules) for axis in (0, 1))
    return cv2.remap(blurred, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


@cache
def _middles(modules: int) -> np.ndarray:
    across, down = np.meshgrid(np.arange(modules) + 0.5, np.arange(modules) + 0.5)
    return np.stack([across.ravel(), down.ravel()], axis=1)[None].astype(np.float32)


def _signs(values: np.ndarray) -> np.ndarray:
    """Dark 1, light -1, each beside its neighbourhood: a shadow or a veil of light over a part changes nothing."""
    size = (NEIGHBOURS, NEIGHBOURS)
    low, high = cv2.erode(values, np.ones(size)), cv2.dilate(values, np.ones(size))
    middle = cv2.blur((low + high) / 2, (5, 5))
    return np.where(values < middle, 1.0, -1.0).astype(np.float32)


def _score(blurred: np.ndarray, corners: np.ndarray, modules: int) -> float:
    """How well what every code has is found there, from -1 to 1."""
    there = always_there(modules)
    values = _sampled(blurred, corners, modules)
    spread = np.abs(values - values.mean()).mean() + 1e-6
    contrast = np.clip((cv2.blur(values, (NEIGHBOURS, NEIGHBOURS)) - values) / spread, -1, 1)
    return float((contrast * there).sum() / np.abs(there).sum())


def _moved(blurred: np.ndarray, corners: np.ndarray, modules: int, score: float) -> tuple[float, np.ndarray]:
    """Each corner moved a little, as long as that helps."""
    module = _side(corners) / modules
    fitted = corners.astype(np.float32).copy()
    for step in STEPS:
        for _ in range(3):
            before = score
            for corner in range(4):
                for way in ((step, 0), (-step, 0), (0, step), (0, -step)):
                    tried = fitted.copy()
                    tried[corner] += np.array(way, np.float32) * module
                    found = _score(blurred, tried, modules)
                    if found > score:
                        score, fitted = found, tried
            if score == before:
                break
    return score, fitted


def _drawn(values: np.ndarray, modules: int) -> np.ndarray:
    there = always_there(modules)
    dark = np.where(there != 0, there, _signs(values)) > 0
    picture = np.pad(np.where(dark, 0, 255).astype(np.uint8), QUIET, constant_values=255)
    return np.kron(picture, np.ones((CELL, CELL), np.uint8))


def _side(corners: np.ndarray) -> float:
    return float(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).mean())


def _is_inside(grey: np.ndarray, corners: np.ndarray) -> bool:
    """Whether most of it is in the picture, and it is a shape at all."""
    height, width = grey.shape
    middle = corners.mean(axis=0)
    if not cv2.isContourConvex(np.round(corners).astype(np.int32)):
        return False
    return 0 <= middle[0] < width and 0 <= middle[1] < height and 16 < _side(corners) < 2 * max(grey.shape)
