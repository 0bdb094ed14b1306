"""Members' own pages: plain HTML that works without scripts, on any phone; each form is one deed and leads on.

They hold no live connection, so a thousand members who look at their calendars cost the house nothing between looks.
"""

from fastapi import APIRouter

from server.pages.context import PagesContext
from server.pages.my.calendar import calendar_routes
from server.pages.my.erase import erase_routes
from server.pages.my.gate import gate_routes
from server.pages.my.home import home_routes
from server.pages.my.nowhere import nowhere_routes
from server.pages.my.past import past_routes
from server.pages.my.place import place_routes
from server.pages.my.sessions import session_routes
from server.pages.my.waits import wait_routes
from server.pages.my.wishes import wish_routes
from server.services.door.vault import CodeVault


def my_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """Everything under `/my`, and members' calendars."""
    router = APIRouter(include_in_schema=False)
    for made in (gate_routes, home_routes, calendar_routes, session_routes, place_routes, past_routes, wish_routes):
        router.include_router(made(context, vault))
    for made in (wait_routes, erase_routes, nowhere_routes):
        router.include_router(made(context, vault))
    return router
