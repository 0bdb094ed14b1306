"""A kiosk that used a pairing code from a browser waits there until staff compared the two screens."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, Model


def up(migrator: Any, db: Any) -> None:
    class Staff(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "staff"

    migrator.migrate(
        migrator.add_column("pairing_codes", "is_to_confirm", BooleanField(default=False)),
        migrator.add_column("pairing_codes", "asked_device", CharField(max_length=80, default="")),
        migrator.add_column("pairing_codes", "asked_name", CharField(default="")),
        migrator.add_column("pairing_codes", "asked_token_hash", CharField(max_length=64, default="", index=True)),
        migrator.add_column("pairing_codes", "settled_at", BigIntegerField(null=True)),
        migrator.add_column(
            "pairing_codes",
            "settled_by_id",
            ForeignKeyField(Staff, Staff.id, null=True, on_delete="RESTRICT", index=True),
        ),
    )
