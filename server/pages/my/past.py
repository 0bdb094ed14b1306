"""What a member came to and missed; each absence explained, and "I was there" for one that is wrong."""

from datetime import datetime

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from core.penalties import AbsenceState, Explanation, MayContest
from core.penalties_said import Reader, absence_said
from server.pages.context import PagesContext
from server.pages.my.doors import do, led_to, show
from server.pages.my.shell import PAST, Sheet, badge, join, m
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.penalties.contesting import LONGEST_WORDS, contest
from server.services.portal.past import Came, Past, past
from server.services.portal.signing_in import MemberVisit

CONTEST = "/my/absences/{no_show_id}/contest"
MARKS = {
    AbsenceState.STANDS: ("r", "miss"),
    AbsenceState.CONTESTED: ("a", "late"),
    AbsenceState.EXCUSED: ("", ""),
    AbsenceState.UNCONFIRMED: ("", "miss"),
    AbsenceState.UNDONE: ("g", "in"),
}


def past_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The page, and saying that one was there."""
    router = APIRouter(include_in_schema=False)

    @router.get(PAST)
    async def page(request: Request, told: str = "") -> Response:
        def draw(visit: MemberVisit, words: MyWords, value: Past) -> Sheet:
            return _draw(words, value, told)

        return await show(request, context, past, draw)

    @router.post(CONTEST)
    async def contested(request: Request, no_show_id: str, said: str = Form("")) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            contest(visit.asker.organization_id, no_show_id, said, visit.asker, at)
            return led_to(PAST, told="contested")

        return await do(request, context, deed)

    return router


def _draw(words: MyWords, value: Past, told: str) -> Sheet:
    came = join(_came(words, one) for one in value.came)
    missed = join(_missed(words, one) for one in value.absences)
    body = m(
        '<header class="head"><h1>{title}</h1></header><div class="cols even"><section class="card"><header>'
        '<h2>{came_title}</h2></header>{came}</section><section class="card"><header><h2>{missed_title}</h2></header>'
        "{missed}</section></div>",
        title=words("page.past"),
        came_title=words("past.came"),
        came=_list(came, words("past.came.none")),
        missed_title=words("past.missed"),
        missed=_list(missed, words("past.missed.none")),
    )
    return Sheet(title=words("page.past"), here=PAST, body=body, told=told)


def _list(rows: Markup, otherwise: str) -> Markup:
    return m('<ul class="rows">{rows}</ul>', rows=rows) if rows else m('<p class="pad-in">{text}</p>', text=otherwise)


def _came(words: MyWords, came: Came) -> Markup:
    there = words.at_place(came.session)
    return m(
        '<li class="session"><div><b>{about}</b><p class="small soft">{when}</p></div><div class="line">{badge}'
        "</div></li>",
        about=words.about(came.session),
        when=words.day_and_span(came.session),
        badge=badge(words("came.at", clock=there.clock(came.came_at)), "g", "in"),
    )


def _missed(words: MyWords, told: Explanation) -> Markup:
    """The first of its sentences says which session it was, as the heading does."""
    session, state = told.noted.session, told.noted.state
    colour, tile = MARKS[state]
    there = words.at_place(session)
    _, *said = absence_said(told, words.language, Reader.MEMBER, lambda instant: there.when(instant, words.at))
    return m(
        '<li class="absence"><div class="session"><div><b>{about}</b><p class="small soft">{when}</p></div>'
        '<div class="line">{badge}</div></div><p class="small">{said}</p>{contest}</li>',
        about=words.about(session),
        when=words.day_and_span(session),
        badge=badge(words(f"state.{state.value}"), colour, tile),
        said=" ".join(said),
        contest=_contest(words, told) if told.may_contest is MayContest.YES else "",
    )


def _contest(words: MyWords, told: Explanation) -> Markup:
    return m(
        '<details><summary class="quiet">{there}</summary><form method="post" action="{action}">'
        '<div class="field"><label for="said-{id}">{label}</label><textarea class="input" id="said-{id}" name="said" '
        'rows="3" maxlength="{longest}" required></textarea></div>'
        '<button class="btn main" type="submit">{send}</button></form></details>',
        there=words("contest"),
        action=CONTEST.format(no_show_id=told.noted.no_show_id),
        id=told.noted.no_show_id,
        label=words("contest.words"),
        longest=LONGEST_WORDS,
        send=words("contest.send"),
    )
