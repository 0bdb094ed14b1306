"""Letters to members: what was written, to which address, and what became of it; what a member does not want."""

from peewee import BooleanField, CharField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_door import ReservationRow
from server.store.tables_events import EventRow
from server.store.tables_house import StaffRow
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow

ADDRESS_LENGTH = 255


class LetterRow(Row):
    """One piece of news on its way to one member by one channel; all of them are the log of what members were told.

    `state` is a `core.letters.LetterState`, `held_because` a `core.letters.HeldBecause`. `calendar` is an iCalendar
    file. `round`: 1, and one more each time staff sent it again; `message_id` is made anew for each round and is the
    same for every try in it. After `good_until` it is not sent any more. `claimed_until`: somebody is sending it.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    event = belongs_to(EventRow, index=False)
    member = belongs_to(MemberRow, index=False)
    reservation = belongs_to(ReservationRow, null=True, index=False)
    channel = word_field()
    kind = word_field()
    language = word_field()
    address = CharField(max_length=ADDRESS_LENGTH, default="")
    subject = TextField(default="")
    text = TextField(default="")
    html = TextField(default="")
    calendar = TextField(default="")
    state = word_field()
    held_because = word_field(default="")
    round = IntegerField(default=1)
    tries = IntegerField(default=0)
    next_try_at = InstantField(null=True)
    good_until = InstantField()
    claimed_until = InstantField(null=True)
    message_id = CharField(max_length=ADDRESS_LENGTH, default="")
    last_trouble = TextField(default="")
    made_at = InstantField()
    sent_at = InstantField(null=True)
    asked_by = belongs_to(StaffRow, null=True)

    class Meta:
        table_name = "letters"
        indexes = (
            (("event", "channel", "member"), True),
            (("state", "next_try_at"), False),
            (("member", "id"), False),
            (("reservation", "id"), False),
        )


class LetterWishRow(Row):
    """Whether a member wants letters of one group by one channel. No row: the house's custom, see `core.letters`."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow, index=False)
    group = CharField(max_length=40, column_name="letter_group")
    channel = word_field()
    is_wanted = BooleanField()
    changed_at = InstantField()

    class Meta:
        table_name = "letter_wishes"
        indexes = ((("member", "group", "channel"), True),)


class BouncingAddressRow(Row):
    """An address that does not exist, as its own mail server said. A member with another address is written to."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow, index=False)
    channel = word_field()
    address = CharField(max_length=ADDRESS_LENGTH)
    since = InstantField()
    because = TextField(default="")

    class Meta:
        table_name = "bouncing_addresses"
        indexes = ((("member", "channel", "address"), True),)


class RemindedRow(Row):
    """A reminder that was announced. The id is its kind and its reservation's, so that it is there once."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    reservation = belongs_to(ReservationRow)
    at = InstantField()

    class Meta:
        table_name = "reminded"


LETTER_TABLES: tuple[type[Row], ...] = (LetterRow, LetterWishRow, BouncingAddressRow, RemindedRow)
