"""What kiosks found when they looked at themselves."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Known(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db

    class Organization(Known):
        class Meta:
            table_name = "organizations"

    class Device(Known):
        class Meta:
            table_name = "devices"

    class SelfTest(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        device = ForeignKeyField(Device, on_delete="RESTRICT", index=False)
        made_at = BigIntegerField()
        told_at = BigIntegerField()
        is_attended = BooleanField()
        verdict = CharField(max_length=40)
        findings = TextField(default="[]")

        class Meta:
            legacy_table_names = False
            table_name = "self_tests"
            indexes = ((("device", "made_at"), True),)

    db.create_tables([SelfTest])
