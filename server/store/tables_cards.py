"""Links to members' code pages, and cards that were shown at two places at once."""

from peewee import CharField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field
from server.store.tables_door import AttemptRow
from server.store.tables_house import StaffRow
from server.store.tables_people import CardRow, MemberRow
from server.store.tables_studio import OrganizationRow, VenueRow


class PhoneLinkRow(Row):
    """What opens one member's code page; its card says whether it still does. The token itself is only in the link.

    `phone_id` stands in every code. `secret_encrypted` opens only with this installation's key. `periods` is the JSON
    of `core.phone_codes.PhonePeriod`s: what kiosks hold of it.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    card = belongs_to(CardRow, unique=True)
    phone_id = CharField(max_length=7, unique=True)
    token_hash = CharField(max_length=64, unique=True)
    secret_encrypted = TextField()
    periods = json_field("[]")
    made_at = InstantField()
    made_by = belongs_to(StaffRow, null=True)
    last_opened_at = InstantField(null=True)

    class Meta:
        table_name = "phone_links"


class CopiedCardRow(Row):
    """A card was shown at two venues sooner than anybody gets from one to the other. The earlier time is the first."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    member = belongs_to(MemberRow)
    card = belongs_to(CardRow)
    first_attempt = belongs_to(AttemptRow, index=False)
    second_attempt = belongs_to(AttemptRow)
    first_venue = belongs_to(VenueRow, index=False)
    second_venue = belongs_to(VenueRow, index=False)
    first_at = InstantField()
    second_at = InstantField()
    noticed_at = InstantField()

    class Meta:
        table_name = "copied_cards"
        indexes = (
            (("first_attempt", "second_attempt"), True),
            (("organization", "second_at"), False),
        )


CARD_TABLES: tuple[type[Row], ...] = (PhoneLinkRow, CopiedCardRow)
