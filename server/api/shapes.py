"""What the API takes and gives, in the names of the source documents: camelCase, `registrationId` for a member's pass.

Shapes only. Instants are ISO 8601 with a zone; unknown fields are refused, so that a misspelt one is not ignored.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from core.model import Method, PassType, ReservationStatus
from core.refusals import RefusalReason

ID = Field(min_length=1, max_length=80)


class Given(BaseModel):
    """What is sent to us. No text has the sign NUL in it, which PostgreSQL cannot hold."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def no_nul(cls, given: object) -> object:
        if _has_nul(given):
            raise ValueError("NUL is in no text")
        return given


class Told(BaseModel):
    """What we send."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class ReservationWanted(Given):
    """A place in a session, on one registration; or on whichever of a member's passes pays."""

    session_id: str = ID
    registration_id: str | None = Field(default=None, min_length=1, max_length=80)
    member_id: str | None = Field(default=None, min_length=1, max_length=80)


class SelfCheckInWanted(Given):
    """`attemptId`: your own UUID for this wish, so that a request sent twice is one attempt."""

    attempt_id: str | None = Field(default=None, pattern=r"^[0-9a-fA-F-]{36}$")


class StaffCheckInWanted(Given):
    """`staffId`: in whose name; unless given, whoever made the token. `because` stands in the history."""

    staff_id: str = Field(default="", max_length=80)
    because: str = Field(default="", max_length=255)


class ManyCheckInsWanted(StaffCheckInWanted):
    """Members, reservations or both, at most 200 together."""

    session_id: str = ID
    member_ids: list[str] = Field(default_factory=list, max_length=200)
    reservation_ids: list[str] = Field(default_factory=list, max_length=200)


class SessionTold(Told):
    id: str
    title: str
    venue_id: str
    room: str
    class_type_id: str
    instructors: list[str]
    starts_at: datetime
    ends_at: datetime
    zone: str = Field(description="The venue's time zone, an IANA name.")
    capacity: int
    taken: int
    free_places: int
    course_id: str | None
    part: int | None
    is_makeup: bool
    is_open_studio: bool
    is_cancelled: bool
    is_free: bool = Field(description="Nobody pays.")
    drop_in_cents: int | None = Field(
        description="What coming without a pass costs at the desk, in hundredths of the studio's currency; null: no."
    )


class InParts(Told):
    """A part of a long list."""

    next: str | None = Field(default=None, description="`cursor` of the next part; null: there is no more.")


class SessionsTold(InParts):
    sessions: list[SessionTold]


class RefusalTold(Told):
    """An everyday no. `reason` is from a closed list; `until` is when it would be yes, if one moment can be named."""

    reason: RefusalReason
    sentence: str
    until: datetime | None = None


class ErrorTold(Told):
    """What could not be done. `code` is stable; `sentence` says to people what happened and what to do about it."""

    code: str
    sentence: str
    reference: str | None = Field(default=None, description="Of a failure: the number that stands in the log.")


class ProblemTold(Told):
    """What every answer from 400 on has, as RFC 9457 names it."""

    type: str = Field(description="Where the code is explained, on this server.")
    title: str = Field(description="In a few words, what kind of no it is.")
    status: int
    detail: str = Field(description="What happened and what to do, for people, in the language asked for.")
    code: str = Field(description="Stable; from the list at `/errors`.")


class ErrorsTold(ProblemTold):
    """`application/problem+json`. `error` says code and sentence once more, for programs from before RFC 9457."""

    instance: str = Field(description="The address that was asked.")
    reference: str | None = Field(default=None, description="Of a failure: the number that stands in the log.")
    error: ErrorTold


class RefusedTold(ProblemTold):
    """`application/problem+json` for an everyday answer that is not an error: its `code` is `refusal`. `refusal` says
    the same once more, for programs from before RFC 9457."""

    code: Literal["refusal"]
    reason: RefusalReason
    sentence: str
    until: datetime | None = None
    refusal: RefusalTold


class ReservationTold(Told):
    id: str
    registration_id: str
    member_id: str
    session_id: str
    status: ReservationStatus
    has_hold: bool = Field(description="One punch of the registration is set aside for it.")
    made_at: datetime
    made_by: Method
    checked_in_at: datetime | None
    check_in_method: Method | None
    cancelled_at: datetime | None
    cancelled_because: str
    is_late_cancel: bool
    session: SessionTold


class CancelledTold(Told):
    reservation: ReservationTold
    keeps_hold: bool = Field(description="Cancelled late: its punch stays set aside until the night.")


class OfferTold(Told):
    session: SessionTold
    can_reserve: bool
    refusal: RefusalTold | None


class OffersTold(Told):
    available: list[OfferTold]


class ReservationListTold(InParts):
    reservations: list[ReservationTold]


class ReservationsTold(Told):
    past: list[ReservationTold]
    current: list[ReservationTold]
    future: list[ReservationTold]


class AttendedTold(Told):
    session: SessionTold
    checked_in_at: datetime
    method: Method
    reservation_id: str | None


class CalendarTold(Told):
    attended: list[AttendedTold]
    upcoming: list[ReservationTold]
    no_shows: list[ReservationTold]
    cancelled: list[ReservationTold]


class PunchesTold(Told):
    included: int | None
    remaining: int
    held: int
    available: int


class AheadTold(Told):
    reserved: int
    max_advance_reservations: int


class SuspensionTold(Told):
    starts_at: datetime
    ends_at: datetime


class PauseTold(Told):
    """From `startsAt`, up to but not including `endsAt`."""

    starts_at: datetime
    ends_at: datetime


class StatusTold(Told):
    registration_id: str
    member_id: str
    pass_type: PassType
    title: str
    valid_from: datetime
    valid_until: datetime | None
    is_valid: bool
    sessions_included: int | None
    sessions_remaining: int | None
    sessions_attended: int
    punches: PunchesTold | None = Field(description="For a punch pass only.")
    reservations: AheadTold
    suspension: SuspensionTold | None
    plan_id: str | None
    course_id: str | None
    requires_sequential_attendance: bool
    absence_grace_period_hours: float
    days_from_first_use: int | None = Field(description="It has no end before it is first used, and then so many days.")
    first_used_at: datetime | None = Field(description="Of one whose days count from its first use.")
    is_paused: bool
    pauses: list[PauseTold] = Field(description="Those that go on or lie ahead.")
    cancelled_at: datetime | None


class PunchTold(Told):
    id: str
    at: datetime
    delta: int
    kind: str
    because: str = Field(description="Empty to the member.")
    visit_key: str | None
    balance: int = Field(description="What was left after this line.")


class LedgerTold(Told):
    registration_id: str
    balance: int = Field(description="Granted, less used: the sum of all deltas.")
    held: int
    available: int
    punches: list[PunchTold]


class CheckedInTold(Told):
    """`againSince`: this visit had begun then, and nothing more was taken. Punches are null where none is taken."""

    visit_key: str
    member_id: str
    session_id: str
    reservation_id: str | None
    registration_id: str | None
    takes_punch: bool
    punches_before: int | None
    punches_after: int | None
    is_late: bool
    again_since: datetime | None


class OneOfManyTold(Told):
    """Exactly one of `checkedIn`, `refusal` and `error` is there."""

    member_id: str | None
    reservation_id: str | None
    checked_in: CheckedInTold | None = None
    refusal: RefusalTold | None = None
    error: ErrorTold | None = None


class ManyTold(Told):
    outcomes: list[OneOfManyTold]


class WindowTold(Told):
    """From `opensAt`, up to but not including `closesAt`."""

    opens_at: datetime
    closes_at: datetime
    is_open: bool


class CheckInStatusTold(Told):
    session: SessionTold
    self_check_in: WindowTold
    staff_check_in: WindowTold
    can_self_check_in: bool | None = Field(description="Of the member asked about; null if none was named.")
    refusal: RefusalTold | None


class MemberTold(Told):
    id: str
    number: str
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str
    member_since: str
    is_active: bool


class MembersTold(Told):
    members: list[MemberTold]


class MemberListTold(InParts):
    members: list[MemberTold]


def _has_nul(given: object) -> bool:
    match given:
        case str():
            return "\x00" in given
        case dict():
            return any(map(_has_nul, given)) or any(map(_has_nul, given.values()))
        case list():
            return any(map(_has_nul, given))
    return False


def _in_our_time(instant: datetime) -> datetime:
    if not EARLIEST <= instant < LATEST:
        raise ValueError(f"must be from {EARLIEST.year} on and before {LATEST.year}")
    return instant


EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""What lies beyond is a mistake, and near the ends of the calendar no day can be added."""
Instant = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
