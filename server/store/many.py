"""Many rows of one table at once: a statement is written as text once, and the database runs it for all of them.

peewee writes the text of a query anew each time, and for many rows the writing costs more than the rows do.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from peewee import SQL, Expression, Field, Model, NodeList, __exception_wrapper__

from server.store.database import is_postgresql, proxy
from server.store.rows import InstantField

Fields = tuple[Field, ...]


def insert_all(
    table: type[Model], same: Mapping[Field, object], fields: Fields, each: Iterable[Sequence[object]]
) -> None:
    """A row for each of `each`, which are values for `fields`; what is the same in all rows stands in `same`.

    Fields that are in neither hold what the table says by default.
    """
    _insert(table, same, fields, each, "")


def put_all(table: type[Model], same: Mapping[Field, object], fields: Fields, each: Iterable[Sequence[object]]) -> None:
    """The same; where a row with this primary key is there, it takes the new row's other values."""
    key = [field.column_name for field in table._meta.get_primary_keys()]
    given = [field.column_name for field in (*same, *fields)]
    changed = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in given if name not in key)
    named = ", ".join(f'"{name}"' for name in key)
    _insert(table, same, fields, each, f" ON CONFLICT ({named}) DO UPDATE SET {changed}")


def set_each(field: Field, values: Mapping[str, object]) -> None:
    """A column of rows that are named by their ids, each to a value of its own."""
    table, key = field.model._meta.table_name, field.model._meta.primary_key.column_name
    mark = _mark()
    text = f'UPDATE "{table}" SET "{field.column_name}" = {mark} WHERE "{key}" = {mark}'
    _run(text, [(field.db_value(value), id_) for id_, value in values.items()])


def among(field: Field, ids: Collection[str]) -> Expression:
    """`field.in_(ids)` for text, of which the text stays the same however many there are. Use it in `where` only."""
    if is_postgresql():
        return NodeList((field, SQL("= ANY(%s)", (_Array(ids),))))
    return NodeList((field, SQL("IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))))


def found_by(query: Any) -> list[tuple[Any, ...]]:
    """All that a query finds, as the database holds it: instants are milliseconds, and on SQLite booleans numbers."""
    database: Any = proxy.obj
    return [tuple(row) for row in database.execute(query).fetchall()]


class _Array(list[str]):
    """One parameter: PostgreSQL's driver makes an array of it."""


def _insert(
    table: Any, same: Mapping[Field, object], fields: Fields, each: Iterable[Sequence[object]], on_conflict: str
) -> None:
    given = {*same, *fields}
    others = {field: _default(field) for field in table._meta.sorted_fields if field not in given}
    fixed = tuple(field.db_value(value) for field, value in {**same, **others}.items())
    written = [fixed + tuple(row) for row in _kept(fields, each)]
    if written:
        _run(_text(table, (*same, *others, *fields), _mark()) + on_conflict, written)


def _kept(fields: Fields, each: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
    """As the database keeps it: text, numbers and booleans it does as they are, instants it does not."""
    if not any(isinstance(field, InstantField) for field in fields):
        return each
    kept = [field.db_value if isinstance(field, InstantField) else None for field in fields]
    return ([keep(value) if keep else value for keep, value in zip(kept, row, strict=True)] for row in each)


@lru_cache(maxsize=64)
def _text(table: Any, fields: Fields, mark: str) -> str:
    named = ", ".join(f'"{field.column_name}"' for field in fields)
    return f'INSERT INTO "{table._meta.table_name}" ({named}) VALUES ({", ".join([mark] * len(fields))})'


def _default(field: Field) -> object:
    return field.default() if callable(field.default) else field.default


def _mark() -> str:
    return "%s" if is_postgresql() else "?"


def _run(text: str, rows: list[tuple[object, ...]]) -> None:
    database: Any = proxy.obj
    with __exception_wrapper__:
        database.cursor().executemany(text, rows)
