"""What staff did, where and why, as they did it; and tries of a PIN alone, counted for each kiosk."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Known(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db

    class Organization(Known):
        class Meta:
            table_name = "organizations"

    class Venue(Known):
        class Meta:
            table_name = "venues"

    class Device(Known):
        class Meta:
            table_name = "devices"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class Member(Known):
        class Meta:
            table_name = "members"

    class Session(Known):
        class Meta:
            table_name = "sessions"

    class StaffAct(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        venue = ForeignKeyField(Venue, on_delete="RESTRICT")
        device = ForeignKeyField(Device, on_delete="RESTRICT", null=True)
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        act = CharField(max_length=40)
        member = ForeignKeyField(Member, on_delete="RESTRICT", null=True)
        session = ForeignKeyField(Session, on_delete="RESTRICT", null=True)
        subject = CharField(max_length=120, default="")
        because = TextField(default="")
        proved_by = TextField(default="")
        came_of = CharField(max_length=40)
        why = TextField(default="")
        happened_at = BigIntegerField()
        noted_at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "staff_acts"
            indexes = ((("organization", "happened_at"), False),)

    db.create_tables([StaffAct])
    migrator.migrate(
        migrator.add_column("devices", "pin_tries", IntegerField(default=0)),
        migrator.add_column("devices", "pin_tried_at", BigIntegerField(null=True)),
    )
