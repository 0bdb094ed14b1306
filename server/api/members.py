"""Members over HTTP: found by name, number or e-mail."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.scopes import Subject
from server.api import shapes, telling
from server.api.asking import By, needs
from server.api.described import noes
from server.api.paging import Cursor
from server.services.programs import lists
from server.services.programs.paging import Wanted

router = APIRouter(prefix="/api/members", tags=["members"], dependencies=[needs(Subject.MEMBERS)])
CURSOR = Cursor("members", (str, str, str))


@router.get("", response_model=shapes.MemberListTold, responses=noes())
def members(
    by: By,
    wanted: Annotated[Wanted, Depends(CURSOR)],
    query: Annotated[str, Query(max_length=200, description="Words; each must be in the name, number or e-mail.")] = "",
) -> shapes.MemberListTold:
    """Members whose name, number or e-mail contains every word, by name."""
    part = lists.members(by.organization_id, query, by, wanted)
    found = [telling.member(member) for member in part.found]
    return shapes.MemberListTold(members=found, next=CURSOR.next(part.next))
