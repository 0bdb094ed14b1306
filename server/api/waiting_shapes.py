"""What the API takes and gives about waiting lists."""

from datetime import datetime

from pydantic import Field

from core.model import Method
from core.waiting import Priority, WaitingStatus
from server.api.shapes import ID, Given, RefusalTold, SessionTold, Told


class WaitingWanted(Given):
    """A place in a full session, on one registration; or on whichever of a member's passes pays."""

    session_id: str = ID
    registration_id: str | None = Field(default=None, min_length=1, max_length=80)
    member_id: str | None = Field(default=None, min_length=1, max_length=80)
    auto_book: bool = Field(default=False, description="Reserve it as soon as there is one, without asking again.")


class WaitingWantedByStaff(WaitingWanted):
    """`notes` are read by staff only."""

    notes: str = Field(default="", max_length=1000)


class PriorityWanted(Given):
    priority: Priority
    because: str = Field(min_length=1, max_length=255)


class WaitingTold(Told):
    """`status`: `WAITING`; `OFFERED`, a place is held until `offerExpiresAt`; `BOOKING`, it is about to be reserved as
    asked; `BOOKED`, `LEFT`, `ENDED`, they wait no more."""

    id: str
    member_id: str
    session_id: str
    registration_id: str | None
    status: WaitingStatus
    position: int | None = Field(description="From 1; null unless they stand in line.")
    people_ahead: int
    priority: Priority
    auto_book: bool
    joined_at: datetime
    joined_by: Method
    offered_at: datetime | None
    offer_expires_at: datetime | None
    offers_missed: int
    passed_over: RefusalTold | None = Field(description="Why a free place went to the next.")
    reservation_id: str | None
    ended_at: datetime | None
    ended_because: str
    session: SessionTold


class WaitingToldToStaff(WaitingTold):
    notes: str
    priority_because: str


class WaitingListTold(Told):
    waiting: list[WaitingToldToStaff]


class WaitsTold(Told):
    waiting: list[WaitingTold]


class AlternativesTold(Told):
    alternatives: list[SessionTold]
