"""How every page of the desk begins: who looks, one value for it or a sentence why not, then it is kept true."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui
from starlette.concurrency import run_in_threadpool

from server.pages.context import SIGN_IN, TODAY, HasClock
from server.pages.frame import Frame, Plan, draw_error, frame
from server.pages.live import Live
from server.pages.visits import Visit, bind_to_browser, visit_of
from server.pages.words import Words
from server.services.people.rights import Asker

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
LookAgain = Callable[[], Awaitable[None]]


class Drawn(Protocol[T_contra]):
    """A page on somebody's screen."""

    @property
    def frame(self) -> Frame: ...

    def show(self, value: T_contra, /) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening(Generic[T]):
    """What differs between pages. `name` is the sentence that names it, `here` its place in the menu.

    `look` gets the value; `draw` puts it on the screen, and is handed what makes the page look again at once;
    `feel` is cheap, and tells whether there is anything new.
    """

    name: str
    look: Callable[[Asker, datetime], T]
    draw: Callable[[Visit, T, LookAgain], Drawn[T]]
    feel: Callable[[Asker, T, datetime], Hashable]
    here: str = TODAY


async def open_page(request: Request, context: HasClock, opening: Opening[T]) -> RedirectResponse | None:
    """The page, drawn and alive; a redirection for whoever is not signed in."""
    visit = await visit_of(request, context)
    if visit is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    bind_to_browser(ui.context.client, visit)
    asker = visit.visitor.asker
    try:
        value = await run_in_threadpool(opening.look, asker, context.now())
    except Exception as error:
        words = Words(language=visit.visitor.language)
        with frame(visit, words, Plan(title=words(opening.name), here=opening.here)):
            draw_error(words, error)
        return None

    async def look_again() -> None:
        await live.beat()

    page = opening.draw(visit, value, look_again)
    live = Live(
        context,
        visit,
        page.frame,
        feel=lambda at: opening.feel(asker, value, at),
        look=lambda at: opening.look(asker, at),
        show=page.show,
    )
    live.begin()
    return None
