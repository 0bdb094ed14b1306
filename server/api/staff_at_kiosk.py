"""Staff at a kiosk, as the kiosk asks for them: whether they are believed, and names of people not shown."""

from fastapi import APIRouter, Request, Response

from core import wire
from core.staff_talk import StaffLooks, StaffSignIn
from server.api.asking import Now
from server.api.kiosk import Credentials, in_json, token_of
from server.services.fleet.conversing import believe_staff, name_people

router = APIRouter(prefix="/api/kiosk/staff", tags=["kiosk"])


@router.post("")
async def staff_signed_in(request: Request, at: Now, credentials: Credentials) -> Response:
    """A PIN alone, or a staff card with its keyed PIN; each try is counted before it is looked at."""
    body, vault = await request.body(), request.app.state.vault
    return await in_json(
        lambda: believe_staff(token_of(credentials), wire.from_json(StaffSignIn, body), at, vault)
    )  # fmt: skip


@router.post("/names")
async def people_named(request: Request, at: Now, credentials: Credentials) -> Response:
    """Today's people at this kiosk's venue, or those whom words find; for staff whom the server believed."""
    body, vault = await request.body(), request.app.state.vault
    return await in_json(
        lambda: name_people(token_of(credentials), wire.from_json(StaffLooks, body), at, vault)
    )  # fmt: skip
