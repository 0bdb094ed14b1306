"""Staff cards and PINs: what proves a member of staff at a kiosk, also when the kiosk can ask nobody."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "organizations"

    class Staff(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "staff"

    class StaffCard(Model):
        id = CharField(max_length=80, primary_key=True)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        staff = ForeignKeyField(Staff, on_delete="RESTRICT")
        fingerprint = CharField(max_length=64, unique=True)
        code_encrypted = TextField()
        verifier = CharField(default="")
        sealed_name = TextField(default="")
        issued_at = BigIntegerField()
        revoked_at = BigIntegerField(null=True)
        because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "staff_cards"

    db.create_tables([StaffCard])
    migrator.migrate(
        migrator.add_column("staff", "pin_hash", CharField(default="")),
        migrator.add_column("staff", "pin_tries", IntegerField(default=0)),
        migrator.add_column("staff", "pin_tried_at", BigIntegerField(null=True)),
    )
