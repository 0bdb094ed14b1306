"""Ids that sort by when they were made: UUIDv7 (RFC 9562). Time and randomness are passed in."""

from collections.abc import Callable
from datetime import datetime

from core import clocktime

_RAND_B = 62
_RANDOM = 74
"""Bits of `rand_b`, and of both together."""


def uuid7(at: datetime, random_bits: Callable[[int], int]) -> str:
    """A UUIDv7 of that instant, to the millisecond, in its 36-character form. Pass `secrets.randbits`."""
    return _written(clocktime.to_ms(at), random_bits(12) << _RAND_B | random_bits(_RAND_B))


def uuid7s(at: datetime, count: int, random_bits: Callable[[int], int]) -> list[str]:
    """So many of one instant, each the next number after the one before: RFC 9562, 6.2, "Monotonic Random".

    Rows made together then lie together. Whoever knows one can guess the others, as nobody may gain by.
    """
    milliseconds, first = clocktime.to_ms(at), random_bits(_RANDOM - 1)
    return [_written(milliseconds, first + place) for place in range(count)]


def _written(milliseconds: int, random: int) -> str:
    rand_a, rand_b = random >> _RAND_B, random & ((1 << _RAND_B) - 1)
    number = (milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << _RAND_B | rand_b
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
