"""What a desk page is given: people, sessions, kiosks and arrivals as values. Instants are UTC, zones are names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model import Method, PassType, Session
from core.policy import Window
from core.refusals import RefusalReason
from server.services.people.rights import Asker


class Standing(StrEnum):
    """How somebody stands to a session, in the order in which staff want to read it: who needs them comes first."""

    MISSING = "MISSING"
    EXPECTED = "EXPECTED"
    LATE = "LATE"
    IN = "IN"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Who looks at a page, and in which language they read."""

    asker: Asker
    organization_name: str
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A venue to look at."""

    id: str
    name: str
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """Somebody came in. `door` empty: no kiosk was involved. Punches are of the pass that paid, None where none was."""

    visit_key: str
    member_id: str
    name: str
    session_id: str
    session_title: str
    came_at: datetime
    minutes_late: int = 0
    method: Method = Method.SELF
    door: str = ""
    is_walk_in: bool = False
    pass_id: str | None = None
    pass_title: str = ""
    pass_type: PassType | None = None
    punches_before: int | None = None
    punches_after: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """Somebody with a place in a session, or who came without one. `may_come_until`: staff said so.

    `is_card_copied`: their card was at two places at once, and nobody has answered that yet.
    """

    member_id: str
    name: str
    number: str
    standing: Standing
    pass_title: str = ""
    arrival: Arrival | None = None
    may_come_until: datetime | None = None
    is_card_copied: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionToday:
    """A session with everybody who has to do with it, those who need staff first. `window` is the members' own."""

    session: Session
    window: Window
    people: tuple[Attendee, ...]

    def count(self, standing: Standing) -> int:
        return sum(person.standing is standing for person in self.people)

    @property
    def came(self) -> int:
        return self.count(Standing.IN) + self.count(Standing.LATE)

    @property
    def free(self) -> int:
        return max(0, self.session.capacity - len(self.people))


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnedAway:
    """Somebody the door said no to, and who has not come in since. `name` empty: the card is nobody's we know."""

    attempt_id: str
    name: str
    at: datetime
    door: str
    reason: RefusalReason
    until: datetime | None = None
    session_title: str = ""
    has_place_in: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kiosk:
    """`heard_at` None: never. `calls`: silent for so long that somebody should look."""

    id: str
    name: str
    heard_at: datetime | None
    is_silent: bool
    calls: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Today:
    """One venue's day. `on_now` in the order of their start, `later` too; `earlier` latest first."""

    venue: Place
    venues: tuple[Place, ...]
    at: datetime
    on_now: tuple[SessionToday, ...]
    later: tuple[SessionToday, ...]
    earlier: tuple[SessionToday, ...]
    turned_away: tuple[TurnedAway, ...]
    arrivals: tuple[Arrival, ...]
    kiosks: tuple[Kiosk, ...]
    in_house: int

    @property
    def expected(self) -> int:
        return sum(session.count(Standing.EXPECTED) for session in self.on_now)

    @property
    def missing(self) -> int:
        return sum(session.count(Standing.MISSING) for session in self.on_now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """One session's page."""

    venue: Place
    at: datetime
    session: SessionToday
    kiosks: tuple[Kiosk, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """Differs from an earlier one when something a page shows was recorded. Cheap to take every second or two."""

    version: int
    attempts: int
    decided_at: datetime | None
    told_at: datetime | None
    silent: tuple[str, ...]
