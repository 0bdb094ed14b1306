"""What a decision can be: Admitted, Refused or Choose. Values that travel from server to kiosk as they are."""

from dataclasses import dataclass
from datetime import datetime

from core.model import Session
from core.refusals import RefusalReason


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """The door says no. `until` is when it would say yes, if one moment can be named; `session` is what it is about."""

    reason: RefusalReason
    until: datetime | None = None
    session: Session | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Admitted:
    """Come in. One visit key is one visit, however often it is admitted.

    `punches_before` and `punches_after` count what is left on the pass that pays, None where no punch is taken.
    `again_since` is when this same visit began, if it has: nothing more is taken for it.
    `also` are sessions that would fit too, for a member who meant one of those.
    """

    visit_key: str
    member_id: str
    session: Session
    pass_id: str | None = None
    pass_title: str = ""
    reservation_id: str | None = None
    takes_punch: bool = False
    punches_before: int | None = None
    punches_after: int | None = None
    punches_included: int | None = None
    again_since: datetime | None = None
    is_late: bool = False
    also: tuple[Session, ...] = ()
    lifted_by: tuple[str, ...] = ()
    """Ids of the overrides without which this would have been a refusal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choose:
    """Several sessions fit, and it is the member's to say which."""

    sessions: tuple[Session, ...]


Decision = Admitted | Refused | Choose
