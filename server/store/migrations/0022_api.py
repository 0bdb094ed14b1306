"""Tokens with scopes, tokens of members, and the answers kept for requests that are sent twice."""

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

    class KeptAnswer(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        asker = CharField(max_length=64)
        key = CharField(max_length=255)
        method = CharField(max_length=40)
        path = CharField(max_length=255)
        request_hash = CharField(max_length=64)
        status = IntegerField(null=True)
        answer = TextField(default="")
        has_changed = BooleanField(default=False)
        made_at = BigIntegerField(index=True)
        claimed_until = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "idempotency_keys"
            indexes = ((("organization", "asker", "key"), True),)

    db.create_tables([KeptAnswer])
    member = ForeignKeyField(Member, field=Member.id, on_delete="RESTRICT", null=True, index=True)
    migrator.migrate(
        migrator.add_column("api_tokens", "role", CharField(max_length=40, default="FRONT_DESK")),
        migrator.add_column("api_tokens", "member_id", member),
        migrator.add_column("api_tokens", "expires_at", BigIntegerField(null=True)),
    )
    # What stood under scopes was the role; such a token keeps all that its role allows.
    db.execute_sql("UPDATE api_tokens SET role = scopes, scopes = 'everything'")
