"""Whether a night suspended so many members that somebody should look at it before they come to the door.

Source: flexible-class-reservations, "Monitoring": alert on a suspension spike.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NIGHTS = 28
"""Before the night that is looked at: four of each day of the week."""
LEAST = 5
"""Fewer are looked through by hand, however rare suspensions are in a small studio."""
TIMES = 3
"""What is usual varies; three times as much hardly ever comes by chance, and does when a number in the policy slipped
or a kiosk that nobody knew of was out of order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spike:
    """A night's suspensions, and what is usual: the average of the nights before."""

    count: int
    usual: float


def spike(count: int, nights_before: Sequence[int]) -> Spike | None:
    """`nights_before`: how many each of the nights before suspended, those without any as 0."""
    usual = sum(nights_before) / len(nights_before) if nights_before else 0.0
    if count < LEAST or count < TIMES * usual:
        return None
    return Spike(count=count, usual=usual)
