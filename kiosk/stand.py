"""What every face has: whose door this is, how it speaks, and how long it stays. Values only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.modes import Modes


class Line(StrEnum):
    """Whether the server is there."""

    CONNECTED = "CONNECTED"
    ALONE = "ALONE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """What is the same around every face: whose door this is, and how it speaks.

    `colour` is the studio's own, `#rrggbb`, or empty for terracotta; `zone` is an IANA name; `language` is the
    screen's, or that of the person the face is about.
    """

    organization: str
    zone: str
    language: str = "en"
    colour: str = ""
    line: Line = Line.CONNECTED
    modes: Modes = field(default_factory=Modes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """How long a face stays by itself: until an instant, of so many seconds in all.

    `began_at`: when it came. More time makes no new occasion of it, that would be said and sound once more.
    """

    until_at: datetime
    seconds: int
    began_at: datetime


def stay(at: datetime, seconds: float) -> Stay:
    """From `at` on, for so long."""
    return Stay(until_at=at + timedelta(seconds=seconds), seconds=round(seconds), began_at=at)
