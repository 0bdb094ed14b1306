"""Cards for a time, codes on members' phones, and cards shown at two places at once."""

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

    class Card(Known):
        class Meta:
            table_name = "cards"

    class Attempt(Known):
        class Meta:
            table_name = "attempts"

    class Venue(Known):
        class Meta:
            table_name = "venues"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class PhoneLink(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        card = ForeignKeyField(Card, on_delete="RESTRICT", unique=True)
        phone_id = CharField(max_length=7, unique=True)
        token_hash = CharField(max_length=64, unique=True)
        secret_encrypted = TextField()
        periods = TextField(default="[]")
        made_at = BigIntegerField()
        made_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        last_opened_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "phone_links"

    class CopiedCard(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        card = ForeignKeyField(Card, on_delete="RESTRICT")
        first_attempt = ForeignKeyField(Attempt, on_delete="RESTRICT", index=False, backref="+")
        second_attempt = ForeignKeyField(Attempt, on_delete="RESTRICT")
        first_venue = ForeignKeyField(Venue, on_delete="RESTRICT", index=False, backref="+")
        second_venue = ForeignKeyField(Venue, on_delete="RESTRICT", index=False, backref="+")
        first_at = BigIntegerField()
        second_at = BigIntegerField()
        noticed_at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "copied_cards"
            indexes = (
                (("first_attempt", "second_attempt"), True),
                (("organization", "second_at"), False),
            )

    db.create_tables([PhoneLink, CopiedCard])
    migrator.migrate(
        migrator.add_column("cards", "kind", CharField(max_length=40, default="printed")),
        migrator.add_column("cards", "expires_at", BigIntegerField(null=True)),
        migrator.add_index("attempts", ("card", "happened_at")),
    )
