"""A pairing code counts how often somebody was close and wrong, and ends at the fifth."""

from typing import Any

from peewee import CharField, IntegerField


def up(migrator: Any, db: Any) -> None:
    migrator.migrate(
        migrator.add_column("pairing_codes", "begins_with", CharField(max_length=8, default="", index=True)),
        migrator.add_column("pairing_codes", "tries", IntegerField(default=0)),
    )
