"""Who leads whom in on one card, and what finding a member without a card leaves behind."""

from peewee import CharField, IntegerField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_house import DeviceRow, StaffRow
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow


class HouseholdRow(Row):
    """The leader's cards bring this other member in too. `place` is the order in which the screen names them."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    leader = belongs_to(MemberRow, index=False)
    led = belongs_to(MemberRow)
    place = IntegerField(default=0)
    made_at = InstantField()
    made_by = belongs_to(StaffRow, null=True)

    class Meta:
        table_name = "households"
        indexes = ((("leader", "led"), True),)


class FindTryRow(Row):
    """Tries since `since_at`; `subject` is `number:<as typed>` or `kiosk:<device id>`."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    subject = CharField(max_length=120)
    count = IntegerField()
    since_at = InstantField()

    class Meta:
        table_name = "find_tries"
        indexes = ((("organization", "subject"), True),)


class FindTicketRow(Row):
    """Somebody was found at a kiosk, and may make one attempt there: `attempt_id`, empty until it was asked.

    `proved_by` is a `core.finding.Finding`. Its secret is nowhere: the vault makes it from the id.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    device = belongs_to(DeviceRow)
    member = belongs_to(MemberRow)
    proved_by = word_field()
    made_at = InstantField()
    ends_at = InstantField()
    attempt_id = CharField(max_length=80, default="")

    class Meta:
        table_name = "find_tickets"


MEMBERS_TABLES: tuple[type[Row], ...] = (HouseholdRow, FindTryRow, FindTicketRow)
