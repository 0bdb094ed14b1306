"""In which language a browser sees the desk: the one chosen there, else the person's own, else what it asks for.

The choice is kept in a cookie of that browser and nowhere else; it says nothing about anybody.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from core import messages
from server.pages.context import TODAY
from server.pages.marks import box, link
from server.pages.words import Words

CHOOSE = "/language/{language}"
COOKIE = "tessera_language"
A_YEAR = 31_536_000
CURRENT = ' aria-current="true"'


def language_chosen(cookies: Mapping[str, str]) -> str | None:
    """The language chosen in this browser; None where none was, or one that is not spoken here."""
    chosen = cookies.get(COOKIE, "")
    return chosen if chosen in messages.LANGUAGES else None


def language_routes() -> APIRouter:
    """The address that keeps a choice and leads back to the page it was made on."""
    router = APIRouter(include_in_schema=False)

    @router.get(CHOOSE)
    async def choose(request: Request, language: str) -> Response:
        answer = RedirectResponse(came_from(request), status_code=303)
        if language in messages.LANGUAGES:
            secure = request.url.scheme == "https"
            answer.set_cookie(COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
        return answer

    return router


def came_from(request: Request) -> str:
    """The path of the page of ours that led here, with its question; today's page where nothing says so."""
    page = urlsplit(request.headers.get("referer", ""))
    if page.netloc != request.headers.get("host") or not page.path.startswith("/") or page.path.startswith("//"):
        return TODAY
    return f"{page.path}?{page.query}" if page.query else page.path


def draw_languages(words: Words) -> None:
    """Each language in its own name, the present one marked."""
    with box("nav", "languages") as choices:
        choices.props["aria-label"] = words("language")
        for language in messages.LANGUAGES:
            choice = link(CHOOSE.format(language=language), name_of(language))
            choice.props["lang"] = language
            choice.props["dir"] = messages.direction(language)
            if language == words.language:
                choice.props["aria-current"] = "true"


def languages_as_html(words: Words) -> str:
    """The same, for a page that is plain HTML."""
    links = "".join(
        f'<a href="{CHOOSE.format(language=language)}" lang="{language}" dir="{messages.direction(language)}"'
        f"{CURRENT if language == words.language else ''}>{name_of(language)}</a>"
        for language in messages.LANGUAGES
    )
    return f'<nav class="languages" aria-label="{words("language")}">{links}</nav>'


def name_of(language: str) -> str:
    """What its speakers call it."""
    return messages.say(language, "face.language")


def say_language(words: Words) -> None:
    """The page says its language and which way it runs, before anything is painted and after its frame has started."""
    here = f"lang = {words.language!r}; page.dir = {messages.direction(words.language)!r};"
    ui.add_head_html(f"<script>{{ const page = document.documentElement; page.{here} }}</script>")
