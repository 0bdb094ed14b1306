"""Members sign in by a link, have a calendar of their own, and can have themselves erased."""

from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, Model


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

    class MemberSignIn(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        asked_at = BigIntegerField()
        expires_at = BigIntegerField()
        used_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "member_sign_ins"

    class SignInAsked(Known):
        subject = CharField(max_length=64)
        asked_at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "sign_ins_asked"
            indexes = ((("subject", "asked_at"), False),)

    class MemberSession(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        token_hash = CharField(max_length=64, unique=True)
        started_at = BigIntegerField()
        last_seen_at = BigIntegerField()
        expires_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "member_sessions"

    class CalendarFeed(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        secret_hash = CharField(max_length=64, unique=True)
        made_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            legacy_table_names = False
            table_name = "calendar_feeds"

    db.create_tables([MemberSignIn, SignInAsked, MemberSession, CalendarFeed])
    migrator.migrate(migrator.add_column("members", "erased_at", BigIntegerField(null=True)))
