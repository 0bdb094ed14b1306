"""How the house runs itself: staff and who may ask, kiosks, policies, the night's ledger of runs, what changed."""

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_studio import OrganizationRow, VenueRow


class StaffRow(Row):
    """`email` is in lower case, `password_hash` is Argon2id. Wrong passwords are counted before they are checked.

    So are tries of the PIN since the last right one. `pin_hash`: Argon2id of the PIN keyed by this installation's key.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    email = CharField(unique=True)
    name = CharField()
    password_hash = CharField()
    role = word_field()
    language = word_field(default="en")
    wrong_passwords = IntegerField(default=0)
    locked_until = InstantField(null=True)
    pin_hash = CharField(default="")
    pin_tries = IntegerField(default=0)
    pin_tried_at = InstantField(null=True)
    created_at = InstantField()
    left_at = InstantField(null=True)

    class Meta:
        table_name = "staff"


class StaffCardRow(Row):
    """A card that with a PIN proves a member of staff at a kiosk. `code_encrypted` opens with this installation's key.

    `verifier`: what kiosks check the PIN against, Argon2id of the PIN keyed by the card's code; empty until a PIN is
    set while the card is held. `sealed_name` opens only with the code.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    staff = belongs_to(StaffRow)
    fingerprint = CharField(max_length=64, unique=True)
    code_encrypted = TextField()
    verifier = CharField(default="")
    sealed_name = TextField(default="")
    issued_at = InstantField()
    revoked_at = InstantField(null=True)
    because = TextField(default="")

    class Meta:
        table_name = "staff_cards"


class StaffSessionRow(Row):
    """Someone signed in. The token itself is only in their browser."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    staff = belongs_to(StaffRow)
    token_hash = CharField(max_length=64, unique=True)
    started_at = InstantField()
    last_seen_at = InstantField()
    expires_at = InstantField()
    ended_at = InstantField(null=True)

    class Meta:
        table_name = "staff_sessions"


class DeviceRow(Row):
    """A kiosk. `have_upto` is the highest seq of `epoch` up to which the server holds every attempt.

    `nothing_unsent_before`: what it last promised. `retired_at`: staff say it holds nothing more that matters.
    `forked_at`: two installations speak as one device; staff look at it. `pin_tries`: of a PIN alone, at this kiosk,
    since the last right one; counted before it is looked at.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    venue = belongs_to(VenueRow)
    name = CharField()
    token_hash = CharField(max_length=64, unique=True)
    epoch = CharField(max_length=80, default="")
    have_upto = BigIntegerField(default=0)
    max_seq = BigIntegerField(default=0)
    replica_version = BigIntegerField(default=0)
    policy_version = IntegerField(default=0)
    nothing_unsent_before = InstantField(null=True)
    health = json_field("{}")
    paired_at = InstantField()
    last_heard_at = InstantField(null=True)
    revoked_at = InstantField(null=True)
    retired_at = InstantField(null=True)
    retired_by = belongs_to(StaffRow, null=True)
    forked_at = InstantField(null=True)
    pin_tries = IntegerField(default=0)
    pin_tried_at = InstantField(null=True)

    class Meta:
        table_name = "devices"


class PairingCodeRow(Row):
    """A code staff made for a new kiosk; good once, for a while. `id` is its SHA-256.

    `begins_with`: its first characters, by which a wrong try is counted against the code that was meant.
    `is_to_confirm`: what used it becomes a device only when staff say so. Until they settled it, `asked_*` is the
    identity it was promised; `device` stays empty if they said no.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    venue = belongs_to(VenueRow)
    made_by = belongs_to(StaffRow, null=True)
    made_at = InstantField()
    expires_at = InstantField()
    used_at = InstantField(null=True)
    device = belongs_to(DeviceRow, null=True)
    begins_with = CharField(max_length=8, default="", index=True)
    tries = IntegerField(default=0)
    is_to_confirm = BooleanField(default=False)
    asked_device = CharField(max_length=80, default="")
    asked_name = CharField(default="")
    asked_token_hash = CharField(max_length=64, default="", index=True)
    settled_at = InstantField(null=True)
    settled_by = belongs_to(StaffRow, null=True)

    class Meta:
        table_name = "pairing_codes"


class PolicyRow(Row):
    """A version of the policy, never changed. `policy` is `core.policy.Policy` as `core.wire` writes it.

    `venue` empty: for the whole organization, which counts the versions of all its venues in one row of numbers.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    venue = belongs_to(VenueRow, null=True)
    version = IntegerField()
    policy = TextField()
    starts_at = InstantField()
    made_at = InstantField()
    staff = belongs_to(StaffRow, null=True)
    because = TextField(default="")

    class Meta:
        table_name = "policies"
        indexes = ((("organization", "version"), True),)


class JobRunRow(Row):
    """A job's work for one venue's day. Whoever holds the lease does it; `scope` empty: for the whole house.

    `scope` is an organization's id and `venue` a venue's id or empty: text, so that uniqueness sees them.
    `told_until`: up to when every kiosk of the venue had told everything as the work was taken; empty: no kiosk.
    """

    id = id_field()
    job = word_field()
    scope = CharField(max_length=80, default="")
    venue = CharField(max_length=80, default="")
    local_day = CharField(max_length=10)
    state = word_field()
    lease_by = CharField(max_length=80, default="")
    lease_until = InstantField(null=True)
    attempts = IntegerField(default=0)
    started_at = InstantField(null=True)
    finished_at = InstantField(null=True)
    report = TextField(default="")
    error = TextField(default="")
    told_until = InstantField(null=True)

    class Meta:
        table_name = "job_runs"
        indexes = ((("job", "scope", "venue", "local_day"), True),)


class ChangeRow(Row):
    """The version at which a subject last changed: what a kiosk that knows an older version must be told."""

    organization = belongs_to(OrganizationRow, index=False)
    kind = word_field()
    subject_id = CharField(max_length=80)
    version = BigIntegerField()

    class Meta:
        table_name = "changes"
        primary_key = CompositeKey("organization", "kind", "subject_id")
        indexes = ((("organization", "version"), False),)


class ReplicaMarkRow(Row):
    """What tells a version from another under the same number, given after the database was restored from a backup."""

    organization = belongs_to(OrganizationRow, index=False)
    version = BigIntegerField()
    mark = CharField(max_length=16)

    class Meta:
        table_name = "replica_marks"
        primary_key = CompositeKey("organization", "version")


HOUSE_TABLES: tuple[type[Row], ...] = (
    StaffRow,
    StaffCardRow,
    StaffSessionRow,
    DeviceRow,
    PairingCodeRow,
    PolicyRow,
    JobRunRow,
    ChangeRow,
    ReplicaMarkRow,
)
