"""What was taken over from another system: which of theirs became which of ours."""

from peewee import CharField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_house import StaffRow
from server.store.tables_studio import OrganizationRow


class ImportedRecordRow(Row):
    """`their_key`: their id, or a hash of what a row without one is known by. `our_id`: a member, pass or reservation,
    by `kind`. `row_hash` and `field_hashes` (JSON, by field) say whether a row changed, and hold nothing of it.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    source = word_field()
    kind = word_field()
    their_key = CharField(max_length=120)
    our_id = CharField(max_length=80, index=True)
    row_hash = CharField(max_length=64)
    field_hashes = json_field("{}")
    staff = belongs_to(StaffRow, null=True)
    imported_at = InstantField()
    changed_at = InstantField(null=True)

    class Meta:
        table_name = "imported_records"
        indexes = ((("organization", "source", "kind", "their_key"), True),)


IMPORT_TABLES: tuple[type[Row], ...] = (ImportedRecordRow,)
