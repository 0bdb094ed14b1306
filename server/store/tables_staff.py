"""What staff did at a kiosk: one row an act, for whoever asks later who, when, where and why."""

from peewee import CharField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_door import VISIT_KEY_LENGTH
from server.store.tables_house import DeviceRow, StaffRow
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow, SessionRow, VenueRow


class StaffActRow(Row):
    """`id` is the attempt's. `act` is a `core.acts.ActWord`, `subject` what else it is about: a visit, a reason.

    `staff` null: whoever it names is nobody here. `came_of` is a word of services/door/staff_audit.py; `why` says more
    where it was held back.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    venue = belongs_to(VenueRow)
    device = belongs_to(DeviceRow, null=True)
    staff = belongs_to(StaffRow, null=True)
    act = word_field()
    member = belongs_to(MemberRow, null=True)
    session = belongs_to(SessionRow, null=True)
    subject = CharField(max_length=VISIT_KEY_LENGTH, default="")
    because = TextField(default="")
    proved_by = TextField(default="")
    came_of = word_field()
    why = TextField(default="")
    happened_at = InstantField()
    noted_at = InstantField()

    class Meta:
        table_name = "staff_acts"
        indexes = ((("organization", "happened_at"), False),)


STAFF_TABLES: tuple[type[Row], ...] = (StaffActRow,)
