"""A member's pass over HTTP, which the source documents call a registration: its places, calendar, status, punches."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from core.scopes import Subject
from server.api import shapes, telling
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.services.reserving import looking

router = APIRouter(
    prefix="/api/registrations/{registration_id}",
    tags=["registrations"],
    dependencies=[needs(Subject.REGISTRATIONS)],
    responses=noes("pass.not_found"),
)
RegistrationId = Annotated[str, Path(max_length=80, description="A pass's id.")]
From = Annotated[shapes.Instant | None, Query(alias="from", description="Sessions that start from here on.")]
To = Annotated[shapes.Instant | None, Query(description="Sessions that start before.")]


@router.get("/reservations", response_model=shapes.ReservationsTold)
def reservations(registration_id: RegistrationId, by: By, at: Now) -> shapes.ReservationsTold:
    """Every reservation made on it: over, going on or open for check-in, and still ahead."""
    found = looking.reservations_of(by.organization_id, registration_id, by, at)
    return shapes.ReservationsTold(
        past=[telling.reservation(place) for place in found.past],
        current=[telling.reservation(place) for place in found.current],
        future=[telling.reservation(place) for place in found.future],
    )


@router.get("/calendar", response_model=shapes.CalendarTold)
def calendar(
    registration_id: RegistrationId, by: By, at: Now, from_: From = None, to: To = None
) -> shapes.CalendarTold:
    """Sessions attended, with a reservation or without; reservations ahead; no-shows; places given up."""
    return telling.calendar(looking.calendar(by.organization_id, registration_id, by, at, from_=from_, to=to))


@router.get("/status", response_model=shapes.StatusTold)
def status(registration_id: RegistrationId, by: By, at: Now) -> shapes.StatusTold:
    """What it is worth now: punches remaining and held, reservations ahead of how many, validity, suspension."""
    return telling.status(looking.status(by.organization_id, registration_id, by, at))


@router.get("/ledger", response_model=shapes.LedgerTold)
def ledger(registration_id: RegistrationId, by: By) -> shapes.LedgerTold:
    """Every punch granted, taken, given back: oldest first, nothing ever changed or left out, and the balance."""
    return telling.ledger(registration_id, looking.ledger_of(by.organization_id, registration_id, by))
