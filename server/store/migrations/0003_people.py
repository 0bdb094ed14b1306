"""Members, cards, passes, the punch ledger, suspensions and overrides."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "organizations"

    class Course(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "courses"

    class Staff(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "staff"

    class Session(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "sessions"

    class Member(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        number = CharField(max_length=40)
        first_name = CharField()
        last_name = CharField()
        email = CharField(index=True, default="")
        phone = CharField(max_length=40, default="")
        birth_date = CharField(null=True, max_length=10)
        language = CharField(max_length=40, default="")
        member_since = CharField(max_length=10)
        is_active = BooleanField(default=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "members"
            indexes = ((("organization", "number"), True),)

    class Card(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        fingerprint = CharField(unique=True, max_length=64)
        code_encrypted = TextField()
        sealed_name = TextField(default="")
        issued_at = BigIntegerField()
        replaced_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)
        because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "cards"

    class PassPlan(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        title = CharField()
        type = CharField(max_length=40)
        class_type_ids = TextField(default="[]")
        course = ForeignKeyField(Course, null=True, on_delete="RESTRICT")
        punches = IntegerField(null=True)
        valid_days = IntegerField(null=True)
        is_in_order = BooleanField(default=False)
        max_reservations_ahead = IntegerField(default=3)
        absence_grace_minutes = IntegerField(default=1440)
        retired_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "pass_plans"

    class Pass(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        plan = ForeignKeyField(PassPlan, null=True, on_delete="RESTRICT")
        type = CharField(max_length=40)
        title = CharField()
        valid_from = BigIntegerField()
        valid_until = BigIntegerField(null=True)
        class_type_ids = TextField(default="[]")
        course = ForeignKeyField(Course, null=True, on_delete="RESTRICT")
        is_in_order = BooleanField(default=False)
        punches_included = IntegerField(null=True)
        max_reservations_ahead = IntegerField(default=3)
        absence_grace_minutes = IntegerField(default=1440)
        issued_at = BigIntegerField()
        cancelled_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "passes"

    class Punch(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        pass_ = ForeignKeyField(Pass, column_name="pass_id", on_delete="RESTRICT")
        delta = IntegerField()
        kind = CharField(max_length=40)
        key = CharField(unique=True, max_length=200)
        visit_key = CharField(index=True, null=True, max_length=120)
        staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        because = TextField(default="")
        at = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "punches"

    class Suspension(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        starts_at = BigIntegerField()
        ends_at = BigIntegerField()
        because = TextField(default="")
        no_show_id = CharField(index=True, null=True, max_length=80)
        made_by = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        made_at = BigIntegerField()
        lifted_at = BigIntegerField(null=True)
        lifted_by = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        lifted_because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "suspensions"

    class Override(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        member = ForeignKeyField(Member, on_delete="RESTRICT")
        reason = CharField(max_length=40)
        starts_at = BigIntegerField()
        ends_at = BigIntegerField()
        session = ForeignKeyField(Session, null=True, on_delete="RESTRICT")
        staff = ForeignKeyField(Staff, on_delete="RESTRICT")
        because = TextField()
        made_at = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "overrides"

    db.create_tables([Member, Card, PassPlan, Pass, Punch, Suspension, Override])
