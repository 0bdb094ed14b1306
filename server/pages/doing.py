"""What a page does for somebody: in their name, only while they are signed in, and away from the loop that draws."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from core.errors import TesseraError
from server.pages.context import SIGN_IN, PagesContext
from server.pages.visits import Visit, still_signed_in, visit_of
from server.pages.words import Words
from server.services.people.rights import Asker

Made = TypeVar("Made")
Deed = Callable[[Asker, datetime], object]
"""A service's verb with everything given but who asks and when."""


async def do_for(visit: Visit, context: PagesContext, deed: Callable[[Asker, datetime], Made]) -> Made:
    """What the service gave. Raises the service's errors, and that the visitor has signed out meanwhile."""

    def done() -> Made:
        at = context.now()
        still_signed_in(visit, at)
        return deed(visit.visitor.asker, at)

    return await run_in_threadpool(done)


async def on_paper(request: Request, context: PagesContext, drawn: Callable[[Asker, datetime, str], bytes]) -> Response:
    """A PDF for whoever is signed in, drawn for them, now, in their language; an error is a sentence and a 404."""
    visit = await visit_of(request, context)
    if visit is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    asker, language = visit.visitor.asker, visit.visitor.language
    try:
        made = await run_in_threadpool(drawn, asker, context.now(), language)
    except TesseraError as error:
        return Response(Words(language=language).error(error), status_code=404, media_type="text/plain")
    return Response(made, media_type="application/pdf")
