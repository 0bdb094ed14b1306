"""What happens to passes after they are sold: pauses, and everything staff did to one, with who and why."""

from peewee import TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_house import StaffRow
from server.store.tables_people import PassRow
from server.store.tables_studio import OrganizationRow


class PassPauseRow(Row):
    """A span in which a pass is not used, from `starts_at` up to but not including `ends_at`, or `resumed_at`.

    `zone`: by whose wall clock the pass's end moves.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    pass_ = belongs_to(PassRow, column_name="pass_id", object_id_name="pass_id")
    starts_at = InstantField()
    ends_at = InstantField()
    zone = word_field()
    because = TextField()
    made_by = belongs_to(StaffRow, null=True)
    made_at = InstantField()
    resumed_at = InstantField(null=True)
    resumed_because = TextField(default="")

    class Meta:
        table_name = "pass_pauses"


class PassChangeRow(Row):
    """One thing that was done to a pass: never changed, never deleted. `data` is JSON: what exactly."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    pass_ = belongs_to(PassRow, column_name="pass_id", object_id_name="pass_id")
    kind = word_field()
    by = word_field()
    staff = belongs_to(StaffRow, null=True)
    because = TextField(default="")
    data = json_field("{}")
    at = InstantField()

    class Meta:
        table_name = "pass_changes"
        indexes = ((("organization", "at"), False),)


PASSES_TABLES: tuple[type[Row], ...] = (PassPauseRow, PassChangeRow)
