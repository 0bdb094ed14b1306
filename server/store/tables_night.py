"""What the night must know besides who came: when a kiosk could not serve."""

from peewee import CharField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_house import DeviceRow, StaffRow
from server.store.tables_studio import OrganizationRow, VenueRow


class OutageRow(Row):
    """A span in which a kiosk of the venue could not serve. `device` null: staff declared it, and say `because`.

    `told_as` is the kiosk's own id of it. `ended_at` null: it lasted at least until `told_at`, when it was last told.
    `settled_at` null: somebody whom the night judged before it was known may still have to be excused.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    venue = belongs_to(VenueRow, index=False)
    device = belongs_to(DeviceRow, null=True, index=False)
    told_as = CharField(max_length=40, default="")
    why = word_field()
    because = TextField(default="")
    staff = belongs_to(StaffRow, null=True)
    began_at = InstantField()
    ended_at = InstantField(null=True)
    told_at = InstantField()
    noted_at = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        table_name = "outages"
        indexes = (
            (("device", "told_as"), True),
            (("venue", "began_at"), False),
        )


NIGHT_TABLES: tuple[type[Row], ...] = (OutageRow,)
