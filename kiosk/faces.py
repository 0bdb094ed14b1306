"""What each face of the kiosk shows, as values: the greeter makes them, the pages draw them.

No drawing and no deciding happens here. A face holds nothing a queue may not read: no last name, no private reason.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model import Session
from core.policy import Window
from core.refusals import RefusalReason
from kiosk.faces_member import MemberFace
from kiosk.faces_selftest import SelfTesting
from kiosk.faces_staff import StaffFace
from kiosk.modes import Modes as Modes
from kiosk.stand import Line as Line
from kiosk.stand import Stand, Stay

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Four (x, y), each 0 to 1 of the camera's own frame (not mirrored), clockwise from the code's top left."""


class Hint(StrEnum):
    """What a person could do so that a code that is seen can be read. The camera's own hints have the same values."""

    NONE = "NONE"
    CLOSER = "CLOSER"
    TILT_OUT_OF_LIGHT = "TILT_OUT_OF_LIGHT"
    HOLD_STILL = "HOLD_STILL"


class Trouble(StrEnum):
    """What keeps the kiosk from doing its work."""

    CAMERA = "CAMERA"
    DISK = "DISK"
    CLOCK = "CLOCK"
    NO_MEMBER_LIST = "NO_MEMBER_LIST"
    REVOKED = "REVOKED"
    """The server no longer takes this kiosk's word."""
    BY_STAFF = "BY_STAFF"
    """Staff put it out of order: it serves nobody but them."""


class PairingTrouble(StrEnum):
    """Why what was typed or shown did not pair this kiosk."""

    CODE_NOT_VALID = "CODE_NOT_VALID"
    SERVER_UNREACHABLE = "SERVER_UNREACHABLE"
    A_CARD = "A_CARD"
    OTHER_CODE = "OTHER_CODE"
    TURNED_AWAY = "TURNED_AWAY"
    """Staff said no in the browser."""
    NOT_CONFIRMED = "NOT_CONFIRMED"
    """Nobody said yes within the code's ten minutes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Upcoming:
    """A session that is on next here, and when its check-in is open."""

    session: Session
    window: Window


@dataclass(frozen=True, kw_only=True, slots=True)
class Starting:
    """The kiosk is waking up."""

    stand: Stand


@dataclass(frozen=True, kw_only=True, slots=True)
class NotPaired:
    """No server knows this kiosk yet: staff type the pairing code here. `trouble`: why the last one did not do."""

    stand: Stand
    trouble: PairingTrouble | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirming:
    """Staff compare `sign` with the one in the browser. `is_agreed`: they did here, and are now to say so there."""

    stand: Stand
    sign: str
    organization: str = ""
    venue: str = ""
    is_agreed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OutOfTouch:
    """Since when the server was not heard, and how many attempts wait to be told."""

    since_at: datetime
    waiting: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Nobody is here. The first three of `upcoming` are shown.

    `undo`: the check-in shown a moment ago can still be taken back (`tap_undo`), from the foot.
    `out_of_touch`: for staff, once nobody has heard of this kiosk for hours.
    `may_find`: a member without a card may be found by number.
    """

    stand: Stand
    upcoming: tuple[Upcoming, ...] = ()
    undo: Stay | None = None
    out_of_touch: OutOfTouch | None = None
    may_find: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A code is seen, not read yet. `frame_ratio` is the camera frame's width divided by its height.

    `may_find` as while waiting, so that nothing moves when a card comes near.
    """

    stand: Stand
    hint: Hint = Hint.NONE
    quad: Quad | None = None
    frame_ratio: float = 16 / 9
    upcoming: tuple[Upcoming, ...] = ()
    may_find: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Welcome:
    """The check-in is recorded. Punches are None where none is counted; `undo` is None when it can no longer be undone.

    `also` are sessions that would fit too; tapping one takes the check-in there instead (`tap_choose`).
    """

    stand: Stand
    first_name: str
    session: Session
    pass_title: str = ""
    punches_before: int | None = None
    punches_after: int | None = None
    punches_included: int | None = None
    is_late: bool = False
    undo: Stay | None = None
    also: tuple[Session, ...] = ()
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class AlreadyIn:
    """The same visit again. `also` are sessions the member may have meant instead (`tap_choose`)."""

    stand: Stand
    first_name: str
    session: Session
    since_at: datetime
    also: tuple[Session, ...] = ()
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class Choose:
    """Several sessions fit: a tap says which."""

    stand: Stand
    first_name: str
    options: tuple[Session, ...]
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class NotYet:
    """Before the window: shown with a countdown to `opens_at`."""

    stand: Stand
    first_name: str
    session: Session
    opens_at: datetime
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class No:
    """Refused for a reason that may be read by anybody. Private ones become `StaffIsComing`.

    `first_name` is empty where no person is known; `until_at` is when it would be a yes, if that can be named.
    """

    stand: Stand
    reason: RefusalReason
    first_name: str = ""
    session: Session | None = None
    until_at: datetime | None = None
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone:
    """The member took the check-in back: nothing is used."""

    stand: Stand
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffIsComing:
    """Help was called, or the answer is private. `number` is short and called out loud."""

    stand: Stand
    number: int
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class OutOfOrder:
    """Something does not work; `reference` is for staff. `may_scan`: the hand scanner still reads cards.

    `undo`: the check-in shown a moment ago can still be taken back, from the foot.
    """

    stand: Stand
    trouble: Trouble
    reference: str = ""
    may_scan: bool = True
    undo: Stay | None = None


Face = (
    Starting
    | NotPaired
    | Confirming
    | Waiting
    | Reading
    | Welcome
    | AlreadyIn
    | Choose
    | NotYet
    | No
    | Undone
    | StaffIsComing
    | OutOfOrder
    | SelfTesting
    | MemberFace
    | StaffFace
)
