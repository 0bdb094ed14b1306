"""What stands against a member, explained; and giving back a place that the house took away."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse

from core.decisions import Refused
from core.refusals import RefusalReason as R
from core.scopes import Subject
from server.api import penalties_told, penalty_shapes, shapes, telling
from server.api.asking import By, Language, Now, needs
from server.api.described import noes
from server.services.penalties.explaining import penalties_of
from server.services.penalties.restoring import restore

router = APIRouter(prefix="/api/members", tags=["no-shows"], dependencies=[needs(Subject.NO_SHOWS)])
restoring = APIRouter(prefix="/api/reservations", tags=["reservations"], dependencies=[needs(Subject.RESERVATIONS)])
RESTORING = (
    R.SESSION_CANCELLED,
    R.SESSION_STARTED,
    R.SUSPENDED,
    R.ALREADY_RESERVED,
    R.SESSION_FULL,
    R.PASS_USED_UP,
    R.NO_PASS,
    R.PASS_NOT_YET_VALID,
    R.PASS_EXPIRED,
    R.PASS_PAUSED,
)
"""Every reason for which a place is not given back."""


@router.get(
    "/{member_id}/penalties", response_model=penalty_shapes.PenaltiesTold, responses=noes("member.not_found")
)  # fmt: skip
def penalties(
    member_id: Annotated[str, Path(max_length=80)], by: By, at: Now, language: Language
) -> penalty_shapes.PenaltiesTold:
    """Every absence and suspension of a member, each explained: the session, the rule and its version, what it cost,
    until when, how it can be contested. A member reads their own."""
    found, to = penalties_of(by.organization_id, member_id, by, at), penalties_told.reader(by)
    return penalty_shapes.PenaltiesTold(
        member_id=found.who.member_id,
        absences=[penalties_told.explanation(one, language, to) for one in found.absences],
        suspensions=[penalties_told.suspension(one, language, to) for one in found.suspensions],
    )


@restoring.post(
    "/{reservation_id}/restore",
    response_model=shapes.ReservationTold,
    responses=noes("reservation.not_found", refusals=RESTORING, conflicts=("reservation.not_taken_away",)),
)
def restored(
    reservation_id: Annotated[str, Path(max_length=80, description="A reservation's id.")],
    wanted: penalty_shapes.BecauseWanted,
    by: By,
    at: Now,
    language: Language,
) -> shapes.ReservationTold | JSONResponse:
    """Give back a place that was taken away for an absence or a suspension, where it is still free and can be paid. No
    night takes it for the same absence again. Restoring twice is restoring once."""
    outcome = restore(by.organization_id, reservation_id, wanted.because, by, at)
    if isinstance(outcome, Refused):
        return telling.no(outcome, language, to_staff=True)
    return telling.reservation(outcome)
