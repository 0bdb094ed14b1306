"""What staff settled at their inbox: one row for each thing, written once, never changed."""

from peewee import CharField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_house import StaffRow
from server.store.tables_studio import OrganizationRow

SUBJECT_LENGTH = 200
"""A visit key and an instant."""


class InboxSettlementRow(Row):
    """Staff looked at one thing and said what becomes of it. `subject` names the thing and its cause.

    `way` is what they chose, `because` their reason, `about` the item's own sentence as JSON: the rows that made it
    may have changed since. `by_name` is kept, since a program with a token is no member of staff.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    kind = word_field()
    subject = CharField(max_length=SUBJECT_LENGTH)
    way = word_field()
    because = TextField()
    about = json_field("{}")
    staff = belongs_to(StaffRow, null=True)
    by_name = CharField()
    settled_at = InstantField()

    class Meta:
        table_name = "inbox_settlements"
        indexes = (
            (("organization", "kind", "subject"), True),
            (("organization", "settled_at"), False),
        )


DESK_TABLES: tuple[type[Row], ...] = (InboxSettlementRow,)
