"""What other programs bring: their tokens, and the answers kept for those who ask a second time."""

from peewee import BooleanField, CharField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_house import StaffRow
from server.store.tables_people import MemberRow
from server.store.tables_studio import OrganizationRow


class ApiTokenRow(Row):
    """Another program that may ask, in a role or as one member. `scopes` are words with spaces between."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    name = CharField()
    token_hash = CharField(max_length=64, unique=True)
    role = word_field(default="FRONT_DESK")
    scopes = TextField(default="")
    member = belongs_to(MemberRow, null=True)
    made_at = InstantField()
    made_by = belongs_to(StaffRow, null=True)
    last_used_at = InstantField(null=True)
    expires_at = InstantField(null=True)
    revoked_at = InstantField(null=True)

    class Meta:
        table_name = "api_tokens"


class KeptAnswerRow(Row):
    """One request that carried an Idempotency-Key: claimed before it is done, and then what was answered.

    `asker` is a hash of what they signed in with. `answer` opens only with that, so it tells nobody else anything.
    `has_changed`: something of it is committed; set in that very transaction. No status yet: it is being done until
    `claimed_until`, or nobody knows what became of it.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    asker = CharField(max_length=64)
    key = CharField(max_length=255)
    method = word_field()
    path = CharField()
    request_hash = CharField(max_length=64)
    status = IntegerField(null=True)
    answer = TextField(default="")
    has_changed = BooleanField(default=False)
    made_at = InstantField(index=True)
    claimed_until = InstantField()

    class Meta:
        table_name = "idempotency_keys"
        indexes = ((("organization", "asker", "key"), True),)


API_TABLES: tuple[type[Row], ...] = (ApiTokenRow, KeptAnswerRow)
