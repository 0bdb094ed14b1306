"""What was put away into files, and where it lies in them."""

from peewee import BigIntegerField, CharField, IntegerField

from server.store.rows import InstantField, Row, belongs_to, id_field
from server.store.tables_studio import OrganizationRow


class ArchiveBundleRow(Row):
    """So many old attempts in one piece of a month's file: `length` bytes from `starts` on, whose SHA-256 is `digest`.

    `month` is one of UTC, such as `2025-10`. `attempts` counts the rows that point here; the first and the last of
    them happened at `first_at` and `last_at`.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    month = CharField(max_length=7)
    starts = BigIntegerField()
    length = BigIntegerField()
    digest = CharField(max_length=64)
    attempts = IntegerField()
    first_at = InstantField()
    last_at = InstantField()
    put_away_at = InstantField()

    class Meta:
        table_name = "archive_bundles"
        indexes = ((("organization", "month", "starts"), True),)


ARCHIVE_TABLES: tuple[type[Row], ...] = (ArchiveBundleRow,)
