"""Signing in and out: a plain form, no live connection, so that strangers cost the house nothing.

The cookie holds a fresh random token and nothing else; who it is stands in the rows.
"""

from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from core import clocktime
from core.errors import Unauthenticated
from core.messages import direction, language_asked_for
from server.pages.context import SIGN_IN, SIGN_OUT, TODAY, HasClock
from server.pages.frame import STYLES, THEME
from server.pages.languages import language_chosen, languages_as_html
from server.pages.marks import MOSAIC
from server.pages.visits import COOKIE, visit_of
from server.pages.words import Words
from server.services.people import signing_in

LONGEST = 400
"""Characters of a field that are looked at."""


def sign_in_routes(context: HasClock) -> APIRouter:
    """The form, what it sends, and the way out."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    async def form(request: Request, left: bool = False) -> Response:
        if await visit_of(request, context):
            return RedirectResponse(TODAY, status_code=303)
        words = _words(request)
        return _page(words, calm=words("sign_in.signed_out") if left else "")

    @router.post(SIGN_IN)
    async def sign_in(request: Request, email: str = Form(""), password: str = Form("")) -> Response:
        words, at = _words(request), context.now()
        email = email.strip()[:LONGEST]
        if comes_from_elsewhere(request):
            return _page(words, wrong=words("sign_in.elsewhere"), status=403)
        if not email or not password:
            return _page(words, email=email, wrong=words("sign_in.empty"), status=422)
        previous = request.cookies.get(COOKIE, "")
        try:
            signed_in = await run_in_threadpool(
                signing_in.sign_in, email, password[:LONGEST], at, previous_token=previous
            )
        except Unauthenticated as error:
            status = 429 if error.code == "sign_in.wait" else 401
            return _page(words, email=email, wrong=why_not(error, words, at), status=status)
        answer = RedirectResponse(TODAY, status_code=303)
        answer.set_cookie(
            COOKIE,
            signed_in.token,
            max_age=int((signed_in.expires_at - at).total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    @router.post(SIGN_OUT)
    async def sign_out(request: Request) -> Response:
        if comes_from_elsewhere(request):
            return RedirectResponse(TODAY, status_code=303)
        await run_in_threadpool(signing_in.sign_out, request.cookies.get(COOKIE, ""), context.now())
        answer = RedirectResponse(f"{SIGN_IN}?left=true", status_code=303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return answer

    return router


def comes_from_elsewhere(request: Request) -> bool:
    """Another site's page sent this form. Browsers say so; one that says nothing is believed."""
    if fetched := request.headers.get("sec-fetch-site"):
        return fetched not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return bool(origin) and urlsplit(origin or "").netloc != request.headers.get("host")


def why_not(error: Unauthenticated, words: Words, at: datetime) -> str:
    """The sentence for a sign-in that failed, with the minutes to wait where there are any."""
    until = error.values.get("until")
    if error.code == "sign_in.wait" and isinstance(until, str):
        left = clocktime.to_ms(clocktime.parse_instant(until)) - clocktime.to_ms(at)
        return words.counted("sign_in.too_often", max(1, -(-left // 60_000)))
    return words.error(error)


def _words(request: Request) -> Words:
    asked = language_asked_for(request.headers.get("accept-language", ""))
    return Words(language=language_chosen(request.cookies) or asked)


def _page(words: Words, *, email: str = "", wrong: str = "", calm: str = "", status: int = 200) -> HTMLResponse:
    note = ""
    if wrong:
        note = f'<p class="note bad" role="alert">{escape(wrong)}</p>'
    elif calm:
        note = f'<p class="note" role="status">{escape(calm)}</p>'
    html = f"""<!doctype html>
<html lang="{escape(words.language)}" dir="{direction(words.language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(words("sign_in"))} · Tessera</title>{STYLES}<script>{THEME}</script></head>
<body><main class="gate"><div class="card">
<div class="brand">{MOSAIC}<b>Tessera</b></div>
<div><h1>{escape(words("sign_in"))}</h1><p class="soft">{escape(words("sign_in.lead"))}</p></div>
{note}
<form method="post" action="{SIGN_IN}">
<div class="field"><label for="email">{escape(words("sign_in.email"))}</label>
<input class="input" id="email" name="email" type="email" autocomplete="username" maxlength="{LONGEST}" required
 value="{escape(email, quote=True)}"{"" if email else " autofocus"}></div>
<div class="field"><label for="password">{escape(words("sign_in.password"))}</label>
<input class="input" id="password" name="password" type="password" autocomplete="current-password"
 maxlength="{LONGEST}" required{" autofocus" if email else ""}></div>
<button class="btn main" type="submit">{escape(words("sign_in"))}</button>
</form>{languages_as_html(words)}</div></main></body></html>"""
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
