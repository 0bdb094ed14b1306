"""Other programs that want to hear the news, and the calls made to them."""

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

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class Event(Known):
        class Meta:
            table_name = "events"

    class Endpoint(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        url = CharField(max_length=500)
        note = CharField(default="")
        kinds = TextField(default="[]")
        secret = TextField()
        old_secret = TextField(default="")
        old_until = BigIntegerField(null=True)
        made_at = BigIntegerField()
        made_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        paused_at = BigIntegerField(null=True)
        paused_why = CharField(max_length=40, default="")
        paused_because = TextField(default="")
        failing_since = BigIntegerField(null=True)
        rests_until = BigIntegerField(null=True)
        ended_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "webhook_endpoints"

    class Call(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        endpoint = ForeignKeyField(Endpoint, on_delete="RESTRICT", index=False)
        event = ForeignKeyField(Event, on_delete="RESTRICT", null=True)
        kind = CharField(max_length=40)
        state = CharField(max_length=40)
        tries = IntegerField(default=0)
        made_at = BigIntegerField()
        next_try_at = BigIntegerField()
        until_at = BigIntegerField()
        claimed_until = BigIntegerField(null=True)
        tried_at = BigIntegerField(null=True)
        status = IntegerField(null=True)
        trouble = CharField(max_length=40, default="")
        delivered_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "webhook_calls"
            indexes = (
                (("endpoint", "event"), True),
                (("endpoint", "id"), False),
                (("endpoint", "state", "id"), False),
                (("state", "next_try_at"), False),
                (("organization", "state"), False),
            )

    db.create_tables([Endpoint, Call])
