"""A member's code page, for their phone: a plain page without a live connection, which goes on without a network.

The link's token stands behind the `#`, which no browser sends: it is in no log and no referrer, only in the one
request that opens the page's codes.
"""

import json
from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from core import clocktime, messages
from core.errors import NotFound
from server.pages.context import ASSETS, PHONE, ROOM, PagesContext
from server.pages.headers import WORKER
from server.pages.marks import MOSAIC
from server.services.fleet.phone_links import PhonePage, phone_page


class Opened(BaseModel):
    """What the page sends: its link's token."""

    token: str = Field(max_length=100)


def phone_routes(context: PagesContext) -> APIRouter:
    """The page, what it is given to work with, and what keeps it for when there is no network."""
    router = APIRouter(include_in_schema=False)

    @router.get(PHONE)
    async def page(request: Request) -> Response:
        return HTMLResponse(_drawn(messages.language_asked_for(request.headers.get("accept-language", ""))))

    @router.post(f"{PHONE}/open")
    async def opened(sent: Opened) -> Response:
        at, vault = context.now(), context.vault
        if vault is None:
            return Response(status_code=404)
        try:
            given = await run_in_threadpool(phone_page, sent.token, at, vault)
        except NotFound:
            return Response(status_code=404)
        return JSONResponse(_given(given))

    @router.get(WORKER)
    async def worker() -> Response:
        return FileResponse(ROOM / "phone_worker.js", media_type="text/javascript")

    return router


def _given(page: PhonePage) -> dict[str, object]:
    """Instants are UTC milliseconds. The words are in the member's own language."""
    language = messages.language_for(page.language)
    return {
        "phone_id": page.phone_id,
        "posts": page.posts,
        "first_name": page.first_name,
        "studio": page.studio,
        "zone": page.zone,
        "expires_at": clocktime.to_ms(page.expires_at),
        "at": clocktime.to_ms(page.at),
        "language": language,
        "direction": messages.direction(language),
        "words": _words(language),
    }


def _words(language: str) -> dict[str, str]:
    return {key: messages.sentence(language, key) for key in messages.all_keys() if key.startswith("phone.")}


def _drawn(language: str) -> str:
    words = _words(language)
    kept = json.dumps(words).replace("<", "\\u003c")
    return f"""<!doctype html>
<html lang="{language}" dir="{messages.direction(language)}" data-state="wait">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>{escape(words["phone.title"])}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{ASSETS}/fonts/fonts.css">
<link rel="stylesheet" href="{ASSETS}/theme.css">
<link rel="stylesheet" href="{ASSETS}/phone.css">
</head>
<body>
<header>{MOSAIC}<span id="whose"></span></header>
<main>
<h1 id="main-words" aria-live="polite">{escape(words["phone.wait"])}</h1>
<div class="tile"><svg id="code" role="img" viewBox="0 0 33 33"><path id="modules" fill="#000" d=""/></svg></div>
<div class="time">
<div class="clock" aria-hidden="true"><svg viewBox="0 0 56 56"><circle cx="28" cy="28" r="23"/>
<circle id="ring" cx="28" cy="28" r="23" pathLength="100"/></svg><span id="left"></span></div>
<p id="next"></p>
</div>
<p id="more-words">{escape(words["phone.wait.more"])}</p>
</main>
<footer><p id="awake"></p><p id="until"></p></footer>
<script type="application/json" id="words">{kept}</script>
<script type="module" src="{ASSETS}/phone.js"></script>
</body>
</html>
"""
