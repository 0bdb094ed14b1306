"""Sessions a member could come to, two weeks at a time: one tap reserves or waits; where neither can be, what helps."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from core import clocktime
from core.refusals import RefusalReason as R
from server.pages.context import PagesContext
from server.pages.my.doors import became, do, led_to, show
from server.pages.my.shell import PLACE, RESERVE, SESSIONS, Sheet, badge, button, hidden, join, m
from server.pages.my.waits import answers, how_it_stands, joining
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.portal.offers import Kind, Offers, OfferShown, offers
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.reserve import Wish, reserve

SPAN = timedelta(days=14)
FURTHEST = timedelta(days=366)


def session_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The list, and taking a place from it."""
    router = APIRouter(include_in_schema=False)

    @router.get(SESSIONS)
    async def page(request: Request, from_day: str = "", kind: str = "", told: str = "") -> Response:
        def look(visit: MemberVisit, at: datetime) -> Offers:
            zone = clocktime.zone_named(visit.zone)
            first = clocktime.at_wall_clock(_first_day(visit, from_day, at), time(), zone)
            return offers(visit, max(first, at), first + SPAN, at, class_type_id=kind)

        def draw(visit: MemberVisit, words: MyWords, value: Offers) -> Sheet:
            return _draw(words, value, _first_day(visit, from_day, words.at), kind, told)

        return await show(request, context, look, draw)

    @router.post(RESERVE)
    async def reserved(
        request: Request, session_id: str = Form(""), from_day: str = Form(""), kind: str = Form("")
    ) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            wish = Wish(session_id=session_id, member_id=visit.member_id)
            outcome = reserve(visit.asker.organization_id, wish, visit.asker, at)
            return led_to(SESSIONS, from_day=from_day, kind=kind, told=became(outcome, "reserved"))

        return await do(request, context, deed)

    return router


def _first_day(visit: MemberVisit, text: str, at: datetime) -> date:
    """The day asked for, not before today and within a year; today for anything else."""
    today = clocktime.local_day(at, clocktime.zone_named(visit.zone))
    try:
        return min(max(today, date.fromisoformat(text)), today + FURTHEST)
    except ValueError:
        return today


def _draw(words: MyWords, value: Offers, first: date, kind: str, told: str) -> Sheet:
    days = groupby(value.sessions, key=lambda one: words.at_place(one.session).day(one.session.starts_at))
    listed = join(_day(words, day, tuple(shown), first, kind) for day, shown in days)
    body = m(
        '<header class="head"><div><h1>{title}</h1><p class="soft">{span}</p></div>{kinds}</header>'
        '<div class="stack">{listed}</div><nav class="answers days" aria-label="{days}">{earlier}{later}</nav>',
        title=words("sessions.title"),
        span=words.desk("span", from_=words.day_named(first), to=words.day_named(first + SPAN - timedelta(days=1))),
        kinds=_kinds(words, value.kinds, first, kind) if len(value.kinds) > 1 or kind else "",
        listed=listed or _none(words),
        days=words("sessions.days"),
        earlier=_way(words("sessions.earlier"), first - SPAN, kind) if first > _today(words) else "",
        later=_way(words("sessions.later"), first + SPAN, kind),
    )
    return Sheet(title=words("page.sessions"), here=SESSIONS, body=body, told=told)


def _today(words: MyWords) -> date:
    return clocktime.local_day(words.at, clocktime.zone_named(words.zone))


def _way(text: str, day: date, kind: str) -> Markup:
    address = led_to(SESSIONS, from_day=day.isoformat(), kind=kind)
    return m('<a class="btn" href="{address}">{text}</a>', address=address, text=text)


def _kinds(words: MyWords, kinds: Sequence[Kind], first: date, chosen: str) -> Markup:
    choices = (("", words("sessions.all")), *((kind.id, kind.name) for kind in kinds))
    links = join(
        m(
            '<a href="{address}"{current}>{name}</a>',
            address=led_to(SESSIONS, from_day=first.isoformat(), kind=id_),
            current=Markup(' aria-current="true"') if id_ == chosen else Markup(""),
            name=name,
        )
        for id_, name in choices
    )
    return m('<nav class="seg end" aria-label="{label}">{links}</nav>', label=words("sessions.classes"), links=links)


def _none(words: MyWords) -> Markup:
    return m(
        '<section class="card"><div class="empty"><h3>{title}</h3><p>{more}</p></div></section>',
        title=words("sessions.none"),
        more=words("sessions.none.more"),
    )


def _day(words: MyWords, day: str, shown: Sequence[OfferShown], first: date, kind: str) -> Markup:
    rows = join(_session(words, one, first, kind) for one in shown)
    return m(
        '<section class="card"><header><h2>{day}</h2></header><ul class="rows">{rows}</ul></section>',
        day=day,
        rows=rows,
    )


def _session(words: MyWords, shown: OfferShown, first: date, kind: str) -> Markup:
    session = shown.session
    where = ", ".join(part for part in (words.span(session), words.where(session)) if part)
    told = [words("free", count=shown.free_places, all=session.capacity)] if shown.free_places else []
    told += [_pays(words, shown)] if shown.pass_title else []
    return m(
        '<li class="session" id="s-{id}"><div><b>{about}</b><p class="small soft">{where}</p>'
        "{free}{why}</div>{deed}</li>",
        id=session.id,
        about=words.about(session),
        where=where,
        free=m('<p class="small soft">{told}</p>', told=" · ".join(told)) if told else "",
        why=_why_not(words, shown),
        deed=_deed(words, shown, first, kind),
    )


def _pays(words: MyWords, shown: OfferShown) -> str:
    return words("pays.punch" if shown.takes_punch else "pays", title=shown.pass_title)


def _why_not(words: MyWords, shown: OfferShown) -> Markup:
    if shown.waiting is not None and shown.place_id is None:
        return m('<p class="small why">{sentence}</p>', sentence=how_it_stands(words, shown.waiting))
    if shown.refused is None or shown.place_id is not None:
        return Markup("")
    sentence = words("wait.full") if shown.may_wait else words.refused(shown.refused.value)
    if shown.refused is R.PART_OUT_OF_ORDER and shown.opens_after is not None:
        sentence = words("part.after", part=shown.session.part, after=shown.opens_after)
    return m('<p class="small why">{sentence}</p>', sentence=sentence)


def _deed(words: MyWords, shown: OfferShown, first: date, kind: str) -> Markup:
    about = words.day_and_span(shown.session)
    if shown.place_id is not None:
        return m(
            '<div class="line">{badge}<a class="quiet" href="{address}" aria-label="{more}: {about}">{more}</a></div>',
            badge=badge(words("mark.RESERVED"), "b", "exp"),
            address=PLACE.format(place_id=shown.place_id),
            more=words("place.more"),
            about=words.about(shown.session),
        )
    back = hidden("session_id", shown.session.id) + hidden("from_day", first.isoformat()) + hidden("kind", kind)
    named = f"{words.about(shown.session)}, {about}"
    if shown.waiting is not None:
        return answers(words, shown.waiting, back)
    if shown.may_wait:
        return joining(words, shown.session, back)
    if shown.refused is not None:
        return Markup("")
    return button(words("reserve"), RESERVE, main=True, more=back, name=f"{words('reserve')}: {named}")
