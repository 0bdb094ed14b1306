"""What one frame said: codes that were read, codes that were only seen, and what would help.

Plain values. This module refuses to know what a code means; `core.cards` tells a card from anything else.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import dist

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Four (x, y) in frame pixels, clockwise from the code's own top left."""


class Hint(StrEnum):
    """What a person could do so that a code that is seen can also be read."""

    NONE = "NONE"
    CLOSER = "CLOSER"
    TILT_OUT_OF_LIGHT = "TILT_OUT_OF_LIGHT"
    HOLD_STILL = "HOLD_STILL"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadCode:
    """A QR code that was read. It may say anything: hand `payload` to `core.cards.read`, never to a screen."""

    payload: bytes
    text: str
    corners: Corners


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that one frame said. `hint` speaks about the largest candidate; candidates come largest first."""

    codes: tuple[ReadCode, ...] = ()
    candidates: tuple[Corners, ...] = ()
    hint: Hint = Hint.NONE


def side_of(corners: Corners) -> float:
    """The mean of its four sides, in pixels."""
    return sum(dist(corners[i - 1], corners[i]) for i in range(4)) / 4


def middle_of(corners: Corners) -> Point:
    """Where its corners lie on average."""
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


def contains(corners: Corners, point: Point) -> bool:
    """Whether the point lies in the box around the corners: near enough to tell two codes apart."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) <= point[0] <= max(xs) and min(ys) <= point[1] <= max(ys)
