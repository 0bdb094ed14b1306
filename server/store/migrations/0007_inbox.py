"""The staff's inbox: what was settled, by whom and why; and what a record in quarantine needs to be tried again."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, Model, TextField


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

    class InboxSettlement(Model):
        id = CharField(max_length=80, primary_key=True)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        kind = CharField(max_length=40)
        subject = CharField(max_length=200)
        way = CharField(max_length=40)
        because = TextField()
        about = TextField(default="{}")
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        by_name = CharField()
        settled_at = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "inbox_settlements"
            indexes = (
                (("organization", "kind", "subject"), True),
                (("organization", "settled_at"), False),
            )

    db.create_tables([InboxSettlement])
    migrator.migrate(
        migrator.add_column("quarantine", "boot", CharField(max_length=80, default="")),
        migrator.add_column("quarantine", "t_mono", BigIntegerField(null=True)),
        migrator.add_column("quarantine", "effect", CharField(max_length=40, null=True)),
        migrator.add_column("quarantine", "tried_at", BigIntegerField(null=True)),
        migrator.add_column("quarantine", "tried_why", TextField(default="")),
        migrator.add_index("punches", ("organization_id", "at"), False),
    )
