"""Members over HTTP: found by name, number or e-mail."""

from typing import Annotated

from fastapi import APIRouter, Query

from server.api import shapes, telling
from server.api.asking import By
from server.api.described import noes
from server.services.people.members import find_members

router = APIRouter(prefix="/api/members", tags=["members"])


@router.get("", response_model=shapes.MembersTold, responses=noes())
def members(
    by: By,
    query: Annotated[str, Query(max_length=200, description="Words; each must be in the name, number or e-mail.")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> shapes.MembersTold:
    """Members whose name, number or e-mail contains every word, by name."""
    found = find_members(by.organization_id, query, by, limit=limit)
    return shapes.MembersTold(members=[telling.member(member) for member in found])
