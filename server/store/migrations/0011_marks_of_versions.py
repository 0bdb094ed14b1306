"""A version of the replica has a mark, so that a number given twice (before and after a backup) is noticed."""

from typing import Any

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, Model


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            table_name = "organizations"

    class ReplicaMark(Model):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        version = BigIntegerField()
        mark = CharField(max_length=16)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "replica_marks"
            primary_key = CompositeKey("organization", "version")

    db.create_tables([ReplicaMark])
