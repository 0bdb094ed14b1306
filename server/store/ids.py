"""New ids for rows: UUIDv7, so that rows made one after another lie next to each other."""

import hashlib
import secrets
from datetime import datetime

from core.ids import uuid7


def new_id(at: datetime) -> str:
    """A fresh id, 36 characters, that sorts by the instant it was made."""
    return uuid7(at, secrets.randbits)


def hash_of(secret: str) -> str:
    """SHA-256 in hex: what is kept of a random token or pairing code. Not for passwords, which people choose."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
