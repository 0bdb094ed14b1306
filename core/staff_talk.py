"""What a kiosk and the server say to each other about staff who sign in, and about people whose card was not shown.

Names given here stay in the kiosk's memory while somebody is signed in, and never reach its disk.
"""

from dataclasses import dataclass
from datetime import datetime

from core.pins import PinRefusal


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class StaffSignIn:
    """A PIN alone; or a staff card's fingerprint with the PIN keyed by its code, and no PIN."""

    pin: str = ""
    card: str = ""
    keyed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class StaffGrant:
    """The server believes them, at this kiosk, until `ends_at`. `secret` proves it: 64 hex digits, in memory only.

    `grant` names the same without proving it, so that it may stand in a record.
    """

    staff_id: str
    first_name: str
    may_serve: bool
    grant: str
    secret: str
    ends_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSignedIn:
    """One of the two. `until`: when the next try is looked at, where waiting helps."""

    grant: StaffGrant | None = None
    refused: PinRefusal | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class StaffLooks:
    """Staff want names: of everybody of today here (`text` empty), or of those whom the words in `text` find."""

    grant: str
    secret: str
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedPerson:
    """`name` is the first name and the last one's initial: the screen stands in public."""

    member_id: str
    number: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedPeople:
    """By name."""

    people: tuple[NamedPerson, ...] = ()
