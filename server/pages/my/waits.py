"""Standing in line for a full session: joining, taking what is offered, leaving; drawn alike wherever it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from core.model import Session
from core.waiting import WaitingStatus
from server.pages.context import PagesContext
from server.pages.my.doors import became, do, led_to
from server.pages.my.shell import MY, SESSIONS, button, hidden, join, m
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.portal.signing_in import MemberVisit
from server.services.reserving.reserve import Wish
from server.services.waiting.answering import accept
from server.services.waiting.joining import WaitingWish, leave
from server.services.waiting.joining import join as join_line
from server.services.waiting.values import InLine

WAIT, TAKE, LEAVE = "/my/wait", "/my/wait/take", "/my/wait/leave"


class SentFrom:
    """The page on which a form stood: the overview, or those days of the list. Only these two, whatever it says."""

    def __init__(self, page: Annotated[str, Form(alias="back")] = "", from_day: str = Form(""), kind: str = Form("")):
        self._page, self._days = page, {"from_day": from_day, "kind": kind}

    def back(self, told: str) -> str:
        return led_to(MY, told=told) if self._page == MY else led_to(SESSIONS, **self._days, told=told)


def wait_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The three forms. Each leads back to where it was sent from: the overview, or those days of the list."""
    router = APIRouter(include_in_schema=False)

    @router.post(WAIT)
    async def waits(
        request: Request,
        sent_from: Annotated[SentFrom, Depends()],
        session_id: str = Form(""),
        auto_book: str = Form(""),
    ) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            place = Wish(session_id=session_id, member_id=visit.member_id)
            wish = WaitingWish(place=place, is_auto_book=bool(auto_book))
            outcome = join_line(visit.asker.organization_id, wish, visit.asker, at)
            told = became(outcome, "waiting_auto" if auto_book else "waiting")
            return sent_from.back(told)

        return await do(request, context, deed)

    @router.post(TAKE)
    async def takes(
        request: Request, sent_from: Annotated[SentFrom, Depends()], waiting_id: str = Form("")
    ) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            outcome = accept(visit.asker.organization_id, waiting_id, visit.asker, at)
            return sent_from.back(became(outcome, "reserved"))

        return await do(request, context, deed)

    @router.post(LEAVE)
    async def leaves(
        request: Request, sent_from: Annotated[SentFrom, Depends()], waiting_id: str = Form("")
    ) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            leave(visit.asker.organization_id, waiting_id, visit.asker, at)
            return sent_from.back("waiting_left")

        return await do(request, context, deed)

    return router


def waiting_card(words: MyWords, waits: Sequence[InLine]) -> Markup:
    """For the overview: everything they wait for, with its own heading."""
    rows = join(
        m(
            '<li class="session"><div><b>{about}</b><p class="small soft">{when}</p>'
            '<p class="small why">{said}</p></div>{deed}</li>',
            about=words.about(one.session),
            when=", ".join(part for part in (words.day_and_span(one.session), words.where(one.session)) if part),
            said=how_it_stands(words, one),
            deed=answers(words, one, hidden("back", MY)),
        )
        for one in waits
    )
    return m(
        '<h2>{title}</h2><section class="card"><ul class="rows">{rows}</ul></section>', title=words("waits"), rows=rows
    )


def is_offered(waiting: InLine) -> bool:
    """A place is held for them, and it is theirs to say whether they want it."""
    return waiting.status is WaitingStatus.OFFERED and waiting.offer_ends_at is not None


def how_it_stands(words: MyWords, waiting: InLine) -> str:
    """`You are waiting, number 2 in line`, or until when a place is held for them."""
    if is_offered(waiting) and waiting.offer_ends_at is not None:
        until = words.at_place(waiting.session).when(waiting.offer_ends_at, words.at)
        return words("wait.offered", until=until)
    position = words("wait.position", position=waiting.position or 1)
    return f"{position}. {words('wait.auto.on')}" if waiting.is_auto_book else position


def answers(words: MyWords, waiting: InLine, back: Markup) -> Markup:
    """What they may do about it. `back`: hidden fields that say where to go on."""
    named = f"{words.about(waiting.session)}, {words.day_and_span(waiting.session)}"
    back += hidden("waiting_id", waiting.id)
    leaving = button(words("wait.leave"), LEAVE, more=back, name=f"{words('wait.leave')}: {named}")
    if not is_offered(waiting):
        return leaving
    taking = button(words("wait.take"), TAKE, main=True, more=back, name=f"{words('wait.take')}: {named}")
    return m('<div class="line">{taking}{leaving}</div>', taking=taking, leaving=leaving)


def joining(words: MyWords, session: Session, back: Markup) -> Markup:
    """The button, and the wish to be booked without being asked. `back` names the session too."""
    named = f"{words('wait.join')}: {words.about(session)}, {words.day_and_span(session)}"
    wish = m(
        '<label class="check small"><input type="checkbox" name="auto_book" value="yes"><span>{text}</span></label>',
        text=words("wait.auto"),
    )
    return button(words("wait.join"), WAIT, more=back + wish, name=named)
