"""The page behind the link at the foot of a mail: it asks, and its button does it. A plain page, nobody signs in.

Mail programs follow links to look at them, so that looking changes nothing; their own button posts (RFC 8058).
"""

from dataclasses import dataclass
from html import escape

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from core.errors import NotFound
from core.messages import direction, language_asked_for, say
from server.pages.context import STOP_LETTERS, PagesContext
from server.pages.frame import STYLES, THEME
from server.pages.marks import MOSAIC
from server.services.door.vault import CodeVault
from server.services.letters.wishes import StopLink, follow_stop_link, read_stop_link

STOP, AGAIN = "stop", "again"


def stop_letters_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """Looking, and doing."""
    router = APIRouter(include_in_schema=False)

    @router.get(STOP_LETTERS)
    async def asked(request: Request, token: str) -> Response:
        try:
            link = await run_in_threadpool(read_stop_link, token, vault)
        except NotFound:
            return _nothing_here(request)
        return _asking(link) if link.choice.is_wanted else _done(link)

    @router.post(STOP_LETTERS)
    async def followed(request: Request, token: str, do: str = Form("")) -> Response:
        try:
            link = await run_in_threadpool(follow_stop_link, token, vault, context.now(), is_wanted=do == AGAIN)
        except NotFound:
            return _nothing_here(request)
        return _done(link)

    return router


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """What stands on the page. `button`: (words, what it does). `is_told`: something has just been done."""

    language: str
    studio: str
    main: str
    more: str
    button: tuple[str, str] | None = None
    is_told: bool = False


def _asking(link: StopLink) -> Response:
    language = link.language
    return _page(
        _Shown(
            language=language,
            studio=link.studio,
            main=say(language, "letter.stop.ask", studio=link.studio),
            more=_which(link),
            button=(say(language, "letter.stop.do"), STOP),
        )
    )


def _done(link: StopLink) -> Response:
    language, is_wanted = link.language, link.choice.is_wanted
    button = (say(language, "letter.stop.do"), STOP) if is_wanted else (say(language, "letter.stop.back"), AGAIN)
    return _page(
        _Shown(
            language=language,
            studio=link.studio,
            main=say(language, "letter.stop.again" if is_wanted else "letter.stop.done"),
            more=_which(link),
            button=button,
            is_told=True,
        )
    )


def _which(link: StopLink) -> str:
    group = say(link.language, f"letter.group.{link.choice.group.value}")
    channel = say(link.language, f"letter.channel.{link.choice.channel.value}")
    return say(link.language, "letter.stop.which", group=group, channel=channel)


def _nothing_here(request: Request) -> Response:
    language = language_asked_for(request.headers.get("accept-language", ""))
    main, more = say(language, "letter.stop.none"), say(language, "letter.stop.none.more")
    return _page(_Shown(language=language, studio="Tessera", main=main, more=more), status=404)


def _page(shown: _Shown, *, status: int = 200) -> Response:
    form = foot = ""
    if shown.button is not None:
        label, value = shown.button
        form = (
            f'<form method="post"><input type="hidden" name="do" value="{value}">'
            f'<button class="btn{"" if shown.is_told else " main"}" type="submit">{escape(label)}</button></form>'
        )
        foot = f'<p class="small soft">{escape(say(shown.language, "letter.stop.must"))}</p>'
    live = ' role="status"' if shown.is_told else ""
    html = f"""<!doctype html>
<html lang="{escape(shown.language)}" dir="{direction(shown.language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{escape(say(shown.language, "letter.stop.title"))} · {escape(shown.studio)}</title>{STYLES}
<script>{THEME}</script></head>
<body><main class="gate"><div class="card">
<div class="brand">{MOSAIC}<b>{escape(shown.studio)}</b></div>
<div{live}><h1>{escape(shown.main)}</h1><p class="soft">{escape(shown.more)}</p></div>
{form}
{foot}
</div></main></body></html>"""
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
