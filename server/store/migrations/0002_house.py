"""The house: staff, kiosks, policies, runs of jobs, what changed."""

from typing import Any

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "organizations"

    class Venue(Model):
        id = CharField(primary_key=True, max_length=80)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "venues"

    class Staff(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        email = CharField(unique=True)
        name = CharField()
        password_hash = CharField()
        role = CharField(max_length=40)
        language = CharField(max_length=40, default="en")
        wrong_passwords = IntegerField(default=0)
        locked_until = BigIntegerField(null=True)
        created_at = BigIntegerField()
        left_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "staff"

    class StaffSession(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        staff = ForeignKeyField(Staff, on_delete="RESTRICT")
        token_hash = CharField(unique=True, max_length=64)
        started_at = BigIntegerField()
        last_seen_at = BigIntegerField()
        expires_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "staff_sessions"

    class ApiToken(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        name = CharField()
        token_hash = CharField(unique=True, max_length=64)
        scopes = TextField(default="")
        made_at = BigIntegerField()
        made_by = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        last_used_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "api_tokens"

    class Device(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        venue = ForeignKeyField(Venue, on_delete="RESTRICT")
        name = CharField()
        token_hash = CharField(unique=True, max_length=64)
        epoch = CharField(max_length=80, default="")
        have_upto = BigIntegerField(default=0)
        max_seq = BigIntegerField(default=0)
        replica_version = BigIntegerField(default=0)
        policy_version = IntegerField(default=0)
        nothing_unsent_before = BigIntegerField(null=True)
        health = TextField(default="{}")
        paired_at = BigIntegerField()
        last_heard_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)
        retired_at = BigIntegerField(null=True)
        retired_by = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        forked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "devices"

    class PairingCode(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        venue = ForeignKeyField(Venue, on_delete="RESTRICT")
        made_by = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        made_at = BigIntegerField()
        expires_at = BigIntegerField()
        used_at = BigIntegerField(null=True)
        device = ForeignKeyField(Device, null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "pairing_codes"

    class Policy(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        version = IntegerField()
        policy = TextField()
        made_at = BigIntegerField()
        staff = ForeignKeyField(Staff, null=True, on_delete="RESTRICT")
        because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "policies"
            indexes = ((("organization", "version"), True),)

    class JobRun(Model):
        id = CharField(primary_key=True, max_length=80)
        job = CharField(max_length=40)
        scope = CharField(max_length=80, default="")
        venue = CharField(max_length=80, default="")
        local_day = CharField(max_length=10)
        state = CharField(max_length=40)
        lease_by = CharField(max_length=80, default="")
        lease_until = BigIntegerField(null=True)
        attempts = IntegerField(default=0)
        started_at = BigIntegerField(null=True)
        finished_at = BigIntegerField(null=True)
        report = TextField(default="")
        error = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "job_runs"
            indexes = ((("job", "scope", "venue", "local_day"), True),)

    class Change(Model):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        kind = CharField(max_length=40)
        subject_id = CharField(max_length=80)
        version = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "changes"
            primary_key = CompositeKey("organization", "kind", "subject_id")
            indexes = ((("organization", "version"), False),)

    db.create_tables([Staff, StaffSession, ApiToken, Device, PairingCode, Policy, JobRun, Change])
