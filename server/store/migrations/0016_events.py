"""What happened that somebody should hear of."""

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

    class Session(Known):
        class Meta:
            table_name = "sessions"

    class Reservation(Known):
        class Meta:
            table_name = "reservations"

    class Event(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        kind = CharField(max_length=40)
        member = ForeignKeyField(Member, on_delete="RESTRICT", null=True)
        session = ForeignKeyField(Session, on_delete="RESTRICT", null=True, index=False)
        reservation = ForeignKeyField(Reservation, on_delete="RESTRICT", null=True, index=False)
        subject = CharField(max_length=120, default="")
        data = TextField(default="{}")
        happened_at = BigIntegerField()
        noted_at = BigIntegerField()
        letters_at = BigIntegerField(null=True)
        hooks_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "events"
            indexes = (
                (("organization", "id"), False),
                (("letters_at", "id"), False),
                (("hooks_at", "id"), False),
            )

    db.create_tables([Event])
