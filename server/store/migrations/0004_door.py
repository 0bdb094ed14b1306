"""Reservations and their history, attempts, visits, no-shows."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "organizations"

    class Member(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "members"

    class Session(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "sessions"

    class Pass(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "passes"

    class Suspension(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "suspensions"

    class Staff(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "staff"

    class Venue(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "venues"

    class Device(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "devices"

    class Reservation(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        session = ForeignKeyField(Session, on_delete="RESTRICT")
        pass_ = ForeignKeyField(Pass, column_name="pass_id", on_delete="RESTRICT")
        status = CharField(max_length=40)
        has_hold = BooleanField(default=False)
        made_at = BigIntegerField()
        made_by = CharField(max_length=40, default="SELF")
        method = CharField(null=True, max_length=40)
        checked_in_at = BigIntegerField(null=True)
        cancelled_at = BigIntegerField(null=True)
        cancelled_because = TextField(default="")
        is_late_cancel = BooleanField(default=False)
        is_unconfirmed = BooleanField(default=False)
        cancelled_by_suspension = ForeignKeyField(Suspension, null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "reservations"

    class ReservationHistory(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        reservation = ForeignKeyField(Reservation, on_delete="RESTRICT", index=False)
        step = IntegerField()
        action = CharField(max_length=40)
        from_status = CharField(null=True, max_length=40)
        to_status = CharField(max_length=40)
        by = CharField(max_length=40)
        staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        cause = TextField(default="")
        at = BigIntegerField()
        metadata = TextField(default="{}")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "reservation_history"
            indexes = ((("reservation", "step"), True),)

    class Attempt(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        venue = ForeignKeyField(Venue, on_delete="RESTRICT")
        device = ForeignKeyField(Device, null=True, on_delete="RESTRICT", index=False)
        epoch = CharField(max_length=80, default="")
        seq = BigIntegerField(default=0)
        kind = CharField(max_length=40)
        card = CharField(max_length=64, default="")
        member = ForeignKeyField(Member, null=True, on_delete="RESTRICT")
        session = ForeignKeyField(Session, null=True, on_delete="RESTRICT")
        visit_key = CharField(index=True, null=True, max_length=120)
        undoes = CharField(null=True, max_length=80)
        staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        state = CharField(max_length=40)
        outcome = CharField(null=True, max_length=40)
        reason = CharField(null=True, max_length=40)
        effect = CharField(null=True, max_length=40)
        disputed_reason = CharField(null=True, max_length=40)
        record = TextField()
        answer = TextField(null=True)
        happened_at = BigIntegerField()
        is_time_clamped = BooleanField(default=False)
        received_at = BigIntegerField()
        decided_at = BigIntegerField(null=True)
        told_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "attempts"
            indexes = ((("device", "epoch", "seq"), True), (("organization", "happened_at"), False))

    class Visit(Model):
        id = CharField(primary_key=True, max_length=120)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        session = ForeignKeyField(Session, on_delete="RESTRICT")
        reservation = ForeignKeyField(Reservation, null=True, on_delete="RESTRICT")
        pass_ = ForeignKeyField(Pass, null=True, column_name="pass_id", on_delete="RESTRICT")
        device = ForeignKeyField(Device, null=True, on_delete="RESTRICT")
        is_live = BooleanField()
        is_over_capacity = BooleanField(default=False)
        is_offline_walk_in = BooleanField(default=False)
        is_stale = BooleanField(default=False)
        method = CharField(max_length=40)
        first_at = BigIntegerField()
        disputed_reason = CharField(null=True, max_length=40)
        undone_at = BigIntegerField(null=True)
        undone_because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "visits"
            indexes = ((("organization", "first_at"), False),)

    class Support(Model):
        attempt = ForeignKeyField(Attempt, primary_key=True, on_delete="RESTRICT")
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        visit_key = CharField(index=True, max_length=120)
        says_welcome = BooleanField()
        at = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "supports"

    class Quarantine(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        device = ForeignKeyField(Device, null=True, on_delete="RESTRICT")
        epoch = CharField(max_length=80, default="")
        seq = BigIntegerField(default=0)
        attempt_id = CharField(index=True, max_length=80, default="")
        record = TextField()
        why = TextField()
        received_at = BigIntegerField()
        looked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "quarantine"

    class NoShow(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        session = ForeignKeyField(Session, on_delete="RESTRICT")
        reservation = ForeignKeyField(Reservation, on_delete="RESTRICT")
        noted_at = BigIntegerField()
        is_counted = BooleanField(default=True)
        is_unconfirmed = BooleanField(default=False)
        took_punch = BooleanField(default=False)
        amnesty_because = TextField(default="")
        reversed_at = BigIntegerField(null=True)
        reversed_because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "no_shows"

    Reservation.add_index(
        Reservation.index(
            Reservation.member,
            Reservation.session,
            unique=True,
            where=Reservation.status.not_in(["CANCELLED", "AUTO_CANCELLED"]),
            name="reservations_one_live_place",
        )
    )
    db.create_tables([Reservation, ReservationHistory, Attempt, Visit, Support, Quarantine, NoShow])
