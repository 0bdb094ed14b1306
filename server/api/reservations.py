"""Reservations over HTTP: reserve, what can be reserved, cancel, and checking in on one. Paths are the source's."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query
from fastapi.responses import JSONResponse

from core.decisions import Refused
from core.model import ReservationStatus
from core.scopes import Subject
from server.api import shapes, telling
from server.api.asking import By, Language, Now, needs
from server.api.described import CANCELLING, CHECKING_IN, RESERVING, noes
from server.api.paging import Cursor
from server.services.programs import lists
from server.services.programs.paging import Wanted
from server.services.reserving import arriving, looking
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve

router = APIRouter(prefix="/api/reservations", tags=["reservations"], dependencies=[needs(Subject.RESERVATIONS)])
check_ins = APIRouter(prefix="/api", tags=["check-ins"], dependencies=[needs(Subject.CHECK_INS)])
CURSOR = Cursor("reservations", (int, str))
ReservationId = Annotated[str, Path(max_length=80, description="A reservation's id.")]
A_FORTNIGHT = timedelta(days=14)


@router.get(
    "",
    response_model=shapes.ReservationListTold,
    responses=noes("member.not_found", "session.not_found"),
)
def reservations(
    by: By,
    wanted: Annotated[Wanted, Depends(CURSOR)],
    member_id: Annotated[str | None, Query(alias="memberId", max_length=80)] = None,
    session_id: Annotated[str | None, Query(alias="sessionId", max_length=80)] = None,
    status: Annotated[ReservationStatus | None, Query()] = None,
) -> shapes.ReservationListTold:
    """Reservations, those made last first: of a member, in a session, in a state, or all. A member finds their own."""
    which = lists.Which(member_id=member_id, session_id=session_id, status=status)
    part = lists.reservations(by.organization_id, which, by, wanted)
    found = [telling.reservation(place) for place in part.found]
    return shapes.ReservationListTold(reservations=found, next=CURSOR.next(part.next))


@router.post(
    "",
    status_code=201,
    response_model=shapes.ReservationTold,
    responses=noes("session.not_found", "pass.not_found", "member.not_found", refusals=RESERVING),
)
def make_reservation(
    wanted: Annotated[
        shapes.ReservationWanted,
        Body(openapi_examples={"on a pass": {"value": {"registrationId": "0199…", "sessionId": "019a…"}}}),
    ],
    by: By,
    at: Now,
    language: Language,
) -> shapes.ReservationTold | JSONResponse:
    """Take a place in a session for a member, and set aside a punch of a punch pass for it.

    Checked, in this order: the member belongs and is not suspended; the session takes place, has not begun, is not
    reserved already and has a free place; the pass is for it, valid when it starts, has a punch left, its parts in
    order, and fewer reservations ahead than its limit.
    """
    wish = Wish(session_id=wanted.session_id, pass_id=wanted.registration_id, member_id=wanted.member_id)
    outcome = reserve(by.organization_id, wish, by.for_member(), at)
    if isinstance(outcome, Refused):
        return telling.no(outcome, language)
    return telling.reservation(outcome.place)


@router.get(
    "/available",
    response_model=shapes.OffersTold,
    responses=noes("pass.not_found"),
)
def available_sessions(
    by: By,
    at: Now,
    language: Language,
    registration_id: Annotated[str, Query(alias="registrationId", min_length=1, max_length=80)],
    from_: Annotated[shapes.Instant | None, Query(alias="from", description="Unless given, now.")] = None,
    to: Annotated[shapes.Instant | None, Query(description="Unless given, 14 days later. At most 93.")] = None,
) -> shapes.OffersTold:
    """Sessions that a registration is good for, each with its free places, and why it cannot be reserved if it cannot:
    full, reserved already, too many ahead, a part before its turn …"""
    begins = from_ or at
    found = looking.available(by.organization_id, registration_id, begins, to or begins + A_FORTNIGHT, by, at)
    return shapes.OffersTold(available=[telling.offer(offer, language) for offer in found])


@router.delete(
    "/{reservation_id}",
    response_model=shapes.CancelledTold,
    responses=noes("reservation.not_found", refusals=CANCELLING),
)
def cancel_reservation(
    reservation_id: ReservationId,
    by: By,
    at: Now,
    language: Language,
    because: Annotated[str, Query(max_length=255, description="Stands in the history.")] = "",
) -> shapes.CancelledTold | JSONResponse:
    """Give a place up. The place is free at once; so is its punch, unless it is cancelled late: then the punch stays
    set aside until the night, since the member may still come. Cancelling twice is cancelling once."""
    outcome = cancel(by.organization_id, reservation_id, by.for_member(), at, because=because)
    if isinstance(outcome, Refused):
        return telling.no(outcome, language)
    return shapes.CancelledTold(reservation=telling.reservation(outcome.place), keeps_hold=outcome.keeps_hold)


@check_ins.post(
    "/reservations/{reservation_id}/check-in",
    response_model=shapes.CheckedInTold,
    responses=noes("reservation.not_found", refusals=CHECKING_IN, conflicts=("attempt.other_under_same_id",)),
)
def check_in(
    reservation_id: ReservationId,
    by: By,
    at: Now,
    language: Language,
    wanted: shapes.SelfCheckInWanted | None = None,
) -> shapes.CheckedInTold | JSONResponse:
    """A member checks in by themselves, in the window around the session. The punch set aside is taken. Checking in
    twice is checking in once: `againSince` says so, and nothing more is taken."""
    attempt_id = wanted.attempt_id if wanted else None
    decided = arriving.check_in_by_member(by.organization_id, reservation_id, by, at, attempt_id=attempt_id)
    if isinstance(decided, Refused):
        return telling.no(decided, language)
    return telling.checked_in(decided)


@check_ins.post(
    "/staff/reservations/{reservation_id}/check-in",
    tags=["staff"],
    response_model=shapes.CheckedInTold,
    responses=noes("reservation.not_found", refusals=CHECKING_IN),
)
def check_in_by_staff(
    reservation_id: ReservationId,
    by: By,
    at: Now,
    language: Language,
    wanted: shapes.StaffCheckInWanted | None = None,
) -> shapes.CheckedInTold | JSONResponse:
    """Staff check a member in, at any time of the session's day at its venue. To let somebody in against a rule,
    record an override first: there is no flag for it."""
    wanted = wanted or shapes.StaffCheckInWanted()
    decided = arriving.check_in_by_staff(
        by.organization_id, reservation_id, by, at, because=wanted.because, staff_id=wanted.staff_id
    )
    if isinstance(decided, Refused):
        return telling.no(decided, language, to_staff=True)
    return telling.checked_in(decided)


@check_ins.post(
    "/staff/check-in",
    tags=["staff"],
    response_model=shapes.ManyTold,
    responses=noes("session.not_found"),
)
def check_in_many(
    wanted: Annotated[
        shapes.ManyCheckInsWanted,
        Body(openapi_examples={"two": {"value": {"sessionId": "019a…", "memberIds": ["0199…", "0199…"]}}}),
    ],
    by: By,
    at: Now,
    language: Language,
) -> shapes.ManyTold:
    """Staff check many in to one session. Each is decided and recorded by itself, and has its own outcome: checked in,
    refused for a reason, or an error; one that fails takes nobody along. The answer is 200 whatever the outcomes."""
    found = arriving.check_in_many(
        by.organization_id,
        wanted.session_id,
        by,
        at,
        member_ids=wanted.member_ids,
        reservation_ids=wanted.reservation_ids,
        because=wanted.because,
        staff_id=wanted.staff_id,
    )
    return shapes.ManyTold(outcomes=[telling.arrival(one, language) for one in found])
