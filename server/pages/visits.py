"""Who is at the other end of a page: the cookie is looked up in the rows, on load, on connect and while it is open.

Nothing of it is kept in this process; signing out anywhere ends it everywhere.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from http.cookies import CookieError, SimpleCookie

from fastapi import Request
from nicegui import Client
from starlette.concurrency import run_in_threadpool

from core.browsers import STAFF_COOKIE
from core.errors import Forbidden, Unauthenticated
from server.pages.context import HasClock
from server.pages.languages import language_chosen
from server.services.desk.rights import visitor
from server.services.desk.values import Visitor
from server.services.people.signing_in import staff_signed_in

COOKIE = STAFF_COOKIE


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One browser's look at one page. `token` never leaves the server again."""

    token: str
    visitor: Visitor

    def __repr__(self) -> str:
        return f"Visit({self.visitor.asker.name!r})"


async def visit_of(request: Request, context: HasClock) -> Visit | None:
    """None: nobody who may look is signed in there."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    try:
        visit = await run_in_threadpool(_look_up, token, context.now())
    except (Unauthenticated, Forbidden):
        return None
    chosen = language_chosen(request.cookies)
    return replace(visit, visitor=replace(visit.visitor, language=chosen)) if chosen else visit


def still_signed_in(visit: Visit, at: datetime) -> None:
    """Raises `Unauthenticated` once they signed out, or were signed out, anywhere."""
    staff_signed_in(visit.token, at)


def bind_to_browser(client: Client, visit: Visit) -> None:
    """The page's live connection works only for the browser whose cookie opened it."""

    def check() -> None:
        if not _is_same_browser(client.environ or {}, visit.token):
            client.delete()

    client.on_connect(check)


def _look_up(token: str, at: datetime) -> Visit:
    return Visit(token=token, visitor=visitor(staff_signed_in(token, at)))


def _is_same_browser(environ: dict[str, object], token: str) -> bool:
    """A connection without cookies at all is not one that came over the network: a simulated browser's."""
    if "HTTP_HOST" not in environ and "REQUEST_METHOD" not in environ:
        return True
    try:
        cookies = SimpleCookie(str(environ.get("HTTP_COOKIE", "")))
    except CookieError:
        return False
    return COOKIE in cookies and cookies[COOKIE].value == token
