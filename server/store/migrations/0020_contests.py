"""What members say against an absence, and what was answered; when staff gave back a place the night took away."""

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

    class Member(Known):
        class Meta:
            table_name = "members"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class NoShow(Known):
        class Meta:
            table_name = "no_shows"

    class Contest(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        no_show = ForeignKeyField(NoShow, on_delete="RESTRICT", unique=True)
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        words = TextField()
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True, backref="+")
        made_at = BigIntegerField()
        answer = CharField(max_length=40, null=True)
        answered_at = BigIntegerField(null=True)
        answered_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True, backref="+")
        answered_by_name = CharField(default="")
        answered_because = TextField(default="")

        class Meta:
            legacy_table_names = False
            table_name = "contests"
            indexes = ((("organization", "answered_at"), False),)

    db.create_tables([Contest])
    migrator.migrate(migrator.add_column("reservations", "restored_at", BigIntegerField(null=True)))
