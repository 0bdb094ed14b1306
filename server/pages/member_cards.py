"""One member's cards: what they hold, a card for today, a code page for their phone, and ending any of them.

A code or a link is shown once, to whoever made it, and is nowhere but on that screen.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import qrcode
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from nicegui import ui
from qrcode.image.svg import SvgPathImage

from core.cards import CardKind
from core.errors import TesseraError
from core.model import CardState
from server.pages.context import CARD_PDF, MEMBER_CARDS, PHONE, PagesContext
from server.pages.doing import Deed, do_for, on_paper
from server.pages.frame import Frame, Plan, frame
from server.pages.islands import Island
from server.pages.marks import badge, box, link, tag
from server.pages.opening import LookAgain, Opening, open_page
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.door.vault import CodeVault
from server.services.fleet.cards import give_instead, revoke_card
from server.services.fleet.members_cards import (
    HeldCard,
    LentCard,
    MembersCards,
    card_pdf,
    cards_of_member,
    lend_card,
)
from server.services.fleet.phone_links import GivenLink, give_phone_link
from server.services.people.rights import Asker

COLOURS = {
    CardState.ACTIVE: "g", CardState.EXPIRED: "", CardState.REPLACED: "", CardState.REVOKED: "r",
}  # fmt: skip
A_MINUTE = timedelta(minutes=1)
"""People read the last minute in which a card is good, not the midnight that belongs to the next day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A picture that is shown once: what it says, and a card that may be printed too."""

    title: str
    says: str
    more: str
    picture_of: str
    prints: str = ""


def add_member_cards_page(context: PagesContext, vault: CodeVault) -> None:
    """The page at `/members/<id>/cards`."""

    @ui.page(MEMBER_CARDS, title="Tessera", reconnect_timeout=10.0)
    async def member_cards_page(request: Request, member_id: str) -> RedirectResponse | None:
        def look(asker: Asker, at: datetime) -> MembersCards:
            return cards_of_member(asker.organization_id, member_id, asker, at, vault)

        def draw(visit: Visit, value: MembersCards, look_again: LookAgain) -> "_CardsPage":
            async def do(deed: Deed) -> object:
                made = await do_for(visit, context, deed)
                await look_again()
                return made

            return _CardsPage(visit, value, vault, do, context.now, str(request.base_url).rstrip("/"))

        opening = Opening(name="card.title", look=look, draw=draw, feel=lambda asker, _, at: look(asker, at))
        return await open_page(request, context, opening)


def card_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """A card on paper, for whoever is signed in and may serve members."""
    router = APIRouter(include_in_schema=False)

    @router.get(CARD_PDF)
    async def printed(request: Request, card_id: str) -> Response:
        def drawn(asker: Asker, at: datetime, language: str) -> bytes:
            return card_pdf(asker.organization_id, card_id, asker, at, vault, language)

        return await on_paper(request, context, drawn)

    return router


class _CardsPage:
    """The drawn page of one visit."""

    frame: Frame

    def __init__(
        self, visit: Visit, value: MembersCards, vault: CodeVault, do: Callable[[Deed], Awaitable[object]],
        now: Callable[[], datetime], address: str,
    ) -> None:  # fmt: skip
        self._words = Words(language=visit.visitor.language, zone=value.zone)
        self._vault, self._do, self._now, self._address = vault, do, now, address
        self._member_id, self._name = value.member_id, value.name
        with frame(visit, self._words, Plan(title=self._words("card.of", name=value.name))) as self.frame:
            self._draw_ground()
        self.show(value)

    def show(self, value: MembersCards) -> None:
        self._copied.show(value.is_copied)
        self._held.show(value.held)

    def _draw_ground(self) -> None:
        words = self._words
        with box("header", "head"):
            with box("div", "lead"):
                tag("h1", words("card.of", name=self._name))
                tag("p", f"{words('card.lend')}: {words('card.lend.more')}", "small soft")
                tag("p", f"{words('card.link')}: {words('card.link.more')}", "small soft")
                self._copied = Island(self._draw_copied)
            with box("div", "end"):
                lend = tag("button", words("card.lend"), "btn main").props("type=button")
                lend.on("click", self._lend)
                give = tag("button", words("card.link"), "btn").props("type=button")
                give.on("click", self._give_link)
        self._problem: Island[str] = Island(self._draw_problem)
        self._given: Island[Given | None] = Island(self._draw_given)
        self._held: Island[tuple[HeldCard, ...]] = Island(self._draw_held)

    async def _lend(self) -> None:
        lent = await self._done(
            lambda asker, at: lend_card(asker.organization_id, self._member_id, asker, at, self._vault)
        )
        if isinstance(lent, LentCard):
            moment = self._words.when(lent.expires_at - A_MINUTE, self._now())
            given = Given(
                title=self._words("card.lent.title", name=lent.first_name),
                says=self._words("card.lent.show"),
                more=self._words("card.lent.good", moment=moment),
                picture_of=lent.code.text,
                prints=lent.card_id,
            )
            self._given.show(given)

    async def _give_link(self) -> None:
        made = await self._done(
            lambda asker, at: give_phone_link(asker.organization_id, self._member_id, asker, at, self._vault)
        )
        if isinstance(made, GivenLink):
            given = Given(
                title=self._words("card.link.title", name=made.first_name),
                says=self._words("card.link.scan"),
                more=self._words("card.link.good", day=self._words.day(made.expires_at)),
                picture_of=f"{self._address}{PHONE}#{made.token}",
            )
            self._given.show(given)

    async def _done(self, deed: Deed) -> object:
        """What the service gave; None if it could not be, which the page then says."""
        self._problem.show("")
        try:
            return await self._do(deed)
        except TesseraError as error:
            self._problem.show(self._words.error(error))
        except Exception as error:
            self.frame.tell_failure(error)
        return None

    def _draw_given(self, given: Given | None) -> None:
        if given is None:
            return
        words = self._words
        with box("section", "card pairing").props("role=status"):
            ui.html(_picture(given.picture_of), sanitize=False).classes("qr").props(
                f'role=img aria-label="{words("card.picture")}"'
            )
            with box("div", "stack"):
                tag("h2", given.title)
                tag("p", given.says)
                tag("p", given.more, "soft")
                with box("div", "answers"):
                    if given.prints:
                        _print_link(given.prints, words)
                    done = tag("button", words("card.done"), "btn").props("type=button")
                    done.on("click", lambda: self._given.show(None))

    def _draw_held(self, held: tuple[HeldCard, ...]) -> None:
        words = self._words
        if not held:
            with box("section", "card"), box("div", "empty"):
                tag("h2", words("card.none"))
            return
        with box("div", "card clip"), box("table", "table fold"):
            tag("caption", words("card.of", name=self._name), "vh")
            with box("tbody"):
                for card in held:
                    self._draw_card(card)

    def _draw_card(self, card: HeldCard) -> None:
        words = self._words
        with box("tr"):
            with box("td"):
                tag("span", words(f"card.{card.kind.value}"), "name")
            with box("td"):
                badge(words(f"card.{card.state.value.lower()}"), COLOURS.get(card.state, ""))
            tag("td", words("card.since", day=words.day(card.issued_at)), "soft")
            until = words.when(card.expires_at - A_MINUTE, self._now()) if card.expires_at else ""
            tag("td", words("card.good_until", moment=until) if until else "", "soft")
            with box("td", "wide"), box("div", "answers"):
                if card.may_print:
                    _print_link(card.id, words)
                if card.state is CardState.ACTIVE:
                    self._draw_endings(card)

    def _draw_endings(self, card: HeldCard) -> None:
        words = self._words
        if card.kind is CardKind.PRINTED:
            replace = tag("button", words("card.replace"), "btn bare").props("type=button")
            replace.on("click", lambda: self._done(self._replacing(card.id)))
        block = tag("button", words("card.block"), "btn bare").props("type=button")
        block.on("click", lambda: self._done(self._blocking(card.id)))

    def _replacing(self, card_id: str) -> Deed:
        because = self._words("card.replaced")
        return lambda asker, at: give_instead(asker.organization_id, card_id, because, asker, at, self._vault)

    def _blocking(self, card_id: str) -> Deed:
        because = self._words("card.revoked")
        return lambda asker, at: revoke_card(asker.organization_id, card_id, because, asker, at)

    def _draw_copied(self, is_copied: bool) -> None:
        if is_copied:
            badge(self._words("card.copied"), "r")

    def _draw_problem(self, problem: str) -> None:
        if problem:
            tag("p", problem, "note bad").props("role=alert")


def _print_link(card_id: str, words: Words) -> None:
    made = link(CARD_PDF.format(card_id=card_id), words("card.print"), "btn")
    made.props["target"] = "_blank"


def _picture(text: str) -> str:
    """Dark on white in both themes, so that a camera reads it."""
    made = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    made.add_data(text)
    return str(made.make_image(image_factory=SvgPathImage).to_string(encoding="unicode"))
