"""How each of a member's pages begins, and how a form of theirs is done: who looks, one service, then a page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from core.browsers import MEMBER_COOKIE
from core.decisions import Refused
from core.errors import NotFound, TesseraError, Unauthenticated
from server.pages.context import HasClock
from server.pages.frame import written_down
from server.pages.languages import language_chosen
from server.pages.my.shell import MY, SIGN_IN, Sheet, m, whole
from server.pages.my.wording import MyWords
from server.pages.sign_in import comes_from_elsewhere
from server.services.portal.signing_in import MemberVisit, member_signed_in

COOKIE = MEMBER_COOKIE
Made = TypeVar("Made")
Look = Callable[[MemberVisit, datetime], Made]
Draw = Callable[[MemberVisit, MyWords, Made], Sheet]


async def show(request: Request, context: HasClock, look: Look[Made], draw: Draw[Made]) -> Response:
    """The page, drawn from one value; to signing in for whoever is not. What is not there is a sentence and a 404."""
    at = context.now()
    visit = await visit_of(request, at)
    if visit is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    words, status = words_for(visit, at), 200
    try:
        sheet = draw(visit, words, await run_in_threadpool(look, visit, at))
    except TesseraError as error:
        sheet, status = _sorry(words, words.error(error)), 404 if isinstance(error, NotFound) else 409
    except Exception as error:
        sheet, status = _sorry(words, words.desk("failure.more", number=written_down(error))), 500
    answer = HTMLResponse(whole(visit, words, sheet), status_code=status)
    if visit.renewed_until is not None:
        keep(answer, request, request.cookies.get(COOKIE, ""), visit.renewed_until, at)
    return answer


async def do(request: Request, context: HasClock, deed: Look[str]) -> Response:
    """A form was sent: `deed` does it and names the address to go to. Forms of other sites' pages do nothing."""
    at = context.now()
    visit = None if comes_from_elsewhere(request) else await visit_of(request, at)
    if visit is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    words = words_for(visit, at)
    try:
        return RedirectResponse(await run_in_threadpool(deed, visit, at), status_code=303)
    except TesseraError as error:
        return HTMLResponse(whole(visit, words, _sorry(words, words.error(error))), status_code=409)
    except Exception as error:
        sorry = _sorry(words, words.desk("failure.more", number=written_down(error)))
        return HTMLResponse(whole(visit, words, sorry), status_code=500)


async def visit_of(request: Request, at: datetime) -> MemberVisit | None:
    """None: no member is signed in there. The language chosen in this browser goes before their own."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    try:
        visit = await run_in_threadpool(member_signed_in, token, at)
    except Unauthenticated:
        return None
    chosen = language_chosen(request.cookies)
    return visit.in_language(chosen) if chosen else visit


def words_for(visit: MemberVisit, at: datetime) -> MyWords:
    return MyWords(language=visit.language, zone=visit.zone, at=at, venues=visit.venues)


def keep(answer: Response, request: Request, token: str, until: datetime, at: datetime) -> None:
    """The browser keeps who it is, out of reach of any script and of other sites' forms."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int((until - at).total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def forget(answer: Response) -> None:
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")


def led_to(address: str, **query: str) -> str:
    """An address with what is to be said or shown there."""
    given: Mapping[str, str] = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


def became(outcome: object, done: str) -> str:
    """The word for the page that comes next: what was done, or why not."""
    return f"refused.{outcome.reason.value}" if isinstance(outcome, Refused) else done


def _sorry(words: MyWords, sentence: str) -> Sheet:
    body = m(
        '<section class="card"><div class="empty"><h1>{title}</h1><p role="status" tabindex="-1" autofocus>{sentence}'
        '</p><a class="btn" href="{home}">{back}</a></div></section>',
        title=words.desk("failure.page"),
        sentence=sentence,
        home=MY,
        back=words("back"),
    )
    return Sheet(title=words.desk("failure.page"), body=body)
