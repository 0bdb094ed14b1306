"""One way to read a long list in parts: each part goes on after the last row of the one before, whatever was added
or went meanwhile. The key of that row is all that has to be remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from core import clocktime

Key = tuple[str | int, ...]
"""Where a part ended: the values of the columns by which the list is in order."""
T = TypeVar("T")
MOST = 100
"""Rows of one part, at most."""
USUAL = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """`after` None: from the beginning."""

    limit: int = USUAL
    after: Key | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Generic[T]):
    """`next` None: there is no more."""

    found: tuple[T, ...]
    next: Key | None


def part_of(query: Any, columns: Sequence[Any], wanted: Wanted, *, newest_first: bool = False) -> Part[Any]:
    """The rows of a query in the order of these columns, of which the last must be different in each row.

    Call it inside `reading()`. A key that does not fit the columns finds whatever it finds: it is checked where it
    comes in.
    """
    if wanted.after is not None:
        query = query.where(_beyond(columns, wanted.after, newest_first=newest_first))
    order = [column.desc() if newest_first else column for column in columns]
    rows = list(query.order_by(*order).limit(wanted.limit + 1))
    shown = rows[: wanted.limit]
    has_more = len(rows) > wanted.limit
    return Part(found=tuple(shown), next=_key_of(shown[-1], columns) if has_more else None)


def _beyond(columns: Sequence[Any], after: Key, *, newest_first: bool) -> Any:
    """`a > x or (a = x and b > y) …`: what row values would say, in the words of both databases."""
    cases = []
    for place, (column, value) in enumerate(zip(columns, after, strict=True)):
        case = column < value if newest_first else column > value
        for equal, same in zip(columns[:place], after[:place], strict=True):
            case = (equal == same) & case
        cases.append(case)
    return reduce(or_, cases)


def _key_of(row: Any, columns: Sequence[Any]) -> Key:
    values = (getattr(row, column.name) for column in columns)
    return tuple(clocktime.to_ms(value) if isinstance(value, datetime) else value for value in values)
