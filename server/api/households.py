"""Who leads whom in on one card, and a member's PIN for kiosks: for programs that keep a studio's members."""

from fastapi import APIRouter, Request, Response
from pydantic import Field

from core.scopes import Subject
from server.api import shapes, telling
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.api.shapes import Given
from server.services.door.finding import set_find_pin
from server.services.fleet.households import household_of, set_household

router = APIRouter(prefix="/api/members", tags=["members"], dependencies=[needs(Subject.MEMBERS)])


class HouseholdWanted(Given):
    """The members whom this one's cards bring in besides them, in the order in which the screen names them."""

    member_ids: list[str] = Field(max_length=50)


class FindPinWanted(Given):
    """Six digits; empty takes it away."""

    pin: str = Field(max_length=20)


@router.get("/{member_id}/household", response_model=shapes.MembersTold, responses=noes("member.not_found"))
def household(by: By, member_id: str) -> shapes.MembersTold:
    """Whom this member's cards bring in besides them."""
    led = household_of(by.organization_id, member_id, by)
    return shapes.MembersTold(members=[telling.member(member) for member in led])


@router.put(
    "/{member_id}/household",
    response_model=shapes.MembersTold,
    responses=noes("member.not_found"),
)
def household_set(
    by: By, at: Now, member_id: str, wanted: HouseholdWanted, request: Request
) -> shapes.MembersTold:  # fmt: skip
    """From now on exactly these; kiosks learn it in a moment."""
    set_household(by.organization_id, member_id, wanted.member_ids, by, at, request.app.state.vault)
    return household(by, member_id)


@router.put("/{member_id}/find-pin", status_code=204, responses=noes("member.not_found"))
def find_pin_set(by: By, at: Now, member_id: str, wanted: FindPinWanted, request: Request) -> Response:
    """The PIN by which a kiosk finds this member without a card, where the studio's policy says so."""
    set_find_pin(by.organization_id, member_id, wanted.pin, by, at, request.app.state.vault)
    return Response(status_code=204)
