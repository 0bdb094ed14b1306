"""Long lists in parts: `limit` and `cursor` in, `next` out. A cursor is opaque, and good for its own list only."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from core.errors import Invalid
from server.services.programs.paging import MOST, USUAL, Key, Wanted

LONGEST = 1500
"""Characters of a cursor that are looked at."""
WHOLE = 2**63
"""What a column of whole numbers holds, on either side of zero, less one."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A list's own: its name, and what its key is made of. As a dependency it reads `limit` and `cursor`.

    A cursor says where to go on and nothing else; whose rows are found is decided by who asks, not by the cursor.
    """

    name: str
    kinds: tuple[type, ...]

    def __call__(
        self,
        limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many.")] = USUAL,
        cursor: Annotated[
            str | None, Query(max_length=LONGEST, description="`next` of the part before; without it, the first part.")
        ] = None,
    ) -> Wanted:
        """Raises `Invalid` for a cursor that no list gave, or another one."""
        return Wanted(limit=limit, after=None if cursor is None else self.read(cursor))

    def next(self, key: Key | None) -> str | None:
        """The cursor of the part after this key."""
        if key is None:
            return None
        text = json.dumps([self.name, *key], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, cursor: str) -> Key:
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("utf-8")
            name, *key = json.loads(text)
        except (binascii.Error, ValueError, TypeError, RecursionError):
            raise Invalid("cursor.not_understood") from None
        fits = [type(value) is kind and _is_storable(value) for value, kind in zip(key, self.kinds, strict=False)]
        if name != self.name or len(key) != len(self.kinds) or not all(fits):
            raise Invalid("cursor.not_understood")
        return tuple(key)


def _is_storable(value: object) -> bool:
    match value:
        case int():
            return -WHOLE < value < WHOLE
        case str():
            return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return False
