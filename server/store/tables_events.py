"""What happened that somebody should hear of: the outbox from which letters and calls to other programs are made."""

from peewee import CharField

from server.store.rows import ID_LENGTH, InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_door import VISIT_KEY_LENGTH, ReservationRow
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow, SessionRow


class EventRow(Row):
    """One piece of news, written in the transaction that made it so. Its id sorts by when it was written down.

    `kind` is a `core.events.EventKind`; `subject` what else it is about: a visit, a suspension, a pass, an offer.
    `data` is JSON. `letters_at`, `hooks_at`: when letters to people, and calls to programs, were made of it.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    kind = word_field()
    member = belongs_to(MemberRow, null=True)
    session = belongs_to(SessionRow, null=True, index=False)
    reservation = belongs_to(ReservationRow, null=True, index=False)
    subject = CharField(max_length=max(ID_LENGTH, VISIT_KEY_LENGTH), default="")
    data = json_field("{}")
    happened_at = InstantField()
    noted_at = InstantField()
    letters_at = InstantField(null=True)
    hooks_at = InstantField(null=True)

    class Meta:
        table_name = "events"
        indexes = (
            (("organization", "id"), False),
            (("letters_at", "id"), False),
            (("hooks_at", "id"), False),
        )


EVENT_TABLES: tuple[type[Row], ...] = (EventRow,)
