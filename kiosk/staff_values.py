"""What staff at the kiosk see and get back, as values for the screen. It draws nothing and decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from core.acts import ActWord
from core.decisions import Decision
from core.model import Session, Suspension
from core.refusals import RefusalReason

QUICK_REASONS: Mapping[ActWord, tuple[str, ...]] = MappingProxyType(
    {
        ActWord.CHECK_IN: (
            "staff.because.forgot_card",
            "staff.because.card_unreadable",
            "staff.because.came_with_others",
        ),
        ActWord.UNDO: ("staff.because.wrong_person", "staff.because.wrong_session", "staff.because.not_staying"),
        ActWord.OVERRIDE: (
            "staff.because.spoke_with_them",
            "staff.because.paid_at_the_desk",
            "staff.because.our_mistake",
        ),
        ActWord.NO_SHOW: ("staff.because.nobody_came", "staff.because.called_off_too_late"),
        ActWord.LIFT_SUSPENSION: ("staff.because.spoke_with_them", "staff.because.our_mistake"),
        ActWord.HAND_OUT_CARD: (
            "staff.because.forgot_card",
            "staff.because.lost_card",
            "staff.because.card_unreadable",
        ),
        ActWord.OUT_OF_ORDER: (
            "staff.because.does_not_read",
            "staff.because.being_cleaned",
            "staff.because.to_be_moved",
        ),
    }
)
"""Keys of sentences that may stand as a reason, as it is stored: in the language of whoever chose it."""


class Standing(StrEnum):
    """How somebody stands to a session, in the order in which staff read it: who needs them comes first."""

    MISSING = "MISSING"
    """It began without them."""
    EXPECTED = "EXPECTED"
    LATE = "LATE"
    """They came, after it had begun."""
    IN = "IN"
    NO_SHOW = "NO_SHOW"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSession:
    """Somebody of the staff is signed in. `may_serve`: also overrides, no-shows, suspensions and cards.

    `sees_names`: the server gave names of people whose card was not shown; they are in memory only.
    """

    staff_id: str
    first_name: str
    proved_by: str
    may_serve: bool
    sees_names: bool
    signed_in_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NoNetwork:
    """What was asked for needs the server, and it did not answer. `key` is a sentence."""

    key: str = "staff.no_network"


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterPerson:
    """Somebody with a place, or who came. `name` is empty where it is not known here: then show the number."""

    member_id: str
    number: str
    name: str
    standing: Standing
    reservation_id: str | None = None
    visit_key: str | None = None
    came_at: datetime | None = None
    is_walk_in: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterSession:
    """One of today's sessions here. `is_on`: members may check in now, or it goes on."""

    session: Session
    is_on: bool
    people: tuple[RosterPerson, ...]

    def count(self, *standings: Standing) -> int:
        return sum(person.standing in standings for person in self.people)

    @property
    def came(self) -> int:
        return self.count(Standing.IN, Standing.LATE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """Today at this venue, as this kiosk knows it, in the order of the day. `has_names`: else people are numbers."""

    at: datetime
    zone: str
    has_names: bool
    sessions: tuple[RosterSession, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Somebody the search found. `is_known_here`: this kiosk knows their facts, so every act is possible at once."""

    member_id: str
    number: str
    name: str
    is_known_here: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """`is_whole` False: the server was not there, and only numbers on this kiosk were looked through."""

    text: str
    people: tuple[Found, ...]
    is_whole: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonSession:
    """One of today's sessions for one person. `decision`: what checking them in would say now; None: they are in.

    `liftable`: the reason of the refusal, where an override helps. `undo_until_at`: their visit can be taken back.
    """

    session: Session
    standing: Standing | None
    decision: Decision | None
    liftable: RefusalReason | None = None
    reservation_id: str | None = None
    visit_key: str | None = None
    came_at: datetime | None = None
    undo_until_at: datetime | None = None
    may_mark_no_show: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPerson:
    """One member before staff. `name` is empty where it is not known here. `suspensions` are in force now.

    `refused`: what keeps them out whatever the session; staff read it plainly.
    """

    member_id: str
    number: str
    name: str
    is_active: bool
    sessions: tuple[PersonSession, ...]
    suspensions: tuple[Suspension, ...]
    refused: RefusalReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActResult:
    """What became of an act. `key` with `values` is its sentence; `is_done` False: nothing changed, and `key` says why.

    `attempt_id` is empty where nothing was even tried. `values` may hold name, title, number, count, punches (texts
    and numbers) and `until_at` (an instant, to be shown as a clock). `decision`: of a check-in.
    """

    is_done: bool
    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    attempt_id: str = ""
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ManyResult:
    """One result for each member, in the order given; `key` with `count` and `of` sums them up."""

    key: str
    count: int
    of: int
    each: Mapping[str, ActResult]
