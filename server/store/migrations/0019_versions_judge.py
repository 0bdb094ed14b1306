"""Versions of the policy have a start and a place, and are remembered; switches; how far kiosks had told."""

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

    class Venue(Known):
        class Meta:
            table_name = "venues"

    class Staff(Known):
        class Meta:
            table_name = "staff"

    class FeatureSwitch(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        feature = CharField(max_length=40)
        is_on = BooleanField()
        staff = ForeignKeyField(Staff, on_delete="RESTRICT", null=True)
        because = TextField(default="")
        made_at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "feature_switches"
            indexes = ((("organization", "feature", "id"), False),)

    db.create_tables([FeatureSwitch])
    of_venue = ForeignKeyField(Venue, Venue.id, on_delete="RESTRICT", null=True)
    migrator.migrate(
        migrator.add_column("policies", "starts_at", BigIntegerField(default=0)),
        migrator.add_column("policies", "venue_id", of_venue),
        migrator.add_column("reservations", "policy_version", IntegerField(null=True)),
        migrator.add_column("no_shows", "policy_version", IntegerField(null=True)),
        migrator.add_column("suspensions", "policy_version", IntegerField(null=True)),
        migrator.add_column("job_runs", "told_until", BigIntegerField(null=True)),
    )
    db.execute_sql("UPDATE policies SET starts_at = made_at")
