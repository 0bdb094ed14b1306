"""What the API takes and gives about passes beyond their status: sold, changed by staff, and the plans they are of."""

from datetime import datetime
from typing import Any

from pydantic import Field

from core.model import PassType
from server.api import shapes
from server.api.shapes import ID, Given, Told

BECAUSE = Field(min_length=1, max_length=255, description="Why, in words. It stands in the registration's history.")


class RegistrationWanted(Given):
    """A pass of a plan for a member. Unless said, from now, for as long as the plan says."""

    member_id: str = ID
    plan_id: str = ID
    valid_from: shapes.Instant | None = None
    valid_until: shapes.Instant | None = Field(default=None, description="Instead of what the plan says.")


class AdjustWanted(Given):
    """Punches more (+) or fewer (−). What is set aside for reservations is never taken."""

    delta: int = Field(ge=-1000, le=1000)
    because: str = BECAUSE


class TransferWanted(Given):
    """To whom. `punches`: so many of a punch pass; else the whole pass."""

    member_id: str = ID
    punches: int | None = Field(default=None, ge=1, le=1000)
    because: str = BECAUSE


class PauseWanted(Given):
    """From now, or from then, up to but not including `until`."""

    from_: shapes.Instant | None = Field(default=None, alias="from")
    until: shapes.Instant
    because: str = BECAUSE


class ReasonWanted(Given):
    because: str = BECAUSE


class ExtendWanted(Given):
    """Good for so many local days longer."""

    days: int = Field(ge=1, le=3650)
    because: str = BECAUSE


class DropInWanted(Given):
    """A member who pays at the desk. `cents`: what they paid, if it is not the session's price."""

    member_id: str = ID
    cents: int | None = Field(default=None, ge=0, le=100_000_000)
    note: str = Field(default="", max_length=255)
    staff_id: str = Field(default="", max_length=80, description="In whose name; unless given, whoever asks.")


class RegistrationsTold(Told):
    registrations: list[shapes.StatusTold]


class TransferredTold(Told):
    """The pass that was given from, and the new one of the other member."""

    registration: shapes.StatusTold
    new_registration: shapes.StatusTold


class PassChangeTold(Told):
    """To the member, `staffId` and `because` are empty: they are staff's."""

    id: str
    kind: str = Field(
        description="`ISSUED`, `ADJUSTED`, `PAUSED`, `RESUMED`, `EXTENDED`, `CANCELLED`, `TRANSFERRED_…`."
    )
    by: str
    staff_id: str | None
    because: str
    data: dict[str, Any] = Field(description="What exactly. Instants are UTC milliseconds.")
    at: datetime


class PassHistoryTold(Told):
    registration_id: str
    changes: list[PassChangeTold]


class PlanTold(Told):
    id: str
    title: str
    pass_type: PassType
    class_type_ids: list[str] = Field(description="Empty: every class type that is not a course.")
    course_id: str | None
    sessions_included: int | None
    valid_days: int | None
    begins_with_first_use: bool = Field(description="The days count from the first check-in.")
    requires_sequential_attendance: bool
    max_advance_reservations: int
    absence_grace_period_hours: float
    retired_at: datetime | None


class PlansTold(Told):
    plans: list[PlanTold]
