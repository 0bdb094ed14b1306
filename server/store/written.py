"""Queries that are asked for every card, written as text once and asked with other values each time.

peewee writes the text of a query anew whenever it is asked, which costs more than the answer to most. What is asked
once an evening is better asked as everywhere else.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from peewee import SQL, Expression, Field, Model, NodeList, Value

from core import clocktime
from server.store.database import is_postgresql, proxy

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class _Given:
    """Stands in a text where a value comes; `is_many`: as many as there are."""

    name: str
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    query: Any
    sql: str
    values: tuple[object, ...]


class Written:
    """A query by the text it has on each kind of database. Made by `written`."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._texts: dict[bool, _Text] = {}

    def all(self, **given: object) -> list[Any]:
        """Rows, or tuples where the query says so. Instants, and collections for `among_given`, are given as such."""
        text = self._texts.get(is_postgresql()) or self._write()
        values = [_as_asked(given[one.name], one) if isinstance(one, _Given) else one for one in text.values]
        return list(text.query._get_cursor_wrapper(proxy.obj.execute_sql(text.sql, values)))

    def first(self, **given: object) -> Any:
        """The first, or None. The query itself has the limit, if more could be found."""
        return next(iter(self.all(**given)), None)

    def _write(self) -> _Text:
        query = self._make()
        sql, values = proxy.obj.get_sql_context().sql(query).query()
        text = self._texts[is_postgresql()] = _Text(query, sql, tuple(values))
        return text


def written(make: Callable[[], Any]) -> Written:
    """For a function that makes a query with `given` and `among_given` in it. It is called once a kind of database."""
    return Written(make)


def given(name: str) -> Value:
    """Where a value comes, as the column holds it: `CardRow.fingerprint == given("card")`."""
    return Value(_Given(name), converter=False)


def among_given(field: Field, name: str) -> Expression:
    """`field.in_(…)` for text, however many there will be."""
    holds = "= ANY(%s)" if is_postgresql() else "IN (SELECT value FROM json_each(?))"
    return NodeList((field, SQL(holds, (_Given(name, is_many=True),))))


def add(row: T) -> T:
    """Insert a row just made, as `create` does, and return it."""
    table: Any = type(row)
    proxy.obj.execute_sql(_insert(table, is_postgresql()), [_held(row, field) for field in table._meta.sorted_fields])
    row._dirty.clear()
    return row


def save(row: Model) -> None:
    """Write the whole row, as its own `save` does, for one that is there."""
    table: Any = type(row)
    proxy.obj.execute_sql(_update(table, is_postgresql()), [_held(row, field) for field in _key_last(table)])
    row._dirty.clear()


def _as_asked(value: object, one: _Given) -> object:
    if one.is_many:
        many = list(value) if isinstance(value, Collection) else [value]
        return many if is_postgresql() else json.dumps(many)
    return clocktime.to_ms(value) if isinstance(value, datetime) else value


def _held(row: Model, field: Field) -> object:
    return field.db_value(row.__data__.get(field.name))


def _key_last(table: Any) -> list[Field]:
    return [*(field for field in table._meta.sorted_fields if not field.primary_key), table._meta.primary_key]


@lru_cache(maxsize=64)
def _insert(table: Any, on_postgresql: bool) -> str:
    names = [f'"{field.column_name}"' for field in table._meta.sorted_fields]
    marks = ", ".join([_mark(on_postgresql)] * len(names))
    return f'INSERT INTO "{table._meta.table_name}" ({", ".join(names)}) VALUES ({marks})'


@lru_cache(maxsize=64)
def _update(table: Any, on_postgresql: bool) -> str:
    *fields, key = (f'"{field.column_name}" = {_mark(on_postgresql)}' for field in _key_last(table))
    return f'UPDATE "{table._meta.table_name}" SET {", ".join(fields)} WHERE {key}'


def _mark(on_postgresql: bool) -> str:
    return "%s" if on_postgresql else "?"
