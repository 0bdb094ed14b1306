"""What members say against an absence that was noted of them, and what staff answered."""

from peewee import CharField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_door import NoShowRow
from server.store.tables_house import StaffRow
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow


class ContestRow(Row):
    """A member said "I was there", once for an absence. `staff`: who wrote it down for them; null: they did themselves.

    `answer` is a `core.penalties.Answer`, null while it waits. `answered_by_name` is kept, since a program with a
    token may be no member of staff.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    no_show = belongs_to(NoShowRow, unique=True)
    member = belongs_to(MemberRow)
    words = TextField()
    staff = belongs_to(StaffRow, null=True)
    made_at = InstantField()
    answer = word_field(null=True)
    answered_at = InstantField(null=True)
    answered_by = belongs_to(StaffRow, null=True)
    answered_by_name = CharField(default="")
    answered_because = TextField(default="")

    class Meta:
        table_name = "contests"
        indexes = ((("organization", "answered_at"), False),)


PENALTY_TABLES: tuple[type[Row], ...] = (ContestRow,)
