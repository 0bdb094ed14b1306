"""The services' values as the API's shapes, and an everyday no as a 409. It decides nothing."""

from datetime import timedelta
from typing import Literal

from fastapi.responses import JSONResponse

from core import messages
from core.decisions import Admitted, Refused
from core.errors import TesseraError
from core.model import Session
from core.refusals import PRIVATE_REASONS
from server.api import shapes
from server.api.errors import PROBLEM, problem_type
from server.services.people.members import Member
from server.services.reserving.arriving import Arrival
from server.services.reserving.values import Calendar, Came, CheckInStatus, Ledger, Offer, PassStatus, Place

REFUSED = 409
REFUSAL: Literal["refusal"] = "refusal"
"""The code of every refusal; its reason says which."""


def no(refused: Refused, language: str, *, to_staff: bool = False) -> JSONResponse:
    """HTTP 409 with the refusal."""
    said = refusal(refused, language, to_staff=to_staff)
    body = shapes.RefusedTold(
        type=problem_type(REFUSAL),
        title=messages.say(language, "api.problem.refusal"),
        status=REFUSED,
        detail=said.sentence,
        code=REFUSAL,
        reason=said.reason,
        sentence=said.sentence,
        until=said.until,
        refusal=said,
    )
    content = body.model_dump(mode="json", by_alias=True)
    return JSONResponse(content, REFUSED, media_type=PROBLEM)


def refusal(refused: Refused, language: str, *, to_staff: bool = False) -> shapes.RefusalTold:
    """Staff read the plain reason; a member reads what happened and what to do.

    What is not named on a public screen is named here, since only the program that asked reads it.
    """
    if to_staff or refused.reason in PRIVATE_REASONS:
        sentence = messages.refusal_for_staff(language, refused.reason)
    else:
        sentence = " ".join(messages.refusal_sentences(language, refused.reason))
    return shapes.RefusalTold(reason=refused.reason, sentence=sentence, until=refused.until)


def error(trouble: TesseraError, language: str) -> shapes.ErrorTold:
    return shapes.ErrorTold(code=trouble.code, sentence=messages.error_sentence(language, trouble))


def session(given: Session) -> shapes.SessionTold:
    return shapes.SessionTold(
        id=given.id,
        title=given.title,
        venue_id=given.venue_id,
        room=given.room,
        class_type_id=given.class_type_id,
        instructors=list(given.instructors),
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        zone=given.zone,
        capacity=given.capacity,
        taken=given.taken,
        free_places=max(0, given.capacity - given.taken),
        course_id=given.course_id,
        part=given.part,
        is_makeup=given.is_makeup,
        is_open_studio=given.is_open_studio,
        is_cancelled=given.is_cancelled,
        is_free=given.is_free,
        drop_in_cents=given.drop_in_cents,
    )


def reservation(place: Place) -> shapes.ReservationTold:
    return shapes.ReservationTold(
        id=place.id,
        registration_id=place.pass_id,
        member_id=place.member_id,
        session_id=place.session.id,
        status=place.status,
        has_hold=place.has_hold,
        made_at=place.made_at,
        made_by=place.made_by,
        checked_in_at=place.checked_in_at,
        check_in_method=place.method,
        cancelled_at=place.cancelled_at,
        cancelled_because=place.cancelled_because,
        is_late_cancel=place.is_late_cancel,
        session=session(place.session),
    )


def offer(given: Offer, language: str) -> shapes.OfferTold:
    return shapes.OfferTold(
        session=session(given.session),
        can_reserve=given.refused is None,
        refusal=refusal(given.refused, language) if given.refused else None,
    )


def calendar(given: Calendar) -> shapes.CalendarTold:
    return shapes.CalendarTold(
        attended=[_attended(came) for came in given.attended],
        upcoming=[reservation(place) for place in given.ahead],
        no_shows=[reservation(place) for place in given.missed],
        cancelled=[reservation(place) for place in given.cancelled],
    )


def _attended(came: Came) -> shapes.AttendedTold:
    return shapes.AttendedTold(
        session=session(came.session),
        checked_in_at=came.came_at,
        method=came.method,
        reservation_id=came.reservation_id,
    )


def status(given: PassStatus) -> shapes.StatusTold:
    punches = None
    if given.punches_left is not None:
        punches = shapes.PunchesTold(
            included=given.punches_included,
            remaining=given.punches_left,
            held=given.punches_held or 0,
            available=given.punches_available or 0,
        )
    suspension = given.suspension
    return shapes.StatusTold(
        registration_id=given.pass_id,
        member_id=given.member_id,
        pass_type=given.type,
        title=given.title,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
        is_valid=given.is_valid,
        sessions_included=given.punches_included,
        sessions_remaining=given.punches_left,
        sessions_attended=given.sessions_attended,
        punches=punches,
        reservations=shapes.AheadTold(
            reserved=given.reserved_ahead, max_advance_reservations=given.max_reservations_ahead
        ),
        suspension=shapes.SuspensionTold(starts_at=suspension.starts_at, ends_at=suspension.ends_at)
        if suspension
        else None,
        plan_id=given.plan_id,
        course_id=given.course_id,
        requires_sequential_attendance=given.is_in_order,
        absence_grace_period_hours=given.absence_grace / timedelta(hours=1),
        days_from_first_use=given.days_from_first_use,
        first_used_at=given.first_used_at,
        is_paused=given.is_paused,
        pauses=[shapes.PauseTold(starts_at=pause.starts_at, ends_at=pause.ends_at) for pause in given.pauses],
        cancelled_at=given.cancelled_at,
    )


def ledger(pass_id: str, given: Ledger) -> shapes.LedgerTold:
    return shapes.LedgerTold(
        registration_id=pass_id,
        balance=given.left,
        held=given.held,
        available=given.left - given.held,
        punches=[
            shapes.PunchTold(
                id=line.id,
                at=line.at,
                delta=line.delta,
                kind=line.kind,
                because=line.because,
                visit_key=line.visit_key,
                balance=line.balance,
            )
            for line in given.lines
        ],
    )


def checked_in(admitted: Admitted) -> shapes.CheckedInTold:
    return shapes.CheckedInTold(
        visit_key=admitted.visit_key,
        member_id=admitted.member_id,
        session_id=admitted.session.id,
        reservation_id=admitted.reservation_id,
        registration_id=admitted.pass_id,
        takes_punch=admitted.takes_punch,
        punches_before=admitted.punches_before,
        punches_after=admitted.punches_after,
        is_late=admitted.is_late,
        again_since=admitted.again_since,
    )


def arrival(given: Arrival, language: str) -> shapes.OneOfManyTold:
    decision = given.decision
    return shapes.OneOfManyTold(
        member_id=given.member_id,
        reservation_id=given.reservation_id,
        checked_in=checked_in(decision) if isinstance(decision, Admitted) else None,
        refusal=refusal(decision, language, to_staff=True) if isinstance(decision, Refused) else None,
        error=error(given.error, language) if given.error else None,
    )


def check_in_status(given: CheckInStatus, language: str) -> shapes.CheckInStatusTold:
    return shapes.CheckInStatusTold(
        session=session(given.session),
        self_check_in=shapes.WindowTold(
            opens_at=given.for_members.opens_at,
            closes_at=given.for_members.closes_at,
            is_open=given.is_open_for_members,
        ),
        staff_check_in=shapes.WindowTold(
            opens_at=given.for_staff.opens_at, closes_at=given.for_staff.closes_at, is_open=given.is_open_for_staff
        ),
        can_self_check_in=given.may_check_in,
        refusal=refusal(given.refused, language) if given.refused else None,
    )


def member(given: Member) -> shapes.MemberTold:
    return shapes.MemberTold(
        id=given.id,
        number=given.number,
        first_name=given.first_name,
        last_name=given.last_name,
        email=given.email,
        phone=given.phone,
        language=given.language,
        member_since=given.member_since,
        is_active=given.is_active,
    )
