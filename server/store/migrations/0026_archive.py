"""Old attempts are put away into files: where they lie, and which rows they are taken from."""

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

    class ArchiveBundle(Known):
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        month = CharField(max_length=7)
        starts = BigIntegerField()
        length = BigIntegerField()
        digest = CharField(max_length=64)
        attempts = IntegerField()
        first_at = BigIntegerField()
        last_at = BigIntegerField()
        put_away_at = BigIntegerField()

        class Meta:
            legacy_table_names = False
            table_name = "archive_bundles"
            indexes = ((("organization", "month", "starts"), True),)

    db.create_tables([ArchiveBundle])
    bundle = ForeignKeyField(ArchiveBundle, field=ArchiveBundle.id, on_delete="RESTRICT", null=True, index=False)
    migrator.migrate(
        migrator.add_column("attempts", "put_away_at", BigIntegerField(null=True)),
        migrator.add_column("attempts", "archived_in_id", bundle),
    )
    # Of a house that is open for ten years only what is not put away yet is looked through.
    db.execute_sql(
        "CREATE INDEX attempts_not_put_away ON attempts (organization_id, happened_at) WHERE put_away_at IS NULL"
    )
