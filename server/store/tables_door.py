"""Places reserved, cards shown, people who came in, and what the night noted about those who did not."""

from peewee import BigIntegerField, BooleanField, CharField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_archive import ArchiveBundleRow
from server.store.tables_house import DeviceRow, StaffRow
from server.store.tables_people import MemberRow, PassRow, SuspensionRow
from server.store.tables_studio import OrganizationRow, SessionRow, VenueRow

VISIT_KEY_LENGTH = 120


class ReservationRow(Row):
    """A member's place in a session. Its `status` changes in services/door/history.py and nowhere else.

    `has_hold`: one punch of its pass is set aside for it. `method`: who checked the member in.
    `cancelled_by_suspension`, `cancelled_by_no_show` (a no-show's id): what took the place away, so that it can be
    given back when that is taken back. `policy_version`: the version it was made under and is judged by; empty for
    one made before versions had a start. `restored_at`: staff gave it back although an absence had taken it, and from
    then on it counts as reserved anew. `released_at`: nobody came in time, so the place is anybody's; still PENDING.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow, index=False)
    session = belongs_to(SessionRow)
    pass_ = belongs_to(PassRow, column_name="pass_id", object_id_name="pass_id")
    status = word_field()
    has_hold = BooleanField(default=False)
    made_at = InstantField()
    made_by = word_field(default="SELF")
    method = word_field(null=True)
    checked_in_at = InstantField(null=True)
    cancelled_at = InstantField(null=True)
    cancelled_because = TextField(default="")
    is_late_cancel = BooleanField(default=False)
    is_unconfirmed = BooleanField(default=False)
    cancelled_by_suspension = belongs_to(SuspensionRow, null=True)
    cancelled_by_no_show = CharField(max_length=80, null=True, index=True)
    restored_at = InstantField(null=True)
    released_at = InstantField(null=True)
    policy_version = IntegerField(null=True)

    class Meta:
        table_name = "reservations"
        indexes = ((("member", "session", "status"), False),)


ReservationRow.add_index(
    ReservationRow.index(
        ReservationRow.member,
        ReservationRow.session,
        unique=True,
        where=ReservationRow.status.not_in(["CANCELLED", "AUTO_CANCELLED"]),
        name="reservations_one_live_place",
    )
)

_PENDING, _CHECKED_IN = ReservationRow.status == "PENDING", ReservationRow.status == "CHECKED_IN"
for _name, _by, _where in (
    # Who is still expected in sessions that are over (`night/no_shows.py`), and how many are in one (`door/places.py`).
    ("reservations_expected", ReservationRow.session, _PENDING),
    # Places ahead on a pass that an absence may take (`night/auto_cancel.py`).
    ("reservations_ahead", ReservationRow.pass_, _PENDING),
    # Who was checked in to sessions that are over (`night/no_shows.py`).
    ("reservations_inside", ReservationRow.session, _CHECKED_IN),
    # Punches set aside, counted by pass (`door/ledger.py`).
    ("reservations_held", ReservationRow.pass_, ReservationRow.has_hold),
):
    ReservationRow.add_index(ReservationRow.index(_by, where=_where, name=_name))


class ReservationHistoryRow(Row):
    """One step in a reservation's life: who, when, why. `step` counts 1, 2, 3 … within the reservation."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    reservation = belongs_to(ReservationRow, index=False)
    step = IntegerField()
    action = word_field()
    from_status = word_field(null=True)
    to_status = word_field()
    by = word_field()
    staff = belongs_to(StaffRow, null=True)
    cause = TextField(default="")
    at = InstantField()
    metadata = json_field("{}")

    class Meta:
        table_name = "reservation_history"
        indexes = ((("reservation", "step"), True),)


class AttemptRow(Row):
    """One card shown, or one staff action. `record` is the kiosk's whole record as JSON; `answer` what it was told.

    `device` null: made here, by staff or a member's app. The subject is the server's own finding, not the kiosk's.
    `happened_at` is the server's best knowledge of when; `is_time_clamped` where it had to trust the kiosk's clock.
    `put_away_at`: it was old by then; `archived_in`: where `record` and `answer` went, which are empty since, see
    services/archiving/reading.py. Without it they stayed, since somebody's own words are in them.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    venue = belongs_to(VenueRow)
    device = belongs_to(DeviceRow, null=True, index=False)
    epoch = CharField(max_length=80, default="")
    seq = BigIntegerField(default=0)
    kind = word_field()
    card = CharField(max_length=64, default="")
    member = belongs_to(MemberRow, null=True)
    session = belongs_to(SessionRow, null=True)
    visit_key = CharField(max_length=VISIT_KEY_LENGTH, null=True, index=True)
    undoes = CharField(max_length=80, null=True)
    staff = belongs_to(StaffRow, null=True)
    state = word_field()
    outcome = word_field(null=True)
    reason = word_field(null=True)
    effect = word_field(null=True)
    disputed_reason = word_field(null=True)
    record = TextField()
    answer = TextField(null=True)
    happened_at = InstantField()
    is_time_clamped = BooleanField(default=False)
    received_at = InstantField()
    decided_at = InstantField(null=True)
    told_at = InstantField(null=True)
    put_away_at = InstantField(null=True)
    archived_in = belongs_to(ArchiveBundleRow, null=True, index=False)

    class Meta:
        table_name = "attempts"
        indexes = (
            (("device", "epoch", "seq"), True),
            (("organization", "happened_at"), False),
            (("card", "happened_at"), False),
        )


AttemptRow.add_index(
    AttemptRow.index(
        AttemptRow.organization,
        AttemptRow.happened_at,
        where=AttemptRow.put_away_at.is_null(),
        name="attempts_not_put_away",
    )
)


class VisitRow(Row):
    """A person came in. `id` is the visit key. `is_live`: at least one support says welcome.

    `disputed_reason`: recorded as a kiosk told it, where the server would have refused for this reason.
    `is_stale`: the kiosk decided on a member list older than the last change. `undone_because`: why it is not live.
    `paid_by` is a `core.paying.PaidBy`; of a drop-in what was paid at the desk, and what staff noted.
    """

    id = CharField(max_length=VISIT_KEY_LENGTH, primary_key=True)
    organization = belongs_to(OrganizationRow, index=False)
    member = belongs_to(MemberRow, index=False)
    session = belongs_to(SessionRow)
    reservation = belongs_to(ReservationRow, null=True)
    pass_ = belongs_to(PassRow, null=True, column_name="pass_id", object_id_name="pass_id")
    device = belongs_to(DeviceRow, null=True)
    is_live = BooleanField()
    is_over_capacity = BooleanField(default=False)
    is_offline_walk_in = BooleanField(default=False)
    is_stale = BooleanField(default=False)
    method = word_field()
    first_at = InstantField()
    disputed_reason = word_field(null=True)
    undone_at = InstantField(null=True)
    undone_because = TextField(default="")
    paid_by = word_field(default="PASS")
    drop_in_cents = IntegerField(null=True)
    drop_in_note = TextField(default="")

    class Meta:
        table_name = "visits"
        indexes = ((("organization", "first_at"), False), (("member", "session", "is_live"), False))


class SupportRow(Row):
    """What one attempt says of a visit: that its person was welcomed, or (later undone, or never) was not."""

    attempt = belongs_to(AttemptRow, primary_key=True)
    organization = belongs_to(OrganizationRow)
    visit_key = CharField(max_length=VISIT_KEY_LENGTH, index=True)
    says_welcome = BooleanField()
    at = InstantField()

    class Meta:
        table_name = "supports"


class QuarantineRow(Row):
    """What could not be taken in, as it came, for staff and support to look at. Nothing told is ever thrown away.

    `boot`, `t_mono`: the kiosk's clock when it was received, None where that is not known. `looked_at`: staff closed
    it; `effect` is what it then did, None if it was set aside. `tried_why`: why the last try failed.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    device = belongs_to(DeviceRow, null=True)
    epoch = CharField(max_length=80, default="")
    seq = BigIntegerField(default=0)
    attempt_id = CharField(max_length=80, default="", index=True)
    record = TextField()
    why = TextField()
    boot = CharField(max_length=80, default="")
    t_mono = BigIntegerField(null=True)
    received_at = InstantField()
    looked_at = InstantField(null=True)
    effect = word_field(null=True)
    tried_at = InstantField(null=True)
    tried_why = TextField(default="")

    class Meta:
        table_name = "quarantine"


class NoShowRow(Row):
    """A reservation nobody came for. `is_counted`: it is a strike. `reversed_at`: the member had come after all.

    `policy_version`: the version that it was judged by; empty where none was ever made.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    member = belongs_to(MemberRow)
    session = belongs_to(SessionRow)
    reservation = belongs_to(ReservationRow)
    noted_at = InstantField()
    is_counted = BooleanField(default=True)
    is_unconfirmed = BooleanField(default=False)
    took_punch = BooleanField(default=False)
    amnesty_because = TextField(default="")
    reversed_at = InstantField(null=True)
    reversed_because = TextField(default="")
    policy_version = IntegerField(null=True)

    class Meta:
        table_name = "no_shows"


DOOR_TABLES: tuple[type[Row], ...] = (
    ReservationRow,
    ReservationHistoryRow,
    AttemptRow,
    VisitRow,
    SupportRow,
    QuarantineRow,
    NoShowRow,
)
