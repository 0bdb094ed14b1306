"""What a household and a member without a card see, as values. A private reason is not among them: only "ask at the
desk"; of what is typed only how much it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.finding import Finding, FindRefusal
from core.model import Session
from core.refusals import RefusalReason
from kiosk.stand import Stand, Stay


class Coming(StrEnum):
    """What the door says of one of several people."""

    MAY_COME = "MAY_COME"
    IS_IN = "IS_IN"
    MAY_NOT = "MAY_NOT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One of those on a card. `place` counts from one, for whom no name is known.

    `session` is what they would come to, or came to; `has_several`: they will be asked which. `reason` None where they
    may not come in: only staff may read why.
    """

    member_id: str
    place: int
    first_name: str
    coming: Coming
    session: Session | None = None
    has_several: bool = False
    since_at: datetime | None = None
    reason: RefusalReason | None = None
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Household:
    """Who is on the card: those who may come in are tapped, and checked in together."""

    stand: Stand
    people: tuple[Person, ...]
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class CameIn:
    """What became of each. `undo` None: nothing was taken that could be taken back."""

    stand: Stand
    people: tuple[Person, ...]
    undo: Stay | None
    stay: Stay


@dataclass(frozen=True, kw_only=True, slots=True)
class FindByNumber:
    """A keypad: for the member number, then (`is_secret`) for what proves it. `entered` of `of` digits are typed.

    `number` is what is typed of the number, which stands on a card; of a secret no digit is ever here.
    """

    stand: Stand
    stay: Stay
    by: Finding
    is_secret: bool = False
    number: str = ""
    entered: int = 0
    of: int = 0
    refused: FindRefusal | None = None


MemberFace = Household | CameIn | FindByNumber
