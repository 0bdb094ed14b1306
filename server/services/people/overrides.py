"""Overrides: staff lift one reason for one member for a while, and say why. A fact like any other, for every kiosk."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Invalid
from core.features import Feature
from core.model import Method
from core.refusals import RefusalReason as R
from server.services.door.causes import Cause
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.features import require_on
from server.services.door.overriding import Lifting, lift_reason
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import OverrideRow


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOverride:
    """`reason` does not count for the member until `ends_at`; in one session, or in any if `session_id` is None."""

    member_id: str
    reason: R
    ends_at: datetime
    because: str
    session_id: str | None = None


def override(organization_id: str, new: NewOverride, by: Asker, at: datetime) -> str:
    """A new override's id, in force from now. Only people on the staff can make one.

    Raises `Invalid` for a reason nobody can lift, no because, or more than seven days; `Conflict` where the studio has
    it switched off; `NotFound`, `Forbidden`.
    """
    why = words.required("because", new.because)
    words.span(at, new.ends_at)
    with writing():
        require(organization_id, by, Right.SERVE)
        if by.staff_id is None:
            raise Invalid("override.needs_a_person")
        require_on(organization_id, Feature.OVERRIDES, at)
        lock_member(organization_id, new.member_id)
        lifting = Lifting(
            id=new_id(at),
            organization_id=organization_id,
            member_id=new.member_id,
            reason=new.reason,
            starts_at=at,
            ends_at=new.ends_at,
            session_id=new.session_id,
        )
        lift_reason(lifting, Cause(by=Method.STAFF, because=why, staff_id=by.staff_id), at)
        return lifting.id


def end_override(organization_id: str, override_id: str, by: Asker, at: datetime) -> None:
    """From now on the reason counts again. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.SERVE)
        row = ours(OverrideRow, organization_id, override_id, "override")
        lock_member(organization_id, row.member_id)
        row.ends_at = min(row.ends_at, at)
        row.save()
        touch_member(organization_id, row.member_id)
