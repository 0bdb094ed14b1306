"""What was taken over from another system: which of theirs became which of ours."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Known(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db

    class Organization(Known):
        class Meta:
            table_name = "organizations"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class ImportedRecord(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        source = CharField(max_length=40)
        kind = CharField(max_length=40)
        their_key = CharField(max_length=120)
        our_id = CharField(max_length=80, index=True)
        row_hash = CharField(max_length=64)
        field_hashes = TextField(default="{}")
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        imported_at = BigIntegerField()
        changed_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "imported_records"
            indexes = ((("organization", "source", "kind", "their_key"), True),)

    db.create_tables([ImportedRecord])
