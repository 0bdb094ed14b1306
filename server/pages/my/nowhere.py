"""An address under `/my` at which nothing is: said in the member's language, within their own pages."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from core.errors import NotFound
from server.pages.context import PagesContext
from server.pages.my.doors import show
from server.pages.my.shell import MY, Sheet
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.portal.signing_in import MemberVisit


def nowhere_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """Last of all, since every address fits."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"{MY}/{{rest:path}}")
    async def nowhere(request: Request, rest: str) -> Response:
        return await show(request, context, _look, _draw) if rest else RedirectResponse(MY, status_code=303)

    return router


def _look(visit: MemberVisit, at: datetime) -> None:
    raise NotFound("portal.no_page")


def _draw(visit: MemberVisit, words: MyWords, value: None) -> Sheet:
    raise AssertionError("nothing was found, so nothing is drawn")
