"""Who leads whom in, and finding a member without a card: tries, and tickets for one attempt each."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, Model


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

    class Device(Known):
        class Meta:
            table_name = "devices"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class Household(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        leader = ForeignKeyField(Member, on_delete="RESTRICT", index=False, backref="+")
        led = ForeignKeyField(Member, on_delete="RESTRICT", backref="+")
        place = IntegerField(default=0)
        made_at = BigIntegerField()
        made_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)

        class Meta:
            legacy_table_names = False
            table_name = "households"
            indexes = ((("leader", "led"), True),)

    class FindTry(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        subject = CharField(max_length=120)
        count = IntegerField()
        since_at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "find_tries"
            indexes = ((("organization", "subject"), True),)

    class FindTicket(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        device = ForeignKeyField(Device, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        proved_by = CharField(max_length=40)
        made_at = BigIntegerField()
        ends_at = BigIntegerField()
        attempt_id = CharField(max_length=80, default="")

        class Meta:
            legacy_table_names = False
            table_name = "find_tickets"

    db.create_tables([Household, FindTry, FindTicket])
    migrator.migrate(migrator.add_column("members", "find_pin_hash", CharField(default="")))
