"""What reservations look like from outside: values made for those who ask, never rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.decisions import Refused
from core.model import Method, PassType, ReservationStatus, Session, Suspension
from core.policy import Window
from core.validity import Pause


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A reservation with its session. `has_hold`: one punch of its pass is set aside for it."""

    id: str
    member_id: str
    pass_id: str
    session: Session
    status: ReservationStatus
    has_hold: bool
    made_at: datetime
    made_by: Method
    checked_in_at: datetime | None = None
    method: Method | None = None
    cancelled_at: datetime | None = None
    cancelled_because: str = ""
    is_late_cancel: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserved:
    """The place is taken. `lifted_by` are the overrides without which it would not have been."""

    place: Place
    lifted_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancelled:
    """The place is given up. `keeps_hold`: too late for the punch to be free at once; the night lets go of it."""

    place: Place
    keeps_hold: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A session that a pass is good for. `refused`: why it cannot be reserved just now, None if it can."""

    session: Session
    refused: Refused | None

    @property
    def free_places(self) -> int:
        return max(0, self.session.capacity - self.session.taken)


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """A pass's reservations: over, going on or open for check-in, and still ahead; each in the order of time."""

    past: tuple[Place, ...]
    current: tuple[Place, ...]
    future: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Came:
    """A session that was come to on a pass, with a reservation or without."""

    session: Session
    came_at: datetime
    method: Method
    reservation_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """A pass's days: what was come to, what is ahead, what was missed, what was given up."""

    attended: tuple[Came, ...]
    ahead: tuple[Place, ...]
    missed: tuple[Place, ...]
    cancelled: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PassStatus:
    """What a pass is worth. The punches are None for a pass without; `is_valid` says just now.

    `days_from_first_use`: it has no end before it is first used. `pauses` are those that go on or lie ahead.
    """

    pass_id: str
    member_id: str
    type: PassType
    title: str
    valid_from: datetime
    valid_until: datetime | None
    is_valid: bool
    punches_included: int | None
    punches_left: int | None
    punches_held: int | None
    punches_available: int | None
    sessions_attended: int
    reserved_ahead: int
    max_reservations_ahead: int
    suspension: Suspension | None
    plan_id: str | None
    course_id: str | None
    is_in_order: bool
    absence_grace: timedelta
    days_from_first_use: int | None
    first_used_at: datetime | None
    pauses: tuple[Pause, ...]
    is_paused: bool
    cancelled_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerLine:
    """One line of a pass's punches. `balance` is what was left after it; `because` is staff's, empty to the member."""

    id: str
    at: datetime
    delta: int
    kind: str
    because: str
    visit_key: str | None
    balance: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All lines, oldest first, and what they come to: `left`, of which `held` are set aside for reservations."""

    lines: tuple[LedgerLine, ...]
    left: int
    held: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckInStatus:
    """When check-in for a session is open to members and to staff, and how full it is.

    `refused` is why the member asked about cannot check in now; `may_check_in` is None if none was asked about.
    """

    session: Session
    for_members: Window
    for_staff: Window
    is_open_for_members: bool
    is_open_for_staff: bool
    may_check_in: bool | None = None
    refused: Refused | None = None
