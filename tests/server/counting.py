"""A database that counts the statements it is given, whichever way they come, and says where from."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from server.store.database import PooledSqlite

ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
"""What looks at rows; the begin and the end of transactions and savepoints do not."""


@dataclass(slots=True)
class Counted:
    """The statements of a while, by the function that asked them."""

    by_origin: Counter[str] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        return self.by_origin.total()

    def __str__(self) -> str:
        return "\n".join(f"{number:4} {origin}" for origin, number in self.by_origin.most_common())


class CountingSqlite(PooledSqlite):
    """Counts while a story asks it to, on one thread."""

    counted: Counted | None = None

    def cursor(self, *args: Any, **options: Any) -> Any:
        return _CountingCursor(super().cursor(*args, **options), self)

    def note(self, sql: str) -> None:
        if self.counted is not None and sql.lstrip("( ").upper().startswith(ASKING):
            self.counted.by_origin[_origin()] += 1

    @contextmanager
    def counting(self) -> Iterator[Counted]:
        """Counts what is asked inside."""
        self.counted = counted = Counted()
        try:
            yield counted
        finally:
            self.counted = None


class _CountingCursor:
    """A cursor of the database's own; of many rows of one statement the statement is counted."""

    def __init__(self, cursor: Any, database: CountingSqlite) -> None:
        self._cursor = cursor
        self._database = database

    def execute(self, sql: str, *values: Any) -> Any:
        self._database.note(sql)
        return self._cursor.execute(sql, *values)

    def executemany(self, sql: str, rows: Any) -> Any:
        self._database.note(sql)
        return self._cursor.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __iter__(self) -> Any:
        return iter(self._cursor)


def _origin() -> str:
    """The innermost function of a service, and whoever called that."""
    names: list[str] = []
    frame = sys._getframe(1)
    while frame.f_back is not None and len(names) < 2:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("server.services"):
            names.append(f"{module.rsplit('.', 1)[-1]}.{frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(names) or "?"
