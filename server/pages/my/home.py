"""What a member sees first: the next session with its check-in, their passes, and why they are suspended, if so."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from core.penalties_said import Reader, suspension_said
from server.pages.context import PHONE, PagesContext
from server.pages.my.doors import do, show
from server.pages.my.shell import CODE, MY, PAST, PLACE, SESSIONS, Sheet, badge, button, fields, join, m
from server.pages.my.waits import is_offered, waiting_card
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.fleet.phone_links import give_phone_link
from server.services.portal.overview import NextSession, Overview, Part, PassShown, SuspensionShown, overview
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.values import PassStatus

MOST_TILES = 24
"""Punches drawn one by one; more are a number only."""


def home_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The overview, and the code on this phone."""
    router = APIRouter(include_in_schema=False)

    @router.get(MY)
    async def home(request: Request, told: str = "") -> Response:
        def draw(visit: MemberVisit, words: MyWords, value: Overview) -> Sheet:
            return _draw(visit, words, value, told)

        return await show(request, context, overview, draw)

    @router.post(CODE)
    async def code(request: Request) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            given = give_phone_link(visit.asker.organization_id, visit.member_id, visit.asker, at, vault)
            return f"{PHONE}#{given.token}"

        return await do(request, context, deed)

    return router


def _draw(visit: MemberVisit, words: MyWords, value: Overview, told: str) -> Sheet:
    passes = join(_pass(words, one) for one in value.passes) or _empty(words, "passes.none")
    waits = waiting_card(words, value.waits) if value.waits else Markup("")
    # A place that is held for them runs out, so it comes before all else.
    is_pressing = any(is_offered(one) for one in value.waits)
    body = m(
        '<header class="head"><h1>{hello}</h1></header>{suspended}'
        '<div class="cols"><div class="stack">{offered}<h2>{next}</h2>{session}{waits}'
        "<h2>{passes_title}</h2>{passes}</div>"
        '<div class="stack"><section class="card"><header><h2>{code}</h2></header><div class="pad">{ways}</div>'
        "</section></div></div>",
        hello=words("hello", name=visit.first_name),
        suspended=_suspended(words, value.suspension) if value.suspension else "",
        offered=waits if is_pressing else "",
        waits="" if is_pressing else waits,
        next=words("next"),
        session=_next(words, value.next) if value.next else _nothing_ahead(words),
        passes_title=words("passes"),
        passes=passes,
        code=words("code"),
        ways=_code(words, has_one=value.has_phone_code),
    )
    return Sheet(title=words("page.home"), body=body, told=told)


def _next(words: MyWords, value: NextSession) -> Markup:
    session = value.place.session
    there = words.at_place(session)
    if value.is_in:
        state = badge(words("window.in"), "g", "in")
    elif value.window.is_open(words.at):
        state = badge(words("window.open", until=there.when(value.window.closes_at, words.at)), "g")
    else:
        state = badge(words("window.opens", when=there.when(value.window.opens_at, words.at)), "b", "exp")
    return m(
        '<article class="ticket"><div class="stub"><span class="time">{clock}</span><span class="small soft">{day}'
        '</span></div><div class="body"><div class="full"><h3>{title}</h3><p class="small soft">{where}</p></div>'
        '<div class="full line">{state}<a class="quiet" href="{address}">{more}</a></div></div></article>',
        clock=there.clock(session.starts_at),
        day=there.day(session.starts_at),
        title=words.about(session),
        where=words.where(session),
        state=state,
        address=PLACE.format(place_id=value.place.id),
        more=words("place.more"),
    )


def _nothing_ahead(words: MyWords) -> Markup:
    return m(
        '<section class="card"><div class="empty"><h3>{title}</h3><p>{more}</p><a class="btn main" href="{address}">'
        "{find}</a></div></section>",
        title=words("next.none"),
        more=words("next.none.more"),
        address=SESSIONS,
        find=words("find"),
    )


def _empty(words: MyWords, key: str) -> Markup:
    return m(
        '<section class="card"><div class="empty"><h3>{title}</h3><p>{more}</p></div></section>',
        title=words(key),
        more=words(f"{key}.more"),
    )


def _code(words: MyWords, *, has_one: bool) -> Markup:
    put = button(words("code.put"), CODE, main=not has_one)
    if not has_one:
        return m('<p class="soft">{more}</p>{put}', more=words("code.more"), put=put)
    return m(
        '<a class="btn main wide" href="{address}">{show}</a><p class="small soft">{more}</p>{put}',
        address=PHONE,
        show=words("code.show"),
        more=words("code.put.more"),
        put=put,
    )


def _pass(words: MyWords, shown: PassShown) -> Markup:
    status = shown.status
    pairs: list[tuple[str, object]] = []
    if status.punches_left is not None:
        left = words("of", count=status.punches_left, all=status.punches_included or status.punches_left)
        pairs.append((words("pass.left"), left))
        if status.punches_held:
            pairs.append((words("pass.held"), str(status.punches_held)))
    ahead = words("of", count=status.reserved_ahead, all=status.max_reservations_ahead)
    pairs += [
        (words("pass.ahead"), ahead),
        (words("pass.attended"), str(status.sessions_attended)),
        (words("pass.valid"), _validity(words, status)),
    ]
    parts = join(_part(words, part) for part in shown.parts)
    return m(
        '<section class="card pass"><div class="pad top-pad"><h3>{title}</h3>{tiles}{parts}</div>{fields}</section>',
        title=status.title,
        tiles=_punches(words, status),
        parts=m('<ol class="parts">{parts}</ol>', parts=parts) if parts else "",
        fields=fields(pairs),
    )


def _validity(words: MyWords, status: PassStatus) -> str:
    if words.at < status.valid_from:
        return words("pass.from", day=words.until(status.valid_from))
    return words("pass.until", day=words.until(status.valid_until)) if status.valid_until else words("pass.always")


def _punches(words: MyWords, status: PassStatus) -> Markup:
    """Used ones first, as on paper; the figures below say the same."""
    left, included = status.punches_left, status.punches_included
    if left is None or included is None or included > MOST_TILES or not 0 <= left <= included:
        return Markup("")
    tiles = Markup('<i class="used"></i>') * (included - left) + Markup('<i class="punch"></i>') * left
    return m('<div class="tiles" aria-hidden="true">{tiles}</div>', tiles=tiles)


def _part(words: MyWords, part: Part) -> Markup:
    if part.is_attended:
        mark, text = "in", words("part.attended", part=part.number)
    elif part.is_reserved:
        mark, text = "exp", words("part.reserved", part=part.number)
    elif part.opens_after is not None:
        mark, text = "free", words("part.after", part=part.number, after=part.opens_after)
    else:
        mark, text = "free", words("part.open", part=part.number)
    return m(
        '<li><i class="{mark}"></i><span><b>{title}</b> <span class="soft">{text}</span></span></li>',
        mark=mark,
        title=part.title,
        text=text,
    )


def _suspended(words: MyWords, value: SuspensionShown) -> Markup:
    there, suspended = words.desk, value.seen.suspended
    said = suspension_said(
        suspended, value.seen.rule, words.language, Reader.MEMBER, lambda instant: there.when(instant, words.at)
    )
    listed = join(
        m("<li>{about}, {day}</li>", about=words.about(session), day=words.at_place(session).day(session.starts_at))
        for session in value.missed
    )
    return m(
        '<section class="note bad suspended"><div><h2>{title}</h2><p>{said}</p>{why}<p>{do} <a class="quiet" '
        'href="{past}">{past_words}</a></p></div></section>',
        title=words("suspended", until=there.when(suspended.ends_at, words.at)),
        said=" ".join(said),
        why=m("<p>{why}</p><ul>{listed}</ul>", why=words("suspended.why"), listed=listed) if listed else "",
        do=words("suspended.do"),
        past=PAST,
        past_words=words("page.past"),
    )
