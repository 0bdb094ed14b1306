"""What staff at the kiosk see, as values: the PIN pad, today, one member, reasons, the kiosk itself.

The queue can read along: a reason stands only on the face of the one member that was opened, a PIN never stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.acts import ActWord
from core.pins import PinRefusal
from core.refusals import RefusalReason
from kiosk.staff_values import Roster, SearchResult, StaffPerson
from kiosk.stand import Stand, Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What became of what was tapped: a sentence's key and what it names. `is_good`: it is done."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_good: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPin:
    """Six tiles and a keypad. `is_alone`: no card was shown, or none that is known; then the server must answer."""

    stand: Stand
    stay: Stay
    first_name: str = ""
    entered: int = 0
    refused: PinRefusal | None = None
    until_at: datetime | None = None
    is_alone: bool = False
    has_no_network: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffRoster:
    """Today. `first` numbers the first row shown; `marked` is None unless several are being marked.

    `need_word`: members who are refused for what only they may read. `health`: words of `core.health`.
    """

    stand: Stand
    stay: Stay
    roster: Roster
    session_id: str
    first: int = 0
    marked: frozenset[str] | None = None
    need_word: frozenset[str] = frozenset()
    health: Mapping[str, str] = field(default_factory=dict)
    is_out_of_order: bool = False
    said: Said | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffTyping:
    """A keyboard: for whom to look (`why` None), or for a reason that is not among the ready ones."""

    stand: Stand
    stay: Stay
    text: str = ""
    why: ActWord | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffFound:
    """Whom the search found."""

    stand: Stand
    stay: Stay
    result: SearchResult
    first: int = 0
    said: Said | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffMember:
    """One member was opened: only here a private reason may be read. `may_serve`: also what is the member's."""

    stand: Stand
    stay: Stay
    person: StaffPerson
    may_serve: bool
    first: int = 0
    said: Said | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """One end that can be chosen: `key` says it, `at` is the instant. `is_one_session`: only for the session shown."""

    key: str
    at: datetime
    is_one_session: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffUntil:
    """Until when a reason does not count, or a temporary card is good."""

    stand: Stand
    stay: Stay
    word: ActWord
    name: str
    endings: tuple[Ending, ...]
    reason: RefusalReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffWhy:
    """Why something is done: ready reasons, or one that is typed. `name` and `title` say whom and what it is about.

    `count`: how many members, where it is not one.
    """

    stand: Stand
    stay: Stay
    word: ActWord
    reasons: tuple[str, ...]
    name: str = ""
    title: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffCard:
    """A temporary card was handed out: `text` is what its code says. `may_print`: there is a printer."""

    stand: Stand
    stay: Stay
    name: str
    text: str
    until_at: datetime
    may_print: bool = False
    said: Said | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffKiosk:
    """How this kiosk is, in words of `core.health`, and what staff may do with it."""

    stand: Stand
    stay: Stay
    health: Mapping[str, str]
    is_out_of_order: bool = False
    has_self_test: bool = False
    said: Said | None = None


StaffFace = (
    StaffPin | StaffRoster | StaffTyping | StaffFound | StaffMember | StaffUntil | StaffWhy | StaffCard | StaffKiosk
)
SIGNED_IN = (StaffRoster, StaffTyping, StaffFound, StaffMember, StaffUntil, StaffWhy, StaffCard, StaffKiosk)
