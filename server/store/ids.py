"""New ids for rows: UUIDv7, so that rows made one after another lie next to each other."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from core.ids import uuid7, uuid7s

RandomBits = Callable[[int], int]
MARK_BITS = 64

_random_bits: RandomBits = secrets.randbits


@contextmanager
def drawn_from(random_bits: RandomBits) -> Iterator[None]:
    """Ids come from this source meanwhile, as the rows from the bound database: a simulated day can be lived twice."""
    global _random_bits
    before, _random_bits = _random_bits, random_bits
    try:
        yield
    finally:
        _random_bits = before


def random_bits(bits: int) -> int:
    """An integer below 2**bits that nobody can guess."""
    return _random_bits(bits)


def new_id(at: datetime) -> str:
    """A fresh id, 36 characters, that sorts by the instant it was made."""
    return uuid7(at, _random_bits)


def new_ids(at: datetime, count: int) -> list[str]:
    """Fresh ids in a row, for rows that are written together: an index takes them side by side."""
    return uuid7s(at, count, _random_bits)


def new_mark() -> str:
    """16 characters that no other time or copy of this database draws."""
    return f"{_random_bits(MARK_BITS):016x}"


def hash_of(secret: str) -> str:
    """SHA-256 in hex: what is kept of a random token or pairing code. Not for passwords, which people choose."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
