"""Absences over HTTP: by day or member, explained, excused, and contested by whom they are about."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from core.errors import Invalid
from core.scopes import Subject
from server.api import penalties_told as telling
from server.api import penalty_shapes as shapes
from server.api.asking import By, Language, Now, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.services.penalties import no_shows as absences
from server.services.penalties.contesting import contest
from server.services.penalties.explaining import explanation
from server.services.programs.paging import Part, Wanted

router = APIRouter(prefix="/api/no-shows", tags=["no-shows"], dependencies=[needs(Subject.NO_SHOWS)])
CURSOR = Cursor("no-shows", (str,))
NoShowId = Annotated[str, Path(max_length=80, description="An absence's id.")]


@router.get("", response_model=shapes.NoShowsTold, responses=noes("venue.not_found", "member.not_found"))
def no_shows(
    by: By,
    wanted: Annotated[Wanted, Depends(CURSOR)],
    day: Annotated[date | None, Query(alias="date", description="The venue's own day, as `2026-11-21`.")] = None,
    venue_id: Annotated[str | None, Query(alias="venueId", max_length=80, description="Only with `date`.")] = None,
    member_id: Annotated[str | None, Query(alias="memberId", max_length=80, description="Instead of `date`.")] = None,
) -> shapes.NoShowsTold:
    """Absences of one day, all of them, by session; or of one member in parts, newest first. Each with what it cost and
    how it stands: those that were excused or undone are among them."""
    if member_id is not None and day is None and venue_id is None:
        part = absences.no_shows_of(by.organization_id, member_id, by, wanted)
    elif day is not None and member_id is None:
        part = Part(found=absences.no_shows_on(by.organization_id, day, by, venue_id=venue_id), next=None)
    else:
        raise Invalid("no_shows.date_or_member")
    return shapes.NoShowsTold(no_shows=[telling.no_show_seen(one) for one in part.found], next=CURSOR.next(part.next))


@router.get("/{no_show_id}/explanation", response_model=shapes.ExplanationTold, responses=noes("no_show.not_found"))
def explained(no_show_id: NoShowId, by: By, at: Now, language: Language) -> shapes.ExplanationTold:
    """Which session, which rule and since when it holds, what it cost and until when, how it can be contested: in
    fields and in sentences. A member reads their own."""
    found = explanation(by.organization_id, no_show_id, by, at)
    return telling.explanation(found, language, telling.reader(by))


@router.post(
    "/{no_show_id}/excuse",
    response_model=shapes.NoShowSeenTold,
    responses=noes("no_show.not_found", conflicts=("no_show.is_undone",)),
)
def excused(no_show_id: NoShowId, wanted: shapes.BecauseWanted, by: By, at: Now) -> shapes.NoShowSeenTold:
    """It stays an absence and costs nothing any more: its strike, its punch, a suspension without other ground and the
    places it took are taken back. Twice is once, and there is no way back: suspend with a reason instead."""
    return telling.no_show_seen(absences.excuse(by.organization_id, no_show_id, wanted.because, by, at))


@router.post(
    "/{no_show_id}/contest",
    response_model=shapes.ExplanationTold,
    responses=noes("no_show.not_found", conflicts=("contest.too_late", "contest.answered", "no_show.is_undone")),
)
def contested(
    no_show_id: NoShowId, wanted: shapes.ContestWanted, by: By, at: Now, language: Language
) -> shapes.ExplanationTold:
    """The member says that they were there. It waits at the staff's inbox, who answer it once: they were there, it is
    excused, or it stands. Until then the absence stands. Contesting twice is contesting once."""
    contest(by.organization_id, no_show_id, wanted.words, by, at)
    found = explanation(by.organization_id, no_show_id, by, at)
    return telling.explanation(found, language, telling.reader(by))
