"""What a member settles: language, the address of their calendar, where they are signed in, and their data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from core.messages import LANGUAGES, direction, say
from server.pages.context import PagesContext
from server.pages.languages import A_YEAR, name_of
from server.pages.languages import COOKIE as LANGUAGE_COOKIE
from server.pages.my.doors import do, led_to, show, visit_of
from server.pages.my.shell import (
    ERASE,
    EVERYWHERE,
    EXPORT,
    FEED,
    LANGUAGE,
    NEW_FEED,
    SETTINGS,
    SIGN_OUT,
    Sheet,
    button,
    join,
    m,
)
from server.pages.my.wording import MyWords
from server.services.door.vault import CodeVault
from server.services.letters.values import Choice
from server.services.letters.wishes import choices_of, choose
from server.services.portal.feed import feed_secret, renew_feed
from server.services.portal.own_data import as_archive, own_data
from server.services.portal.signing_in import MemberVisit
from server.services.portal.wishes import set_language

LETTERS = "/my/letters"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The address of the member's calendar, and which letters they want."""

    address: str
    choices: tuple[Choice, ...]


def wish_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """The page and its forms."""
    router = APIRouter(include_in_schema=False)

    @router.get(SETTINGS)
    async def page(request: Request, told: str = "") -> Response:
        def look(visit: MemberVisit, at: datetime) -> Settled:
            me, asker = visit.asker.organization_id, visit.asker
            secret = feed_secret(me, asker, at, vault)
            address = str(request.base_url).rstrip("/") + FEED.format(secret=secret)
            return Settled(address=address, choices=choices_of(me, visit.member_id, asker))

        def draw(visit: MemberVisit, words: MyWords, value: Settled) -> Sheet:
            return _draw(words, value, told)

        return await show(request, context, look, draw)

    @router.post(LANGUAGE)
    async def language(request: Request, language: str = Form("")) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            set_language(visit.asker.organization_id, language, visit.asker, at, vault)
            return led_to(SETTINGS, told="language")

        answer = await do(request, context, deed)
        if answer.status_code == 303 and language in LANGUAGES:
            secure = request.url.scheme == "https"
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
        return answer

    @router.post(LETTERS)
    async def letters(request: Request) -> Response:
        wanted = {str(value) for value in (await request.form()).getlist("wanted")}

        def deed(visit: MemberVisit, at: datetime) -> str:
            me, asker = visit.asker.organization_id, visit.asker
            chosen = [
                replace(choice, is_wanted=_name(choice) in wanted)
                for choice in choices_of(me, visit.member_id, asker)
            ]  # fmt: skip
            choose(me, visit.member_id, chosen, asker, at)
            return led_to(SETTINGS, told="letters")

        return await do(request, context, deed)

    @router.post(NEW_FEED)
    async def new_feed(request: Request) -> Response:
        def deed(visit: MemberVisit, at: datetime) -> str:
            renew_feed(visit.asker.organization_id, visit.asker, at, vault)
            return led_to(SETTINGS, told="calendar")

        return await do(request, context, deed)

    @router.post(EXPORT)
    async def export(request: Request) -> Response:
        made: list[bytes] = []
        visit = await visit_of(request, context.now())

        def deed(visit: MemberVisit, at: datetime) -> str:
            made.append(as_archive(own_data(visit, at), visit, visit.language, at))
            return SETTINGS

        answer = await do(request, context, deed)
        if not made or visit is None:
            return answer
        headers = {"Content-Disposition": f'attachment; filename="tessera-{visit.member_id}.zip"'}
        return Response(made[0], media_type="application/zip", headers=headers)

    return router


def _name(choice: Choice) -> str:
    return f"{choice.group.value}.{choice.channel.value}"


def _draw(words: MyWords, value: Settled, told: str) -> Sheet:
    body = m(
        '<header class="head"><h1>{title}</h1></header><div class="stack narrow">{parts}</div>',
        title=words("page.settings"),
        parts=join(
            (
                _languages(words),
                _calendar(words, value.address),
                _letters(words, value.choices),
                _browsers(words),
                _data(words),
            )
        ),
    )
    return Sheet(title=words("page.settings"), here=SETTINGS, body=body, told=told)


def _languages(words: MyWords) -> Markup:
    choices = join(
        m(
            '<button class="btn{main}" type="submit" name="language" value="{language}" lang="{language}" dir="{way}"'
            "{pressed}>{name}</button>",
            main=" main" if language == words.language else "",
            language=language,
            way=direction(language),
            pressed=Markup(' aria-pressed="true"') if language == words.language else Markup(' aria-pressed="false"'),
            name=name_of(language),
        )
        for language in LANGUAGES
    )
    form = m('<form class="answers" method="post" action="{to}">{choices}</form>', to=LANGUAGE, choices=choices)
    return _card(words.desk("language"), words("settings.language"), form)


def _calendar(words: MyWords, address: str) -> Markup:
    subscribe = "webcal://" + address.split("://", 1)[1]
    inside = m(
        '<p class="address" dir="ltr">{address}</p><div class="answers"><a class="btn main" href="{subscribe}">{open}'
        "</a>{new}</div>",
        address=address,
        subscribe=subscribe,
        open=words("settings.calendar.open"),
        new=button(words("settings.calendar.new"), NEW_FEED),
    )
    return _card(words("settings.calendar"), words("settings.calendar.more"), inside)


def _letters(words: MyWords, choices: Sequence[Choice]) -> Markup:
    boxes = join(
        m(
            '<label class="check"><input type="checkbox" name="wanted" value="{name}"{checked}><span>{which}</span>'
            "</label>",
            name=_name(choice),
            checked=Markup(" checked") if choice.is_wanted else Markup(""),
            which=_which(words, choice),
        )
        for choice in choices
    )
    return _card(
        words("settings.letters"),
        words("settings.letters.more"),
        button(words("settings.letters.keep"), LETTERS, more=m('<div class="checks">{boxes}</div>', boxes=boxes)),
    )


def _which(words: MyWords, choice: Choice) -> str:
    group = say(words.language, f"letter.group.{choice.group.value}")
    channel = say(words.language, f"letter.channel.{choice.channel.value}")
    return say(words.language, "letter.stop.which", group=group, channel=channel)


def _browsers(words: MyWords) -> Markup:
    both = button(words("sign_out"), SIGN_OUT) + button(words("settings.everywhere"), EVERYWHERE)
    inside = m('<div class="answers">{both}</div>', both=both)
    return _card(words("settings.browsers"), words("settings.browsers.more"), inside)


def _data(words: MyWords) -> Markup:
    inside = m(
        '<div class="answers">{export}<a class="btn danger" href="{erase}">{erase_words}</a></div>',
        export=button(words("settings.export"), EXPORT),
        erase=ERASE,
        erase_words=words("erase"),
    )
    return _card(words("settings.data"), words("settings.data.more"), inside)


def _card(title: str, more: str, inside: Markup) -> Markup:
    return m(
        '<section class="card"><header><h2>{title}</h2></header><div class="pad top-pad"><p class="soft">{more}</p>'
        "{inside}</div></section>",
        title=title,
        more=more,
        inside=inside,
    )
