"""What became of a reservation, step by step, as it was written down when it happened. Changes nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.model import Method, ReservationStatus
from server.services.people.rights import Asker, Right
from server.services.reserving.finding import reservation_of
from server.store.database import reading
from server.store.tables import ReservationHistoryRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step: the first is 1. `action` has a sentence under `history.<action>`. `before` None: it began here.

    `before` and `after` are the same for what does not change how the reservation stands, such as an amnesty.
    """

    number: int
    action: str
    before: ReservationStatus | None
    after: ReservationStatus
    by: Method
    staff_id: str | None
    because: str
    at: datetime


def steps_of(organization_id: str, reservation_id: str, by: Asker) -> tuple[Step, ...]:
    """Oldest first, nothing left out. A member reads what happened and what they wrote themselves; which of the staff
    it was, and what they noted, is for staff. Raises `NotFound`, `Forbidden`."""
    with reading():
        reservation_of(organization_id, reservation_id, by, Right.WELCOME)
        rows = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == reservation_id)
        found = tuple(_step(row) for row in rows.order_by(ReservationHistoryRow.step))
    return found if by.member_id is None else tuple(map(_for_the_member, found))


def _step(row: ReservationHistoryRow) -> Step:
    return Step(
        number=row.step,
        action=row.action,
        before=ReservationStatus(row.from_status) if row.from_status else None,
        after=ReservationStatus(row.to_status),
        by=Method(row.by),
        staff_id=row.staff_id,
        because=row.cause,
        at=row.at,
    )


def _for_the_member(step: Step) -> Step:
    return replace(step, staff_id=None, because=step.because if step.by is Method.SELF else "")
