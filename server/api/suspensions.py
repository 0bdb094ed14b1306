"""Suspensions over HTTP: listed with their trail, imposed, lifted."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from core.scopes import Subject
from server.api import penalties_told as telling
from server.api import penalty_shapes as shapes
from server.api.asking import By, Language, Now, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.services.penalties import suspended
from server.services.penalties.values import Standing
from server.services.people.suspensions import lift_suspension, suspend
from server.services.programs.paging import Wanted

router = APIRouter(prefix="/api/suspensions", tags=["suspensions"], dependencies=[needs(Subject.SUSPENSIONS)])
CURSOR = Cursor("suspensions", (int, str))


@router.get("", response_model=shapes.SuspensionListTold, responses=noes("member.not_found"))
def suspensions(
    by: By,
    at: Now,
    language: Language,
    wanted: Annotated[Wanted, Depends(CURSOR)],
    standing: Annotated[Standing | None, Query(description="Unless given, all there ever were.")] = None,
    member_id: Annotated[str | None, Query(alias="memberId", max_length=80)] = None,
) -> shapes.SuspensionListTold:
    """Suspensions, those made last first: that stand now, are to come or are over, with who made and lifted each."""
    which = suspended.Which(standing=standing, member_id=member_id)
    part = suspended.suspensions(by.organization_id, which, by, at, wanted)
    found = [telling.suspension(one, language, telling.reader(by)) for one in part.found]
    return shapes.SuspensionListTold(suspensions=found, next=CURSOR.next(part.next))


@router.post("", status_code=201, response_model=shapes.SuspensionSeenTold, responses=noes("member.not_found"))
def suspension_made(
    wanted: shapes.SuspensionWanted, by: By, at: Now, language: Language
) -> shapes.SuspensionSeenTold:  # fmt: skip
    """Suspend a member until a moment, from now or from a later one on. Places reserved in that time are given up and
    their punches free; lifting it gives back those that are free then. Twice with the same time and reason is once."""
    id_ = suspend(
        by.organization_id, wanted.member_id, wanted.ends_at, wanted.because, by, at, starts_at=wanted.starts_at
    )
    return telling.suspension(suspended.suspension(by.organization_id, id_, by, at), language, telling.reader(by))


@router.post(
    "/{suspension_id}/lift",
    response_model=shapes.SuspensionSeenTold,
    responses=noes("suspension.not_found", conflicts=("suspension.is_over",)),
)
def suspension_lifted(
    suspension_id: Annotated[str, Path(max_length=80, description="A suspension's id.")],
    wanted: shapes.BecauseWanted,
    by: By,
    at: Now,
    language: Language,
) -> shapes.SuspensionSeenTold:
    """End a suspension now, with a reason. Places that it took and that are still free stand again."""
    lift_suspension(by.organization_id, suspension_id, wanted.because, by, at)
    seen = suspended.suspension(by.organization_id, suspension_id, by, at)
    return telling.suspension(seen, language, telling.reader(by))
