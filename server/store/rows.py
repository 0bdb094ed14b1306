"""What every table shares: ids that are text, by which a row is found, instants that are UTC milliseconds, short words,
JSON as text."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self, cast

from peewee import BigIntegerField, CharField, ForeignKeyField, Model, TextField

from core import clocktime
from server.store.database import proxy
from server.store.written import Written, given, written

ID_LENGTH = 80
"""A UUID is 36 characters; a visit key is two of them and a letter."""


class Row(Model):
    class Meta:
        database = proxy
        legacy_table_names = False

    @classmethod
    def get_by_id(cls, pk: object) -> Self:
        """As peewee's own, by a text that is written once. Raises `DoesNotExist`."""
        row: Self | None = _by_id(cast(Any, cls)).first(id=pk)
        if row is None:
            raise cls.DoesNotExist(f"{cls._meta.table_name} has no row {pk}")
        return row


@cache
def _by_id(table: Any) -> Written:
    return written(lambda: table.select().where(table._meta.primary_key == given("id")))


class InstantField(BigIntegerField):
    """An aware datetime outside, UTC milliseconds inside: `SessionRow.starts_at <= at` compares as it reads."""

    if TYPE_CHECKING:  # what a row has under such a name is an instant, not the field

        def __get__(self, row: Any, table: Any = None) -> Any: ...

        def __set__(self, row: Any, value: Any) -> None: ...

    def db_value(self, value: Any) -> int | None:
        return clocktime.to_ms(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else clocktime.from_ms(value)


def id_field() -> CharField:
    return CharField(max_length=ID_LENGTH, primary_key=True)


def word_field(**options: Any) -> CharField:
    """A word from a closed list of the program's."""
    return CharField(max_length=40, **options)


def json_field(empty: str) -> TextField:
    """JSON as text, the same on both databases; `empty` is what a row without it holds."""
    return TextField(default=empty)


def belongs_to(table: type[Model], **options: Any) -> ForeignKeyField:
    """A row of another table. `row.member_id` is its id; nothing is fetched behind your back."""
    return ForeignKeyField(table, lazy_load=False, backref="+", on_delete="RESTRICT", **options)
