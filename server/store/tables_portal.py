"""Members who sign in by themselves: links by mail, their browsers, and the address of their calendar."""

from peewee import CharField

from server.store.rows import InstantField, Row, belongs_to, id_field
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow


class MemberSignInRow(Row):
    """A link that was asked for, good once until `expires_at`. Its secret is nowhere: the vault makes it of the id."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    member = belongs_to(MemberRow)
    asked_at = InstantField()
    expires_at = InstantField()
    used_at = InstantField(null=True)

    class Meta:
        table_name = "member_sign_ins"


class SignInAskedRow(Row):
    """A link was asked for, by whomever. `subject` is a keyed hash of an address, or of a place in the network."""

    id = id_field()
    subject = CharField(max_length=64)
    asked_at = InstantField()

    class Meta:
        table_name = "sign_ins_asked"
        indexes = ((("subject", "asked_at"), False),)


class MemberSessionRow(Row):
    """A member signed in. The token itself is only in their browser."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    member = belongs_to(MemberRow)
    token_hash = CharField(max_length=64, unique=True)
    started_at = InstantField()
    last_seen_at = InstantField()
    expires_at = InstantField()
    ended_at = InstantField(null=True)

    class Meta:
        table_name = "member_sessions"


class CalendarFeedRow(Row):
    """The secret address of a member's calendar, until it ended. The vault makes the secret of the id."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    member = belongs_to(MemberRow)
    secret_hash = CharField(max_length=64, unique=True)
    made_at = InstantField()
    ended_at = InstantField(null=True)

    class Meta:
        table_name = "calendar_feeds"


PORTAL_TABLES: tuple[type[Row], ...] = (MemberSignInRow, SignInAskedRow, MemberSessionRow, CalendarFeedRow)
