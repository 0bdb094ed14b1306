"""Passes over HTTP: those of a member, selling one, and what staff may do to it. A pass is a registration there."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from core.decisions import Refused
from core.scopes import Subject
from server.api import pass_shapes, shapes, telling
from server.api.asking import By, Language, Now, needs
from server.api.described import CHECKING_IN, noes
from server.api.pass_shapes import (
    AdjustWanted,
    DropInWanted,
    ExtendWanted,
    PauseWanted,
    ReasonWanted,
    RegistrationWanted,
    TransferWanted,
)
from server.services.passes.changing import PassChange, changes_of
from server.services.passes.ending import cancel_pass, extend_pass
from server.services.passes.pausing import pause_pass, resume_pass
from server.services.passes.transferring import transfer_pass
from server.services.people.pass_plans import Plan, list_plans
from server.services.people.passes import correct_punches, sell_pass
from server.services.people.rights import Asker
from server.services.reserving import arriving, looking

router = APIRouter(prefix="/api", tags=["registrations"], dependencies=[needs(Subject.REGISTRATIONS)])
drop_ins = APIRouter(prefix="/api", tags=["check-ins"], dependencies=[needs(Subject.CHECK_INS)])
RegistrationId = Annotated[str, Path(max_length=80, description="A pass's id.")]


@router.get("/plans", response_model=pass_shapes.PlansTold, responses=noes())
def plans(
    by: By,
    at: Now,
    with_retired: Annotated[bool, Query(alias="withRetired", description="Those sold no more, too.")] = False,
) -> pass_shapes.PlansTold:
    """What is sold, by title."""
    found = list_plans(by.organization_id, by, at, with_retired=with_retired)
    return pass_shapes.PlansTold(plans=[_plan(plan) for plan in found])


@router.get(
    "/members/{member_id}/registrations",
    response_model=pass_shapes.RegistrationsTold,
    responses=noes("member.not_found"),
)
def registrations(member_id: Annotated[str, Path(max_length=80)], by: By, at: Now) -> pass_shapes.RegistrationsTold:
    """Every registration a member ever had, the newest first, each with its status."""
    found = looking.passes_of(by.organization_id, member_id, by, at)
    return pass_shapes.RegistrationsTold(registrations=[telling.status(one) for one in found])


@router.post(
    "/registrations",
    status_code=201,
    response_model=shapes.StatusTold,
    responses=noes("member.not_found", "plan.not_found", conflicts=("plan.retired", "member.erased")),
)
def sell(wanted: RegistrationWanted, by: By, at: Now) -> shapes.StatusTold:
    """Sell a pass to a member, its punches granted."""
    made = sell_pass(
        by.organization_id,
        wanted.member_id,
        wanted.plan_id,
        by,
        at,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    return _status(made, by, at)


@router.get(
    "/registrations/{registration_id}/history",
    response_model=pass_shapes.PassHistoryTold,
    responses=noes("pass.not_found"),
)
def history(registration_id: RegistrationId, by: By) -> pass_shapes.PassHistoryTold:
    """All that was done to it since it was sold: oldest first, nothing ever changed or left out."""
    found = changes_of(by.organization_id, registration_id, by)
    return pass_shapes.PassHistoryTold(registration_id=registration_id, changes=[_change(one) for one in found])


@router.post(
    "/registrations/{registration_id}/adjust",
    response_model=shapes.StatusTold,
    responses=noes("pass.not_found", conflicts=("pass.punches_not_there", "pass.is_not_punched")),
)
def adjust(registration_id: RegistrationId, wanted: AdjustWanted, by: By, at: Now) -> shapes.StatusTold:
    """Add or take punches, as a line of the ledger with its reason."""
    correct_punches(by.organization_id, registration_id, wanted.delta, wanted.because, by, at)
    return _status(registration_id, by, at)


@router.post(
    "/registrations/{registration_id}/transfer",
    response_model=pass_shapes.TransferredTold,
    responses=noes(
        "pass.not_found",
        "member.not_found",
        conflicts=(
            "pass.has_reservations",
            "pass.punches_not_there",
            "pass.is_not_punched",
            "pass.is_paused",
            "pass.has_ended",
            "pass.is_cancelled",
            "pass.same_member",
            "member.erased",
        ),
    ),
)
def transfer(registration_id: RegistrationId, wanted: TransferWanted, by: By, at: Now) -> pass_shapes.TransferredTold:
    """Give it, or some of its punches, to another member: a new registration of theirs, for the time it still has."""
    new = transfer_pass(
        by.organization_id, registration_id, wanted.member_id, wanted.because, by, at, punches=wanted.punches
    )
    return pass_shapes.TransferredTold(
        registration=_status(registration_id, by, at), new_registration=_status(new, by, at)
    )


@router.post(
    "/registrations/{registration_id}/pause",
    response_model=shapes.StatusTold,
    responses=noes("pass.not_found", conflicts=("pass.paused_already", "pass.has_ended", "pass.is_cancelled")),
)
def pause(registration_id: RegistrationId, wanted: PauseWanted, by: By, at: Now) -> shapes.StatusTold:
    """Not used in that time. Its end moves by as long; places reserved in it are given up, their punches free."""
    pause_pass(by.organization_id, registration_id, wanted.until, wanted.because, by, at, from_=wanted.from_)
    return _status(registration_id, by, at)


@router.post(
    "/registrations/{registration_id}/resume",
    response_model=shapes.StatusTold,
    responses=noes("pass.not_found", conflicts=("pass.not_paused", "pass.is_cancelled")),
)
def resume(registration_id: RegistrationId, wanted: ReasonWanted, by: By, at: Now) -> shapes.StatusTold:
    """End the pause now, or call off the next one; its end moves back by what is left of it."""
    resume_pass(by.organization_id, registration_id, wanted.because, by, at)
    return _status(registration_id, by, at)


@router.post(
    "/registrations/{registration_id}/extend",
    response_model=shapes.StatusTold,
    responses=noes("pass.not_found", conflicts=("pass.has_no_end", "pass.is_cancelled")),
)
def extend(registration_id: RegistrationId, wanted: ExtendWanted, by: By, at: Now) -> shapes.StatusTold:
    """Good for so many days longer; one that has ended, too."""
    extend_pass(by.organization_id, registration_id, wanted.days, wanted.because, by, at)
    return _status(registration_id, by, at)


@router.post(
    "/registrations/{registration_id}/cancel",
    response_model=shapes.StatusTold,
    responses=noes("pass.not_found", conflicts=("pass.is_cancelled",)),
)
def cancel(registration_id: RegistrationId, wanted: ReasonWanted, by: By, at: Now) -> shapes.StatusTold:
    """It pays for nothing more. Places reserved on it are given up; what was come to stays."""
    cancel_pass(by.organization_id, registration_id, wanted.because, by, at)
    return _status(registration_id, by, at)


@drop_ins.post(
    "/sessions/{session_id}/drop-ins",
    response_model=shapes.CheckedInTold,
    responses=noes(
        "session.not_found", "member.not_found", refusals=CHECKING_IN, conflicts=("session.sells_no_drop_ins",)
    ),
)
def drop_in(
    session_id: Annotated[str, Path(max_length=80)], wanted: DropInWanted, by: By, at: Now, language: Language
) -> shapes.CheckedInTold | JSONResponse:
    """Let somebody in who pays at the desk: no pass pays. Staff only; twice is once."""
    visitor = arriving.Visitor(
        session_id=session_id,
        member_id=wanted.member_id,
        cents=wanted.cents,
        note=wanted.note,
        staff_id=wanted.staff_id,
    )
    outcome = arriving.check_in_drop_in(by.organization_id, visitor, by, at)
    if isinstance(outcome, Refused):
        return telling.no(outcome, language, to_staff=True)
    return telling.checked_in(outcome)


def _status(pass_id: str, by: Asker, at: Now) -> shapes.StatusTold:
    return telling.status(looking.status(by.organization_id, pass_id, by, at))


def _change(given: PassChange) -> pass_shapes.PassChangeTold:
    return pass_shapes.PassChangeTold(
        id=given.id,
        kind=given.kind.value,
        by=given.by,
        staff_id=given.staff_id,
        because=given.because,
        data=given.data,
        at=given.at,
    )


def _plan(given: Plan) -> pass_shapes.PlanTold:
    return pass_shapes.PlanTold(
        id=given.id,
        title=given.title,
        pass_type=given.type,
        class_type_ids=list(given.class_type_ids),
        course_id=given.course_id,
        sessions_included=given.punches,
        valid_days=given.valid_days,
        begins_with_first_use=given.begins_with_first_use,
        requires_sequential_attendance=given.is_in_order,
        max_advance_reservations=given.max_reservations_ahead,
        absence_grace_period_hours=given.absence_grace / timedelta(hours=1),
        retired_at=given.retired_at,
    )
