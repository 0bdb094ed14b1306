"""A member has themselves erased: it is asked twice, each time with what goes and what stays."""

from datetime import datetime

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from core.portal import is_fresh
from server.pages.context import PagesContext
from server.pages.my.doors import do, forget, show
from server.pages.my.shell import ERASE, SETTINGS, SIGN_IN, SIGN_OUT, Sheet, button, hidden, m
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.portal.erasing import erase_oneself
from server.services.portal.signing_in import MemberVisit

SURE = "sure"


def erase_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The two questions, and the deed."""
    router = APIRouter(include_in_schema=False)

    @router.get(ERASE)
    async def first(request: Request) -> Response:
        def look(visit: MemberVisit, at: datetime) -> bool:
            return is_fresh(visit.signed_in_at, at)

        return await show(request, context, look, _first)

    @router.post(ERASE)
    async def then(request: Request, really: str = Form("")) -> Response:
        if really != SURE:
            return await show(request, context, lambda visit, at: is_fresh(visit.signed_in_at, at), _second)

        def deed(visit: MemberVisit, at: datetime) -> str:
            erase_oneself(visit, at, vault)
            return f"{SIGN_IN}?told=erased"

        answer = await do(request, context, deed)
        if answer.status_code == 303:
            forget(answer)
        return answer

    return router


def _first(visit: MemberVisit, words: MyWords, is_fresh_enough: bool) -> Sheet:
    if not is_fresh_enough:
        return _sheet(words, m("<p>{a}</p>{b}", a=words("fresh"), b=button(words("sign_out"), SIGN_OUT, main=True)))
    inside = m(
        "<p>{goes}</p><p>{stays}</p>{ways}",
        goes=words("erase.goes"),
        stays=words("erase.stays"),
        ways=_ways(words, button(words("erase.on"), ERASE)),
    )
    return _sheet(words, inside)


def _second(visit: MemberVisit, words: MyWords, is_fresh_enough: bool) -> Sheet:
    if not is_fresh_enough:
        return _first(visit, words, is_fresh_enough)
    sure = button(words("erase.sure"), ERASE, more=hidden("really", SURE))
    inside = m(
        '<p role="status" tabindex="-1" autofocus><b>{really}</b></p>{ways}',
        really=words("erase.really"),
        ways=_ways(words, sure),
    )
    return _sheet(words, inside)


def _ways(words: MyWords, on: Markup) -> Markup:
    return m(
        '<div class="answers"><a class="btn main" href="{back}">{no}</a>{on}</div>',
        back=SETTINGS,
        no=words("erase.no"),
        on=on,
    )


def _sheet(words: MyWords, inside: Markup) -> Sheet:
    body = m(
        '<header class="head"><h1>{title}</h1></header><div class="stack narrow"><section class="card">'
        '<div class="pad top-pad">{inside}</div></section></div>',
        title=words("erase"),
        inside=inside,
    )
    return Sheet(title=words("erase"), here=SETTINGS, body=body)
