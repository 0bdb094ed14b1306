"""Who waits for a place in a full session, and the places that are offered to them."""

from peewee import BooleanField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_door import ReservationRow
from server.store.tables_house import StaffRow
from server.store.tables_people import MemberRow, PassRow
from server.store.tables_studio import OrganizationRow, SessionRow

OPEN_STATUSES = ["WAITING", "OFFERED", "BOOKING"]


class WaitingRow(Row):
    """One member on one session's list. Changed only while the session is locked.

    `status` is a `core.waiting.WaitingStatus`, `priority` a `core.waiting.Priority`. `pass_` null: whichever pays.
    `passed_over`: why a free place went to the next, a refusal's reason. `ended_because`: why they wait no more.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    session = belongs_to(SessionRow, index=False)
    member = belongs_to(MemberRow, index=False)
    pass_ = belongs_to(PassRow, column_name="pass_id", object_id_name="pass_id", null=True, index=False)
    status = word_field()
    priority = word_field(default="NORMAL")
    priority_because = TextField(default="")
    priority_by = belongs_to(StaffRow, null=True, index=False)
    is_auto_book = BooleanField(default=False)
    notes = TextField(default="")
    joined_at = InstantField()
    joined_by = word_field(default="SELF")
    offered_at = InstantField(null=True)
    offer_ends_at = InstantField(null=True)
    offers_missed = IntegerField(default=0)
    passed_over = word_field(null=True)
    reservation = belongs_to(ReservationRow, null=True, index=False)
    ended_at = InstantField(null=True)
    ended_because = TextField(default="")

    class Meta:
        table_name = "waiting_entries"
        indexes = (
            (("session", "status"), False),
            (("member", "status"), False),
            (("status", "organization"), False),
        )


WaitingRow.add_index(
    WaitingRow.index(
        WaitingRow.member,
        WaitingRow.session,
        unique=True,
        where=WaitingRow.status.in_(OPEN_STATUSES),
        name="waiting_entries_once",
    )
)

WAITING_TABLES: tuple[type[Row], ...] = (WaitingRow,)
