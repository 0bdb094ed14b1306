"""Waiting lists over HTTP: for a members' app, and for staff on the source's paths."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import JSONResponse

from core.decisions import Refused
from core.errors import Invalid
from core.refusals import RefusalReason as R
from core.scopes import Subject
from server.api import shapes, telling
from server.api import waiting_shapes as waiting
from server.api.asking import By, Language, Now, needs
from server.api.described import RESERVING, noes
from server.services.reserving.reserve import Wish
from server.services.waiting import answering, joining, looking
from server.services.waiting.joining import WaitingWish
from server.services.waiting.values import InLine

router = APIRouter(prefix="/api/waiting-lists", tags=["waiting lists"], dependencies=[needs(Subject.WAITING)])
for_staff = APIRouter(prefix="/api/admin", tags=["waiting lists"], dependencies=[needs(Subject.WAITING)])

WaitingId = Annotated[str, Path(max_length=80, description="The id of one member's entry on one session's list.")]
NOT_TO_JOIN = tuple(reason for reason in RESERVING if reason is not R.SESSION_FULL)
THERE = ("session.not_found", "pass.not_found", "member.not_found")
NO_OFFER = ("waiting.no_offer", "waiting.offer_is_over", "waiting.is_over")
NOT_TO_OFFER = ("waiting.is_over", "waiting.too_late_to_offer", "feature.is_off")
JOINING = noes(*THERE, refusals=NOT_TO_JOIN, conflicts=("waiting.place_is_free", "feature.is_off"))
WANTED = Body(openapi_examples={"be booked": {"value": {"memberId": "0199…", "sessionId": "019a…", "autoBook": True}}})


@router.post("", status_code=201, response_model=waiting.WaitingTold, responses=JOINING)
def join(
    wanted: Annotated[waiting.WaitingWanted, WANTED], by: By, at: Now, language: Language
) -> waiting.WaitingTold | JSONResponse:
    """Stand in line for a full session. Checked as for reserving, apart from the place; one that is free is reserved,
    not waited for. Twice is once, and the newer `autoBook` counts. `position` says how many come first."""
    told = joining.join(by.organization_id, _wish(wanted), by.for_member(), at)
    return telling.no(told, language) if isinstance(told, Refused) else _told(told, language)


@router.get("", response_model=waiting.WaitsTold, responses=noes("member.not_found"))
def waits_of_member(
    by: By,
    at: Now,
    language: Language,
    member_id: Annotated[
        str | None, Query(alias="memberId", min_length=1, max_length=80, description="A member finds their own.")
    ] = None,
) -> waiting.WaitsTold:
    """What a member waits for, or waited for, of sessions that are not over: position, people ahead, and until when a
    place that is offered is held for them."""
    whose = member_id or by.member_id
    if whose is None:
        raise Invalid("field.missing", field="memberId")
    found = looking.waiting_of_member(by.organization_id, whose, by.for_member(), at)
    return waiting.WaitsTold(waiting=[_told(one, language) for one in found])


@router.get("/alternatives", response_model=waiting.AlternativesTold, responses=noes(*THERE[::2]))
def alternatives(
    by: By,
    at: Now,
    session_id: Annotated[str, Query(alias="sessionId", min_length=1, max_length=80)],
    member_id: Annotated[str | None, Query(alias="memberId", min_length=1, max_length=80)] = None,
) -> waiting.AlternativesTold:
    """Other sessions with a free place that would do, at most five, the nearest first: of the same class type, or the
    same part of its course; of a member, those that they could reserve now."""
    found = looking.alternatives(by.organization_id, session_id, by, at, member_id=member_id)
    return waiting.AlternativesTold(alternatives=[telling.session(one) for one in found])


@router.post(
    "/{waiting_id}/accept",
    response_model=shapes.ReservationTold,
    responses=noes("waiting.not_found", refusals=RESERVING, conflicts=NO_OFFER),
)
def accept(waiting_id: WaitingId, by: By, at: Now, language: Language) -> shapes.ReservationTold | JSONResponse:
    """Take the place that is offered: it becomes a reservation. Twice is once. A refusal, such as a pass without
    punches, leaves the offer as it stands."""
    outcome = answering.accept(by.organization_id, waiting_id, by.for_member(), at)
    return telling.no(outcome, language) if isinstance(outcome, Refused) else telling.reservation(outcome.place)


@router.post(
    "/{waiting_id}/decline",
    response_model=waiting.WaitingTold,
    responses=noes("waiting.not_found", conflicts=NO_OFFER),
)
def decline(waiting_id: WaitingId, by: By, at: Now, language: Language) -> waiting.WaitingTold:
    """The place that is offered is not wanted: off the list, and the next in line is offered it at once."""
    return _told(answering.decline(by.organization_id, waiting_id, by.for_member(), at), language)


@router.delete("/{waiting_id}", response_model=waiting.WaitingTold, responses=noes("waiting.not_found"))
def leave(waiting_id: WaitingId, by: By, at: Now, language: Language) -> waiting.WaitingTold:
    """Wait no more. Twice is once."""
    return _told(joining.leave(by.organization_id, waiting_id, by.for_member(), at), language)


@for_staff.get(
    "/sessions/{session_id}/waiting-list",
    response_model=waiting.WaitingListTold,
    responses=noes("session.not_found"),
)
def waiting_list(
    session_id: Annotated[str, Path(max_length=80)], by: By, language: Language
) -> waiting.WaitingListTold:
    """Who waits for a session: those for whom a place is held, then the others in line."""
    found = looking.waiting_list(by.organization_id, session_id, by)
    return waiting.WaitingListTold(waiting=[_told_to_staff(one, language) for one in found])


@for_staff.post("/waiting-lists", status_code=201, response_model=waiting.WaitingToldToStaff, responses=JOINING)
def add(
    wanted: Annotated[waiting.WaitingWantedByStaff, WANTED], by: By, at: Now, language: Language
) -> waiting.WaitingToldToStaff | JSONResponse:
    """Staff put a member on a session's list."""
    told = joining.join(by.organization_id, _wish(wanted, wanted.notes), by, at)
    return telling.no(told, language, to_staff=True) if isinstance(told, Refused) else _told_to_staff(told, language)


@for_staff.put(
    "/waiting-lists/{waiting_id}/offer",
    response_model=waiting.WaitingToldToStaff,
    responses=noes("waiting.not_found", refusals=RESERVING, conflicts=NOT_TO_OFFER),
)
def offer(waiting_id: WaitingId, by: By, at: Now, language: Language) -> waiting.WaitingToldToStaff | JSONResponse:
    """Staff offer a free place to this one, whoever else waits. Without staff, free places are offered by themselves,
    in order, within a minute."""
    told = answering.offer_to(by.organization_id, waiting_id, by, at)
    return telling.no(told, language, to_staff=True) if isinstance(told, Refused) else _told_to_staff(told, language)


@for_staff.put(
    "/waiting-lists/{waiting_id}/priority",
    response_model=waiting.WaitingToldToStaff,
    responses=noes("waiting.not_found", conflicts=("waiting.is_over",)),
)
def priority(
    waiting_id: WaitingId, wanted: waiting.PriorityWanted, by: By, at: Now, language: Language
) -> waiting.WaitingToldToStaff:
    """Staff put somebody before the others, or behind them, and say why."""
    told = joining.set_priority(by.organization_id, waiting_id, wanted.priority, wanted.because, by, at)
    return _told_to_staff(told, language)


@for_staff.delete(
    "/waiting-lists/{waiting_id}", response_model=waiting.WaitingToldToStaff, responses=noes("waiting.not_found")
)
def remove(
    waiting_id: WaitingId,
    by: By,
    at: Now,
    language: Language,
    because: Annotated[str, Query(max_length=255)] = "",
) -> waiting.WaitingToldToStaff:
    """Staff take somebody off the list. A place held for them goes to the next at once."""
    return _told_to_staff(joining.leave(by.organization_id, waiting_id, by, at, because=because), language)


def _wish(wanted: waiting.WaitingWanted, notes: str = "") -> WaitingWish:
    place = Wish(session_id=wanted.session_id, pass_id=wanted.registration_id, member_id=wanted.member_id)
    return WaitingWish(place=place, is_auto_book=wanted.auto_book, notes=notes)


def _told(given: InLine, language: str) -> waiting.WaitingTold:
    whole = _told_to_staff(given, language).model_dump(exclude={"notes", "priority_because"})
    return waiting.WaitingTold.model_validate(whole)


def _told_to_staff(given: InLine, language: str) -> waiting.WaitingToldToStaff:
    passed_over = telling.refusal(Refused(reason=given.passed_over), language) if given.passed_over else None
    return waiting.WaitingToldToStaff(
        id=given.id,
        member_id=given.member_id,
        session_id=given.session.id,
        registration_id=given.pass_id,
        status=given.status,
        position=given.position,
        people_ahead=given.people_ahead,
        priority=given.priority,
        auto_book=given.is_auto_book,
        joined_at=given.joined_at,
        joined_by=given.joined_by,
        offered_at=given.offered_at,
        offer_expires_at=given.offer_ends_at,
        offers_missed=given.offers_missed,
        passed_over=passed_over,
        reservation_id=given.reservation_id,
        ended_at=given.ended_at,
        ended_because=given.ended_because,
        session=telling.session(given.session),
        notes=given.notes,
        priority_because=given.priority_because,
    )
