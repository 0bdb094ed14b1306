"""Finds the corner squares of QR codes, each by itself: two are enough to guess where a code lies when a finger or a
lamp hides the third. It refuses to read anything; a guess is right only if what lies there can be decoded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import dist, hypot

import cv2
import numpy as np

SMALLEST = 10.0
"""Pixels of a square's side: below, its rings run together."""
SQUARES = 6
"""Looked at in one frame, the largest; a card has three."""
GUESSES = 8
ROUND = 0.2
"""How far a guessed width may be from a whole number of modules, of which only every fourth is a QR code's."""
SIDES = tuple(range(21, 54, 4))
"""Modules: versions 1 to 9. A membership card has 25."""

Quad = np.ndarray
"""Four (x, y), clockwise, float32."""


@dataclass(frozen=True, slots=True, eq=False)
class Square:
    """One corner square: the outer border of its black ring."""

    quad: Quad
    side: float

    @property
    def middle(self) -> tuple[float, float]:
        x, y = self.quad.mean(axis=0)
        return float(x), float(y)


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """A code of `modules` a side may lie there; `corners` are its own, clockwise from any of them."""

    corners: Quad
    modules: int


def squares_in(binary: np.ndarray) -> list[Square]:
    """The rings with a square in them, in a black and white picture; the largest first."""
    contours, tree = cv2.findContours(255 - binary, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Square] = []
    for number, contour in enumerate(contours):
        hole = tree[0][number][2]
        core = tree[0][hole][2] if hole >= 0 else -1
        if core < 0:
            continue
        square = _square(contour, contours[core])
        if square is not None and not any(dist(square.middle, other.middle) < other.side / 2 for other in found):
            found.append(square)
    return sorted(found, key=lambda square: -square.side)[:SQUARES]


def _square(ring: np.ndarray, core: np.ndarray) -> Square | None:
    """Seven modules wide with three in the middle; None for anything else."""
    outside, inside = cv2.contourArea(ring), cv2.contourArea(core)
    if outside < SMALLEST**2 or not 2.8 < outside / max(inside, 1.0) < 14:
        return None
    box = cv2.minAreaRect(ring)
    wide, tall = box[1]
    if not 0.45 < wide / max(tall, 1e-3) < 2.2 or outside < 0.65 * wide * tall:
        return None
    moments, core_moments = cv2.moments(ring), cv2.moments(core)
    apart = hypot(
        moments["m10"] / moments["m00"] - core_moments["m10"] / max(core_moments["m00"], 1e-6),
        moments["m01"] / moments["m00"] - core_moments["m01"] / max(core_moments["m00"], 1e-6),
    )
    side = outside**0.5
    if apart > 0.15 * side:
        return None
    rough = cv2.approxPolyDP(cv2.convexHull(ring), 0.08 * cv2.arcLength(ring, True), True)
    quad = rough.reshape(-1, 2) if len(rough) == 4 else cv2.boxPoints(box)
    return Square(_clockwise(quad.astype(np.float32)), side)


def guesses_from(squares: list[Square]) -> Iterator[Guess]:
    """Where codes may lie of which two corner squares are seen, the likeliest first; at most eight."""
    ranked: list[tuple[float, Guess]] = []
    for one, other in combinations(squares, 2):
        if max(one.side, other.side) > 1.7 * min(one.side, other.side):
            continue
        module = (one.side + other.side) / 14
        apart = dist(one.middle, other.middle) / module + 7
        for modules in SIDES:
            off = abs(apart / modules - 1)
            if off < ROUND:
                ranked += [(off, guess) for guess in _beside(one, other, modules)]
            across = abs(((apart - 7) / 2**0.5 + 7) / modules - 1)
            if across < ROUND:
                ranked.append((across, _between(one, other, modules)))
    ranked.sort(key=lambda pair: pair[0])
    yield from (guess for _, guess in ranked[:GUESSES])


def _beside(one: Square, other: Square, modules: int) -> list[Guess]:
    """Both lie at one edge: the code is on either side of it."""
    along = np.subtract(other.middle, one.middle)
    return [_fitted(one, other, along, modules, turned) for turned in (1, -1)]


def _fitted(one: Square, other: Square, along: np.ndarray, modules: int, turned: int) -> Guess:
    """The plane through both squares' corners, with the edge from `one` to `other` on top or, turned, at the bottom."""
    first, second = (one, other) if turned > 0 else (other, one)
    direction = along * turned
    seen = np.concatenate([_from_corner(first, direction), _from_corner(second, direction)])
    there = np.concatenate([_place(0, 0), _place(modules - 7, 0)])
    return Guess(_corners(there, seen, modules), modules)


def _between(one: Square, other: Square, modules: int) -> Guess:
    """They lie at opposite corners."""
    along = np.subtract(other.middle, one.middle)
    direction = np.array([along[0] + along[1], along[1] - along[0]])  # the diagonal, turned back by 45 degrees
    seen = np.concatenate([_from_corner(one, direction), _from_corner(other, direction)])
    there = np.concatenate([_place(0, 0), _place(modules - 7, modules - 7)])
    return Guess(_corners(there, seen, modules), modules)


def _place(left: float, top: float) -> np.ndarray:
    return np.array([[left, top], [left + 7, top], [left + 7, top + 7], [left, top + 7]], np.float32)


def _from_corner(square: Square, direction: np.ndarray) -> Quad:
    """The square's corners, clockwise from the one that is first when its top edge runs along `direction`."""
    edges = np.roll(square.quad, -1, axis=0) - square.quad
    start = int(np.argmax(edges @ direction / np.maximum(np.linalg.norm(edges, axis=1), 1e-6)))
    return np.roll(square.quad, -start, axis=0)


def _corners(there: np.ndarray, seen: np.ndarray, modules: int) -> Quad:
    plane, _ = cv2.findHomography(there, seen)
    whole = np.array([[[0, 0], [modules, 0], [modules, modules], [0, modules]]], np.float32)
    if plane is None:
        return np.zeros((4, 2), np.float32)
    return cv2.perspectiveTransform(whole, plane)[0].astype(np.float32)


def _clockwise(quad: np.ndarray) -> Quad:
    middle = quad.mean(axis=0)
    return quad[np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))]
