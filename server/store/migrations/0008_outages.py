"""When a kiosk could not serve, so that nobody pays for a session missed meanwhile."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "organizations"

    class Venue(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "venues"

    class Device(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "devices"

    class Staff(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "staff"

    class Outage(Model):
        id = CharField(max_length=80, primary_key=True)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        venue = ForeignKeyField(Venue, on_delete="RESTRICT", index=False)
        device = ForeignKeyField(Device, on_delete="RESTRICT", null=True, index=False)
        told_as = CharField(max_length=40, default="")
        why = CharField(max_length=40)
        because = TextField(default="")
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        began_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)
        told_at = BigIntegerField()
        noted_at = BigIntegerField()
        settled_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "outages"
            indexes = (
                (("device", "told_as"), True),
                (("venue", "began_at"), False),
            )

    db.create_tables([Outage])
