"""What waiting looks like from outside: values made for those who ask, never rows."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.model import Method, Session
from core.refusals import RefusalReason
from core.waiting import Priority, WaitingStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class InLine:
    """One member on one session's list. `position` counts from 1, None unless they stand in line.

    `offer_ends_at`: until when the place that is held for them stands. `passed_over`: why a free place went to the
    next. `notes` and `priority_because` are staff's.
    """

    id: str
    member_id: str
    session: Session
    pass_id: str | None
    status: WaitingStatus
    position: int | None
    priority: Priority
    is_auto_book: bool
    joined_at: datetime
    joined_by: Method
    offers_missed: int
    offered_at: datetime | None = None
    offer_ends_at: datetime | None = None
    passed_over: RefusalReason | None = None
    reservation_id: str | None = None
    ended_at: datetime | None = None
    ended_because: str = ""
    notes: str = ""
    priority_because: str = ""

    @property
    def people_ahead(self) -> int:
        return (self.position or 1) - 1

    def for_the_member(self) -> "InLine":
        """Without what staff wrote for each other."""
        return replace(self, notes="", priority_because="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What one look at the free places did."""

    offered: int = 0
    booked: int = 0
    ran_out: int = 0
    ended: int = 0

    @property
    def did(self) -> bool:
        """Whether anything changed."""
        return self != Given()

    def __add__(self, other: "Given") -> "Given":
        return Given(
            offered=self.offered + other.offered,
            booked=self.booked + other.booked,
            ran_out=self.ran_out + other.ran_out,
            ended=self.ended + other.ended,
        )
