"""Members sign in: an address is typed, a link comes by mail, and a button on its page uses it up.

Opening the link does nothing by itself, since mail programs open links to look for danger. The way in by a phone's
code page is not taken: that link lies on a home screen for months and opens a door, not somebody's data.
"""

from datetime import datetime

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from core import clocktime
from core.addresses import is_loopback
from core.errors import Invalid, NotFound, Unauthenticated
from core.messages import language_asked_for
from server.pages.context import PagesContext
from server.pages.languages import language_chosen
from server.pages.my.doors import COOKIE, do, forget, keep, visit_of
from server.pages.my.shell import EVERYWHERE, MY, SIGN_IN, SIGN_OUT, gate, m, said
from server.pages.my.wording import MyWords
from server.pages.sign_in import LONGEST, comes_from_elsewhere
from server.services.door.vault import CodeVault
from server.services.portal.links import SIGN_IN_LINK, ask_for_link, count_asking, whose_link
from server.services.portal.signing_in import MemberVisit, sign_in_with, sign_out, sign_out_everywhere


def gate_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The form, the link's page, and the ways out."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    async def form(request: Request, told: str = "") -> Response:
        at = context.now()
        if await visit_of(request, at):
            return RedirectResponse(MY, status_code=303)
        words = _words(request, at)
        return _form(words, calm=words(f"gate.{told}") if told in ("out", "erased") else "")

    @router.post(SIGN_IN)
    async def asked(request: Request, email: str = Form("")) -> Response:
        at = context.now()
        words, email = _words(request, at), email.strip()[:LONGEST]
        if comes_from_elsewhere(request):
            return _form(words, wrong=words.desk("sign_in.elsewhere"), status=403)
        try:
            await run_in_threadpool(count_asking, email, _place_of(request), at, vault)
        except Invalid:
            return _form(words, email=email, wrong=words("sign_in.not_address"), status=422)
        except Unauthenticated as error:
            return _form(words, email=email, wrong=_wait(words, str(error.values["until"])), status=429)
        # The answer goes out before anybody is looked up: it takes as long for a stranger's address.
        answer = _page(words, words("sign_in.sent"), m("<p>{more}</p>", more=words("sign_in.sent.more")))
        answer.background = BackgroundTask(ask_for_link, email, at)
        return answer

    @router.get(SIGN_IN_LINK + "{token}")
    async def opened(request: Request, token: str) -> Response:
        at = context.now()
        words = _words(request, at)
        try:
            name, studio = await run_in_threadpool(whose_link, token, at, vault)
        except NotFound:
            return _over(words)
        body = m(
            '<p class="soft">{more}</p><form method="post"><button class="btn main" type="submit">{button}</button>'
            '</form><p class="small soft">{not_me}</p>',
            more=words("link.more", studio=studio),
            button=words("sign_in"),
            not_me=words("link.not_me"),
        )
        return _page(words, words("link.title", name=name), body)

    @router.post(SIGN_IN_LINK + "{token}")
    async def used(request: Request, token: str) -> Response:
        at, previous = context.now(), request.cookies.get(COOKIE, "")
        words = _words(request, at)
        if comes_from_elsewhere(request):
            return _form(words, wrong=words.desk("sign_in.elsewhere"), status=403)
        try:
            signed_in = await run_in_threadpool(sign_in_with, token, at, vault, previous_token=previous)
        except NotFound:
            return _over(words)
        answer = RedirectResponse(MY, status_code=303)
        keep(answer, request, signed_in.token, signed_in.expires_at, at)
        return answer

    @router.post(SIGN_OUT)
    async def out(request: Request) -> Response:
        if comes_from_elsewhere(request):
            return RedirectResponse(MY, status_code=303)
        await run_in_threadpool(sign_out, request.cookies.get(COOKIE, ""), context.now())
        answer = RedirectResponse(f"{SIGN_IN}?told=out", status_code=303)
        forget(answer)
        return answer

    @router.post(EVERYWHERE)
    async def out_everywhere(request: Request) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            sign_out_everywhere(visit.asker.organization_id, visit.asker, at)
            return f"{SIGN_IN}?told=out"

        answer = await do(request, context, deed)
        if not comes_from_elsewhere(request):
            forget(answer)
        return answer

    return router


def _place_of(request: Request) -> str:
    """Empty for this machine itself: a proxy on it that does not say whom it heard would make all one place."""
    host = request.client.host if request.client else ""
    return "" if is_loopback(host) else host


def _words(request: Request, at: datetime) -> MyWords:
    asked = language_asked_for(request.headers.get("accept-language", ""))
    return MyWords(language=language_chosen(request.cookies) or asked, zone="UTC", at=at)


def _wait(words: MyWords, until: str) -> str:
    left = clocktime.to_ms(clocktime.parse_instant(until)) - clocktime.to_ms(words.at)
    return words("sign_in.wait", count=max(1, -(-left // 60_000)))


def _over(words: MyWords) -> HTMLResponse:
    body = m(
        '<p class="soft">{more}</p><a class="btn main" href="{again}">{button}</a>',
        more=words("link.over.more"),
        again=SIGN_IN,
        button=words("sign_in.send"),
    )
    return _page(words, words("link.over"), body, status=404)


def _form(words: MyWords, *, email: str = "", wrong: str = "", calm: str = "", status: int = 200) -> HTMLResponse:
    body = m(
        '<p class="soft">{lead}</p>{note}<form method="post" action="{action}"><div class="field">'
        '<label for="email">{label}</label><input class="input" id="email" name="email" type="email" '
        'autocomplete="email" maxlength="{longest}" required value="{email}"></div>'
        '<button class="btn main" type="submit">{send}</button></form>',
        lead=words("sign_in.lead"),
        note=said(wrong or calm, is_bad=bool(wrong)),
        action=SIGN_IN,
        label=words("sign_in.email"),
        longest=LONGEST,
        email=email,
        send=words("sign_in.send"),
    )
    return _page(words, words("sign_in"), body, status=status)


def _page(words: MyWords, title: str, body: Markup, *, status: int = 200) -> HTMLResponse:
    whole = gate(words, title, m("<h1>{title}</h1>{body}", title=title, body=body))
    return HTMLResponse(whole, status_code=status)
