"""The nouns: what a studio is made of, as far as a rule needs to know it. Values only, nothing is fetched or kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.refusals import RefusalReason
from core.validity import Pause


class PassType(StrEnum):
    """How a pass pays. Source: flexible-class-reservations, phase 1."""

    UNLIMITED_SERIES = "UNLIMITED_SERIES"
    PUNCH_PASS = "PUNCH_PASS"
    FULL_COURSE = "FULL_COURSE"


class ReservationStatus(StrEnum):
    """Where a reservation is in its life. Source: flexible-class-reservations, phase 1."""

    PENDING = "PENDING"
    CHECKED_IN = "CHECKED_IN"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"
    AUTO_CANCELLED = "AUTO_CANCELLED"


class Method(StrEnum):
    """Who acted: the member, staff, or the house by itself."""

    SELF = "SELF"
    STAFF = "STAFF"
    AUTO = "AUTO"


class CardState(StrEnum):
    """What is known of the card that was shown. CODE_…: a phone's, by the step of its code and the clock."""

    ACTIVE = "ACTIVE"
    REPLACED = "REPLACED"
    REVOKED = "REVOKED"
    UNKNOWN = "UNKNOWN"
    EXPIRED = "EXPIRED"
    CODE_OLD = "CODE_OLD"
    CODE_UNSURE = "CODE_UNSURE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One class at a time and place. `taken` counts live visits and holds on a place, by anybody.

    `is_free`: nobody pays. `drop_in_cents`: what staff take at the desk from whoever comes without a pass, in
    hundredths of the studio's currency; None: there are no drop-ins.
    """

    id: str
    venue_id: str
    zone: str
    class_type_id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int = 0
    room: str = ""
    instructors: tuple[str, ...] = ()
    course_id: str | None = None
    part: int | None = None
    is_makeup: bool = False
    is_open_studio: bool = False
    is_cancelled: bool = False
    is_free: bool = False
    drop_in_cents: int | None = None

    @property
    def has_free_place(self) -> bool:
        return self.taken < self.capacity


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """A member's right to come in, valid from `valid_from` up to but not including `valid_until`.

    `punches_left` is granted plus the sum of the ledger; `punches_held` of them are set aside for reservations.
    `days_from_first_use`: it has no end until somebody first comes in on it, and then so many local days.
    `pauses`: spans in which it is not used; its end has moved by them already.
    """

    id: str
    type: PassType
    title: str
    valid_from: datetime
    valid_until: datetime | None = None
    class_type_ids: frozenset[str] = frozenset()
    """Empty: good for every class type."""
    course_id: str | None = None
    is_in_order: bool = False
    """The parts of its course are taken one after another."""
    punches_included: int | None = None
    punches_left: int | None = None
    punches_held: int = 0
    max_reservations_ahead: int = 3
    absence_grace: timedelta = timedelta(hours=24)
    days_from_first_use: int | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def has_begun(self) -> bool:
        """False: its days are not running yet."""
        return self.days_from_first_use is None or self.valid_until is not None

    @property
    def punches_available(self) -> int:
        """Punches neither used nor set aside. Only meaningful for a punch pass."""
        return (self.punches_left or 0) - self.punches_held


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation:
    """A member's place in a session. `has_hold`: one punch of its pass is set aside for it.

    `is_released`: nobody came in time, so the place is anybody's. Whoever comes late is let in if there is room.
    """

    id: str
    session_id: str
    pass_id: str
    status: ReservationStatus
    has_hold: bool = False
    is_released: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspension:
    """A span in which a member may not reserve or check in; `lifted_at` ends it early."""

    id: str
    starts_at: datetime
    ends_at: datetime
    lifted_at: datetime | None = None

    def covers(self, at: datetime) -> bool:
        ends_at = min(self.ends_at, self.lifted_at) if self.lifted_at else self.ends_at
        return self.starts_at <= at < ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """Staff say: this reason does not count for this member for a while (in one session, or in any)."""

    id: str
    reason: RefusalReason
    starts_at: datetime
    ends_at: datetime
    session_id: str | None = None
    staff_id: str
    because: str

    def lifts(self, reason: RefusalReason, session_id: str | None, at: datetime) -> bool:
        is_for_it = self.session_id is None or self.session_id == session_id
        return self.reason == reason and is_for_it and self.starts_at <= at < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckIn:
    """A person came in: a live visit. `punches_before`/`after` are of the pass that paid, None where none was taken."""

    visit_key: str
    session_id: str
    session_ends_at: datetime
    checked_in_at: datetime
    pass_id: str | None = None
    reservation_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseProgress:
    """Which parts of a course a member has come to, and which are reserved ahead."""

    course_id: str
    parts_attended: frozenset[int] = frozenset()
    parts_reserved: frozenset[int] = field(default_factory=frozenset)
