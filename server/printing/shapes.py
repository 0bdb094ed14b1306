"""The few things a card is drawn with. Lengths in mm, from the card's upper left corner, downwards and to the right."""

from dataclasses import dataclass

from server.printing.code_modules import Modules
from server.printing.lettering import Line

CARD_WIDTH = 85.6
CARD_HEIGHT = 53.98
CORNER = 3.18
"""ISO/IEC 7810 ID-1, in mm."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    colour: str
    corner: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Disc:
    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lettering:
    """A line of text whose left end on the baseline is at x, y; `size` in mm to the em."""

    x: float
    y: float
    size: float
    line: Line
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    x: float
    y: float
    width: float
    height: float
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeField:
    """The code without its quiet zone, centred on the card; each painter chooses the module it can draw exactly."""

    modules: Modules


Shape = Box | Disc | Lettering | Picture | CodeField
