"""Waiting lists; and places that are let go of, since nobody came."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


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

    class Pass(Known):
        class Meta:
            table_name = "passes"

    class Session(Known):
        class Meta:
            table_name = "sessions"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class Reservation(Known):
        class Meta:
            table_name = "reservations"

    class Waiting(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        session = ForeignKeyField(Session, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        pass_ = ForeignKeyField(Pass, column_name="pass_id", on_delete="RESTRICT", null=True, index=False)
        status = CharField(max_length=40)
        priority = CharField(max_length=40, default="NORMAL")
        priority_because = TextField(default="")
        priority_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True, index=False)
        is_auto_book = BooleanField(default=False)
        notes = TextField(default="")
        joined_at = BigIntegerField()
        joined_by = CharField(max_length=40, default="SELF")
        offered_at = BigIntegerField(null=True)
        offer_ends_at = BigIntegerField(null=True)
        offers_missed = IntegerField(default=0)
        passed_over = CharField(max_length=40, null=True)
        reservation = ForeignKeyField(Reservation, on_delete="RESTRICT", null=True, index=False)
        ended_at = BigIntegerField(null=True)
        ended_because = TextField(default="")

        class Meta:
            legacy_table_names = False
            table_name = "waiting_entries"
            indexes = (
                (("session", "status"), False),
                (("member", "status"), False),
                (("status", "organization"), False),
            )

    Waiting.add_index(
        Waiting.index(
            Waiting.member,
            Waiting.session,
            unique=True,
            where=Waiting.status.in_(["WAITING", "OFFERED", "BOOKING"]),
            name="waiting_entries_once",
        )
    )
    db.create_tables([Waiting])
    migrator.migrate(migrator.add_column("reservations", "released_at", BigIntegerField(null=True)))
