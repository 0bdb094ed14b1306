"""A place that an absence took away says so, and can be given back when the member had come after all."""

from typing import Any

from peewee import CharField


def up(migrator: Any, db: Any) -> None:
    taken_by = CharField(max_length=80, null=True, index=True)
    migrator.migrate(migrator.add_column("reservations", "cancelled_by_no_show", taken_by))
