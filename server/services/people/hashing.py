"""How passwords and PINs are kept: as Argon2id and nothing else. Slow on purpose: never while holding the database."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()

_hasher = HASHER


@contextmanager
def hashed_by(hasher: PasswordHasher) -> Iterator[None]:
    """What is kept is hashed by this one meanwhile, as ids come from `ids.drawn_from`: a story need not be slow."""
    global _hasher
    before, _hasher = _hasher, hasher
    try:
        yield
    finally:
        _hasher = before


def hashed(secret: str) -> str:
    """What is kept of it."""
    return _hasher.hash(secret)


def fits(kept: str, secret: str, hasher: PasswordHasher | None = None) -> bool:
    """Whether this was kept so. Takes as long as keeping it did."""
    try:
        return (hasher or _hasher).verify(kept, secret)
    except (VerificationError, InvalidHashError):
        return False


def nobodys() -> str:
    """What is looked at where nothing is kept, so that whoever is not there takes as long as whoever is."""
    return _nobodys(_hasher)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_urlsafe(32))
