"""Passes that begin with their first use, pauses, what staff did to a pass; sessions that are free or sell drop-ins."""

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

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class Pass(Known):
        class Meta:
            table_name = "passes"

    class PassPause(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        pass_ = ForeignKeyField(Pass, on_delete="RESTRICT", column_name="pass_id", object_id_name="pass_id")
        starts_at = BigIntegerField()
        ends_at = BigIntegerField()
        zone = CharField(max_length=40)
        because = TextField()
        made_by = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        made_at = BigIntegerField()
        resumed_at = BigIntegerField(null=True)
        resumed_because = TextField(default="")

        class Meta:
            legacy_table_names = False
            table_name = "pass_pauses"

    class PassChange(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        pass_ = ForeignKeyField(Pass, on_delete="RESTRICT", column_name="pass_id", object_id_name="pass_id")
        kind = CharField(max_length=40)
        by = CharField(max_length=40)
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        because = TextField(default="")
        data = TextField(default="{}")
        at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "pass_changes"
            indexes = ((("organization", "at"), False),)

    db.create_tables([PassPause, PassChange])
    migrator.migrate(
        migrator.add_column("pass_plans", "begins_with_first_use", BooleanField(default=False)),
        migrator.add_column("passes", "days_from_first_use", IntegerField(null=True)),
        migrator.add_column("passes", "first_used_at", BigIntegerField(null=True)),
        migrator.add_column("passes", "unpaused_until", BigIntegerField(null=True)),
        migrator.add_column("passes", "runs_out_told_at", BigIntegerField(null=True)),
        migrator.add_column("passes", "ran_out_told_at", BigIntegerField(null=True)),
        migrator.add_column("sessions", "is_free", BooleanField(default=False)),
        migrator.add_column("sessions", "drop_in_cents", IntegerField(null=True)),
        migrator.add_column("visits", "paid_by", CharField(max_length=40, default="PASS")),
        migrator.add_column("visits", "drop_in_cents", IntegerField(null=True)),
        migrator.add_column("visits", "drop_in_note", TextField(default="")),
    )
    db.execute_sql("UPDATE visits SET paid_by = 'WAIVED' WHERE pass_id IS NULL")
