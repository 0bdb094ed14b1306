"""One place of a member, and giving it up: the page says what that costs before the button that does it."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from core import clocktime, messages
from core.decisions import Refused
from server.pages.context import PagesContext
from server.pages.my.doors import do, led_to, show
from server.pages.my.shell import MONTH, PLACE, Sheet, button, fields, m
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.portal.places import PlaceShown, place
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.cancel import cancel

GIVE_UP = PLACE + "/give-up"


def place_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The place, and giving it up."""
    router = APIRouter(include_in_schema=False)

    @router.get(PLACE)
    async def page(request: Request, place_id: str, told: str = "") -> Response:
        def draw(visit: MemberVisit, words: MyWords, value: PlaceShown) -> Sheet:
            return _draw(words, value, told)

        return await show(request, context, lambda visit, at: place(visit, place_id, at), draw)

    @router.post(GIVE_UP)
    async def given_up(request: Request, place_id: str) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            outcome = cancel(visit.asker.organization_id, place_id, visit.asker, at)
            if isinstance(outcome, Refused):
                told = f"refused.{outcome.reason.value}"
            else:
                told = "given_up_late" if outcome.keeps_hold else "given_up"
            return led_to(PLACE.format(place_id=place_id), told=told)

        return await do(request, context, deed)

    return router


def _draw(words: MyWords, value: PlaceShown, told: str) -> Sheet:
    session, there = value.place.session, words.at_place(value.place.session)
    window = words.desk(
        "span", from_=there.when(value.window.opens_at, words.at), to=there.clock(value.window.closes_at)
    )
    about = fields(
        (
            (words("place.when"), words.day_and_span(session)),
            (words("place.where"), words.where(session) or "–"),
            (words("place.state"), messages.say(words.language, f"status.{value.place.status.value}")),
            (words("place.paid"), value.pass_title),
            (words("place.check_in"), window),
        )
    )
    body = m(
        '<header class="head"><h1>{title}</h1></header><div class="stack narrow"><section class="card">{about}'
        "</section>{giving_up}</div>",
        title=words.about(session),
        about=about,
        giving_up=_giving_up(words, value) if value.may_give_up else "",
    )
    return Sheet(title=words.about(session), here=MONTH, body=body, told=told)


def _giving_up(words: MyWords, value: PlaceShown) -> Markup:
    if value.keeps_hold:
        cost = words("give_up.late")
    else:
        cost = words("give_up.free" if value.place.has_hold else "give_up.nothing")
    session = value.place.session
    day = clocktime.local_day(session.starts_at, clocktime.zone_named(session.zone)).isoformat()
    return m(
        '<section class="card"><header><h2>{title}</h2></header><div class="pad top-pad"><p>{cost}</p>'
        '<div class="answers">{sure}<a class="btn" href="{back}">{keep}</a></div></div></section>',
        title=words("give_up"),
        cost=cost,
        sure=button(words("give_up.sure"), GIVE_UP.format(place_id=value.place.id), main=True),
        back=led_to(MONTH, month=day[:7]),
        keep=words("give_up.not"),
    )
