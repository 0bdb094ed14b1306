"""Lifts one reason for one member for a while, by staff's word from the desk or from a kiosk: what may be lifted, for
how long, and the row that every door obeys. It refuses to know who may; its callers do, and hold the member's lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.acts import LIFTABLE, LONGEST_OVERRIDE
from core.errors import Invalid
from core.refusals import RefusalReason
from server.services.door.causes import Cause
from server.services.door.changes import touch_member
from server.services.people.ours import ours
from server.store.tables import OverrideRow, SessionRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifting:
    """`reason` does not count for the member from `starts_at` until `ends_at`; in one session, or in any if
    `session_id` is None. `id` names the override."""

    id: str
    organization_id: str
    member_id: str
    reason: RefusalReason
    starts_at: datetime
    ends_at: datetime
    session_id: str | None = None


def lift_reason(lifting: Lifting, by: Cause, at: datetime, *, clocks_apart: timedelta = timedelta()) -> bool:
    """Whether it comes into force; one that ends as it starts changes nothing.

    `clocks_apart`: how much longer it may be where another clock than ours said when it starts.
    Raises `Invalid` for a reason nobody can lift or for too long, `NotFound` for a session that is not ours.
    """
    if lifting.reason not in LIFTABLE:
        raise Invalid("override.cannot_lift", reason=lifting.reason.value)
    if lifting.ends_at - lifting.starts_at > LONGEST_OVERRIDE + clocks_apart:
        raise Invalid("override.too_long", days=LONGEST_OVERRIDE.days)
    if lifting.session_id is not None:
        ours(SessionRow, lifting.organization_id, lifting.session_id, "session")
    if lifting.ends_at <= lifting.starts_at:
        return False
    OverrideRow.create(
        id=lifting.id,
        organization=lifting.organization_id,
        member=lifting.member_id,
        reason=lifting.reason.value,
        starts_at=lifting.starts_at,
        ends_at=lifting.ends_at,
        session=lifting.session_id,
        staff=by.staff_id,
        because=by.because,
        made_at=at,
    )
    touch_member(lifting.organization_id, lifting.member_id)
    return True
