"""Members, the cards they show, the passes they hold, and the ledger of punches; what stands against or for them."""

from peewee import BooleanField, CharField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_house import StaffRow
from server.store.tables_studio import CourseRow, OrganizationRow, SessionRow


class MemberRow(Row):
    """A person who belongs. `birth_date` and `member_since` are ISO dates; `language` empty: the studio's.
    `find_pin_hash`: of the PIN by which a kiosk finds them without a card; empty: none. No kiosk is given it.
    `erased_at`: from then on nothing here says who it was."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    number = word_field()
    first_name = CharField()
    last_name = CharField()
    email = CharField(default="", index=True)
    phone = word_field(default="")
    birth_date = CharField(max_length=10, null=True)
    language = word_field(default="")
    member_since = CharField(max_length=10)
    find_pin_hash = CharField(default="")
    is_active = BooleanField(default=True)
    erased_at = InstantField(null=True)

    class Meta:
        table_name = "members"
        indexes = ((("organization", "number"), True),)


class CardRow(Row):
    """A card that was issued. Active while neither replaced nor revoked, and until `expires_at` where it has one.

    `sealed_name` opens only with the card's own code; `code_encrypted` only with this installation's key.
    `kind` is a `core.cards.CardKind`; a phone's code is in its `PhoneLinkRow`, since it is never the same for long.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow)
    kind = word_field(default="printed")
    fingerprint = CharField(max_length=64, unique=True)
    code_encrypted = TextField()
    sealed_name = TextField(default="")
    issued_at = InstantField()
    expires_at = InstantField(null=True)
    replaced_at = InstantField(null=True)
    revoked_at = InstantField(null=True)
    because = TextField(default="")

    class Meta:
        table_name = "cards"


class PassPlanRow(Row):
    """What is sold. `class_type_ids` is a JSON list; empty: every class type that is not a course.

    `begins_with_first_use`: the `valid_days` count from the first check-in on it, not from the day it is sold.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    title = CharField()
    type = word_field()
    class_type_ids = json_field("[]")
    course = belongs_to(CourseRow, null=True)
    punches = IntegerField(null=True)
    valid_days = IntegerField(null=True)
    begins_with_first_use = BooleanField(default=False)
    is_in_order = BooleanField(default=False)
    max_reservations_ahead = IntegerField(default=3)
    absence_grace_minutes = IntegerField(default=24 * 60)
    retired_at = InstantField(null=True)

    class Meta:
        table_name = "pass_plans"


class PassRow(Row):
    """A member's right to come in, from `valid_from` up to but not including `valid_until`. Its punches are counted.

    `days_from_first_use`: how many local days it is good for from the first check-in on it; until then it has no end.
    `first_used_at` and `valid_until` are then made by services/door/validity.py and nowhere else. `unpaused_until`: the
    end as it was before a pause moved it; empty where none ever did. `runs_out_told_at`, `ran_out_told_at`: when it
    was announced that it soon ends, and that it ended.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow)
    plan = belongs_to(PassPlanRow, null=True)
    type = word_field()
    title = CharField()
    valid_from = InstantField()
    valid_until = InstantField(null=True)
    class_type_ids = json_field("[]")
    course = belongs_to(CourseRow, null=True)
    is_in_order = BooleanField(default=False)
    punches_included = IntegerField(null=True)
    max_reservations_ahead = IntegerField(default=3)
    absence_grace_minutes = IntegerField(default=24 * 60)
    issued_at = InstantField()
    cancelled_at = InstantField(null=True)
    days_from_first_use = IntegerField(null=True)
    first_used_at = InstantField(null=True)
    unpaused_until = InstantField(null=True)
    runs_out_told_at = InstantField(null=True)
    ran_out_told_at = InstantField(null=True)

    class Meta:
        table_name = "passes"


class PunchRow(Row):
    """One line of the punch ledger: never changed, never deleted. `key` says what it is for, and is there once."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    pass_ = belongs_to(PassRow, column_name="pass_id", object_id_name="pass_id")
    delta = IntegerField()
    kind = word_field()
    key = CharField(max_length=200, unique=True)
    visit_key = CharField(max_length=120, null=True, index=True)
    staff = belongs_to(StaffRow, null=True)
    because = TextField(default="")
    at = InstantField()

    class Meta:
        table_name = "punches"
        indexes = ((("organization", "at"), False),)


class SuspensionRow(Row):
    """`no_show_id` is the absence that made it, if one did (text: the no-show names its reservation).

    `policy_version`: the version by which it did; empty for those that staff made.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow)
    starts_at = InstantField()
    ends_at = InstantField()
    because = TextField(default="")
    no_show_id = CharField(max_length=80, null=True, index=True)
    made_by = belongs_to(StaffRow, null=True)
    made_at = InstantField()
    lifted_at = InstantField(null=True)
    lifted_by = belongs_to(StaffRow, null=True)
    lifted_because = TextField(default="")
    policy_version = IntegerField(null=True)

    class Meta:
        table_name = "suspensions"


# Suspensions that nobody has written down as over: `night/suspending.py`, each night.
SuspensionRow.add_index(
    SuspensionRow.index(
        SuspensionRow.organization,
        SuspensionRow.ends_at,
        where=SuspensionRow.lifted_at.is_null(),
        name="suspensions_standing",
    )
)


class OverrideRow(Row):
    """Staff say: this reason does not count for this member for a while, in one session or in any."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow)
    reason = word_field()
    starts_at = InstantField()
    ends_at = InstantField()
    session = belongs_to(SessionRow, null=True)
    staff = belongs_to(StaffRow)
    because = TextField()
    made_at = InstantField()

    class Meta:
        table_name = "overrides"


PEOPLE_TABLES: tuple[type[Row], ...] = (
    MemberRow,
    CardRow,
    PassPlanRow,
    PassRow,
    PunchRow,
    SuspensionRow,
    OverrideRow,
)
