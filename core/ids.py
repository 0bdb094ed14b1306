"""Ids that sort by when they were made: UUIDv7 (RFC 9562). Time and randomness are passed in."""

import uuid
from collections.abc import Callable
from datetime import datetime

from core import clocktime


def uuid7(at: datetime, random_bits: Callable[[int], int]) -> str:
    """A UUIDv7 of that instant, to the millisecond, in its 36-character form. Pass `secrets.randbits`."""
    milliseconds = clocktime.to_ms(at) & ((1 << 48) - 1)
    number = milliseconds << 80 | 0x7 << 76 | random_bits(12) << 64 | 0b10 << 62 | random_bits(62)
    return str(uuid.UUID(int=number))
