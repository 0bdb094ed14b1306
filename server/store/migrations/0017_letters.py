"""Letters to members, what they want of them, addresses that bounce, and reminders that were announced."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Known(Model):
        id = CharField(max_length=80, primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False

    class Organization(Known):
        class Meta:
            table_name = "organizations"

    class Member(Known):
        class Meta:
            table_name = "members"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class Reservation(Known):
        class Meta:
            table_name = "reservations"

    class Event(Known):
        class Meta:
            table_name = "events"

    class Letter(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        reservation = ForeignKeyField(Reservation, on_delete="RESTRICT", null=True, index=False)
        channel = CharField(max_length=40)
        kind = CharField(max_length=40)
        language = CharField(max_length=40)
        address = CharField(max_length=255, default="")
        subject = TextField(default="")
        text = TextField(default="")
        html = TextField(default="")
        calendar = TextField(default="")
        state = CharField(max_length=40)
        held_because = CharField(max_length=40, default="")
        round = IntegerField(default=1)
        tries = IntegerField(default=0)
        next_try_at = BigIntegerField(null=True)
        good_until = BigIntegerField()
        claimed_until = BigIntegerField(null=True)
        message_id = CharField(max_length=255, default="")
        last_trouble = TextField(default="")
        made_at = BigIntegerField()
        sent_at = BigIntegerField(null=True)
        asked_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)

        class Meta:
            table_name = "letters"
            indexes = (
                (("event", "channel", "member"), True),
                (("state", "next_try_at"), False),
                (("member", "id"), False),
                (("reservation", "id"), False),
            )

    class LetterWish(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        group = CharField(max_length=40, column_name="letter_group")
        channel = CharField(max_length=40)
        is_wanted = BooleanField()
        changed_at = BigIntegerField()

        class Meta:
            table_name = "letter_wishes"
            indexes = ((("member", "group", "channel"), True),)

    class BouncingAddress(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT", index=False)
        channel = CharField(max_length=40)
        address = CharField(max_length=255)
        since = BigIntegerField()
        because = TextField(default="")

        class Meta:
            table_name = "bouncing_addresses"
            indexes = ((("member", "channel", "address"), True),)

    class Reminded(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        reservation = ForeignKeyField(Reservation, on_delete="RESTRICT")
        at = BigIntegerField()

        class Meta:
            table_name = "reminded"

    db.create_tables([Letter, LetterWish, BouncingAddress, Reminded])
