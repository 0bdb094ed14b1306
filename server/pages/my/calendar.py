"""A member's month: each day's sessions as tiles, a day opens what is on it; and the calendar for their phone."""

from datetime import date, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from core import clocktime
from core.errors import NotFound
from core.portal import month_before, month_named, next_month
from server.pages.context import PagesContext
from server.pages.my.doors import led_to, show
from server.pages.my.shell import FEED, MONTH, PLACE, SESSIONS, Sheet, badge, join, m
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.portal.feed import feed
from server.services.portal.months import Entry, Mark, Month, month_of
from server.services.portal.signing_in import MemberVisit

TILES = {Mark.CAME: "in", Mark.MISSED: "miss", Mark.RESERVED: "exp", Mark.GIVEN_UP: "off", Mark.OPEN: "free"}
COLOURS = {Mark.CAME: "g", Mark.MISSED: "r", Mark.RESERVED: "b", Mark.GIVEN_UP: "", Mark.OPEN: ""}
MOST_TILES = 4
"""On one day; what is the member's own comes first."""
_OWN_FIRST = tuple(Mark)


def calendar_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The page, and the file that calendars fetch."""
    router = APIRouter(include_in_schema=False)

    @router.get(MONTH)
    async def page(request: Request, month: str = "", day: str = "") -> Response:
        def look(visit: MemberVisit, at: datetime) -> Month:
            today = clocktime.local_day(at, clocktime.zone_named(visit.zone))
            return month_of(visit, month_named(month or day[:7], today), at)

        def draw(visit: MemberVisit, words: MyWords, value: Month) -> Sheet:
            return _draw(words, value, _day(day))

        return await show(request, context, look, draw)

    @router.get(FEED)
    async def subscribed(request: Request, secret: str) -> Response:
        try:
            found = await run_in_threadpool(feed, secret, context.now())
        except NotFound:
            return Response(status_code=404)
        headers = {"ETag": f'"{found.etag}"'}
        if found.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(found.text, media_type="text/calendar; charset=utf-8", headers=headers)

    return router


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _draw(words: MyWords, value: Month, chosen: date | None) -> Sheet:
    title = words("month.title", month=words.desk(f"month.alone.{value.first.month}"), year=value.first.year)
    weekdays = join(m("<th scope=col>{day}</th>", day=words(f"weekday.{day}")) for day in range(7))
    weeks = join(
        m("<tr>{days}</tr>", days=join(_cell(words, value, day, is_chosen=day == chosen) for day in week))
        for week in value.weeks
    )
    body = m(
        '<header class="head"><h1 id="month">{title}</h1><nav class="end answers" aria-label="{months}">'
        '<a class="btn" href="{before}">{before_words}</a><a class="btn" href="{after}">{after_words}</a></nav>'
        '</header><div class="cols"><section class="card"><table class="month" aria-labelledby="month"><thead><tr>'
        '{weekdays}</tr></thead><tbody>{weeks}</tbody></table></section><div class="stack">{day}{legend}</div></div>',
        title=title,
        months=words("page.month"),
        before=led_to(MONTH, month=month_before(value.first).isoformat()[:7]),
        before_words=words("month.before"),
        after=led_to(MONTH, month=next_month(value.first).isoformat()[:7]),
        after_words=words("month.after"),
        weekdays=weekdays,
        weeks=weeks,
        day=_opened(words, value, chosen) if chosen else "",
        legend=_legend(words),
    )
    return Sheet(title=title, here=MONTH, body=body)


def _cell(words: MyWords, value: Month, day: date, *, is_chosen: bool) -> Markup:
    entries = sorted(value.days.get(day, ()), key=lambda entry: _OWN_FIRST.index(entry.mark))
    classes = " ".join(
        name
        for name, holds in (("other", day.month != value.first.month), ("today", day == value.today))
        if holds
    )  # fmt: skip
    number = m('<span class="n">{number}</span>', number=day.day)
    if not entries:
        return m('<td class="{classes}">{number}</td>', classes=classes, number=number)
    told = "; ".join(f"{words.about(one.session)}, {words('mark.' + one.mark.value)}" for one in entries)
    tiles = join(m('<i class="{tile}"></i>', tile=TILES[entry.mark]) for entry in entries[:MOST_TILES])
    return m(
        '<td class="{classes}"><a href="{address}" aria-label="{day}: {told}"{current}>{number}'
        '<span class="tiles">{tiles}</span></a></td>',
        classes=classes,
        address=led_to(MONTH, month=value.first.isoformat()[:7], day=day.isoformat()) + "#day",
        day=words.day_named(day),
        told=told,
        current=Markup(' aria-current="date"') if is_chosen else Markup(""),
        number=number,
        tiles=tiles,
    )


def _opened(words: MyWords, value: Month, day: date) -> Markup:
    rows, nothing = join(_row(words, entry) for entry in value.days.get(day, ())), words("day.none")
    return m(
        '<section class="card" id="day" tabindex="-1"><header><h2>{day}</h2></header>{rows}</section>',
        day=words.day_named(day),
        rows=m('<ul class="rows">{rows}</ul>', rows=rows) if rows else m('<p class="pad-in">{no}</p>', no=nothing),
    )


def _row(words: MyWords, entry: Entry) -> Markup:
    session = entry.session
    if entry.place_id is not None:
        way = (PLACE.format(place_id=entry.place_id), words("place.more"))
    elif entry.mark is Mark.OPEN:
        day = clocktime.local_day(session.starts_at, clocktime.zone_named(session.zone))
        way = (led_to(SESSIONS, from_day=day.isoformat()) + f"#s-{session.id}", words("reserve"))
    else:
        way = ("", "")
    address, name = way
    link = m(
        '<a class="quiet" href="{address}" aria-label="{name}: {about}">{name}</a>',
        address=address,
        name=name,
        about=words.about(session),
    )
    return m(
        '<li class="session"><div><b>{about}</b><p class="small soft">{span}</p></div><div class="line">{state}{link}'
        "</div></li>",
        about=words.about(session),
        span=words.span(session),
        state=badge(words(f"mark.{entry.mark.value}"), COLOURS[entry.mark], TILES[entry.mark]),
        link=link if address else "",
    )


def _legend(words: MyWords) -> Markup:
    marks = join(
        m('<span><i class="{tile}"></i>{name}</span>', tile=TILES[mark], name=words(f"mark.{mark.value}"))
        for mark in Mark
    )
    return m('<p class="legend">{marks}</p>', marks=marks)
