"""A reservation's history over HTTP: who did what to it, when and why."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from core import messages
from core.model import Method, ReservationStatus
from core.scopes import Subject
from server.api.asking import By, Language, needs
from server.api.described import noes
from server.api.reservations import ReservationId
from server.api.shapes import Told
from server.services.reserving.steps import Step, steps_of

router = APIRouter(prefix="/api/reservations", tags=["reservations"], dependencies=[needs(Subject.RESERVATIONS)])


class StepTold(Told):
    step: int = Field(description="1, 2, 3 … within the reservation.")
    action: str = Field(description="What was done; new words may come.")
    said: str = Field(description="The action in words.")
    from_status: ReservationStatus | None = Field(description="Null: it began here.")
    to_status: ReservationStatus
    by: Method
    staff_id: str | None = Field(description="Null to the member, and where it was nobody of the staff.")
    because: str = Field(description="To the member only what they wrote themselves.")
    at: datetime


class ReservationHistoryTold(Told):
    reservation_id: str
    steps: list[StepTold] = Field(description="Oldest first.")


@router.get("/{reservation_id}/history", response_model=ReservationHistoryTold, responses=noes("reservation.not_found"))
def reservation_history(reservation_id: ReservationId, by: By, language: Language) -> ReservationHistoryTold:
    """All that became of a reservation since it was made: oldest first, nothing ever changed or left out. A member
    reads their own."""
    steps = steps_of(by.organization_id, reservation_id, by)
    return ReservationHistoryTold(reservation_id=reservation_id, steps=[_told(step, language) for step in steps])


def _told(step: Step, language: str) -> StepTold:
    key = f"history.{step.action}"
    return StepTold(
        step=step.number,
        action=step.action,
        said=messages.say(language, key) if messages.has(key) else "",
        from_status=step.before,
        to_status=step.after,
        by=step.by,
        staff_id=step.staff_id,
        because=step.because,
        at=step.at,
    )
