"""The staff's page of kiosks: how each is doing, pairing a new one, closing and retiring old ones. It stays true."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from core.errors import TesseraError
from server.pages.context import KIOSKS, PagesContext
from server.pages.doing import do_for
from server.pages.frame import Frame, Plan, frame
from server.pages.islands import Island, Shelf
from server.pages.kiosk_card import DrawnKiosk, draw_gone
from server.pages.kiosk_pairing import DrawnPairing, draw_waiting
from server.pages.marks import box, tag
from server.pages.opening import LookAgain, Opening, open_page
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.desk.fleet import Fleet, KioskCard, fleet
from server.services.fleet.confirming import WaitingKiosk, confirm, turn_away
from server.services.fleet.devices import retire_device, revoke_device
from server.services.fleet.pairing import Invitation, invite
from server.services.people.rights import Asker, Right

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Put in the place of now, so that time alone is not news."""
Verb = Callable[[str, str, Asker, datetime], object]
"""A service's verb about one kiosk: organization, its id, who asks, when."""


def add_kiosks_page(context: PagesContext) -> None:
    """The page at `/kiosks`."""

    def draw(visit: Visit, value: Fleet, look_again: LookAgain) -> "_KiosksPage":
        async def do(verb: Verb, about: str) -> object:
            return await do_for(visit, context, lambda asker, at: verb(asker.organization_id, about, asker, at))

        return _KiosksPage(visit, value, do, look_again, context.now)

    @ui.page(KIOSKS, title="Tessera", reconnect_timeout=10.0)
    async def kiosks_page(request: Request) -> RedirectResponse | None:
        opening = Opening(
            name="page.kiosks",
            here=KIOSKS,
            look=lambda asker, at: fleet(asker.organization_id, asker, at),
            draw=draw,
            feel=lambda asker, _, at: replace(fleet(asker.organization_id, asker, at), at=EPOCH),
        )
        return await open_page(request, context, opening)


class _KiosksPage:
    """The drawn page of one visit."""

    frame: Frame

    def __init__(
        self,
        visit: Visit,
        value: Fleet,
        do: Callable[[Verb, str], Awaitable[object]],
        look_again: LookAgain,
        now: Callable[[], datetime],
    ) -> None:
        self._words = Words(language=visit.visitor.language, zone=value.zone)
        self._visit, self._do, self._look_again, self._now = visit, do, look_again, now
        self._may_plan = visit.visitor.asker.may(Right.PLAN)
        self._at = value.at
        with frame(visit, self._words, Plan(title=self._words("page.kiosks"), here=KIOSKS)) as self.frame:
            self._draw_ground(value)
        self.show(value)

    def show(self, value: Fleet) -> None:
        """A card in which somebody is asked whether they are sure stays, whatever comes and goes around it."""
        self._at = value.at
        self._waiting.show(value.waiting)
        self._nothing.show(not value.in_use and not value.waiting)
        self._cards.show([(card, value.at) for card in value.in_use])
        self._gone.show((value.gone, self._words.day(value.at)))
        self.frame.show_kiosks(value.kiosks)

    def _draw_ground(self, value: Fleet) -> None:
        words = self._words
        with box("header", "head"):
            with box("div", "lead"):
                tag("h1", words("page.kiosks"))
                tag("p", words("fleet.lead"), "soft")
            with box("div", "end"):
                for venue in value.venues if self._may_plan else ():
                    is_one = len(value.venues) == 1
                    says = words("fleet.pair") if is_one else words("fleet.pair.at", venue=venue.name)
                    button = tag("button", says, "btn main" if is_one else "btn").props("type=button")
                    button.on("click", lambda venue=venue: self._invite(venue.id))
        self._problem = Island(self._draw_problem)
        self._pairing = DrawnPairing(words, self._now)
        self._waiting = Island(self._draw_waiting)
        self._nothing = Island(self._draw_nothing)
        with box("div", "fleet"):
            self._cards = Shelf(lambda shown: shown[0].id, self._make_card)
        if not self._may_plan:
            tag("p", words("fleet.for_a_manager"), "small soft")
        self._gone = Island(self._draw_gone)

    async def _invite(self, venue_id: str) -> None:
        made = await self._done(invite, venue_id)
        if isinstance(made, Invitation):
            self._pairing.open(made)

    async def _done(self, verb: Verb, about: str) -> object:
        """What the service gave; None if it could not be, which the page then says."""
        self._problem.show("")
        try:
            made = await self._do(verb, about)
        except TesseraError as error:
            self._problem.show(self._words.error(error))
            return None
        except Exception as error:
            self.frame.tell_failure(error)
            return None
        await self._look_again()
        return made

    def _make_card(self, shown: tuple[KioskCard, datetime]) -> DrawnKiosk:
        return DrawnKiosk(
            self._words,
            may_plan=self._may_plan,
            revoke=lambda id_: self._done(revoke_device, id_),
            retire=lambda id_: self._done(retire_device, id_),
        )

    def _draw_waiting(self, waiting: tuple[WaitingKiosk, ...]) -> None:
        for kiosk in waiting:
            draw_waiting(kiosk, self._words, self._may_plan, self._settle)

    async def _settle(self, kiosk: WaitingKiosk, is_ours: bool) -> None:
        await self._done(confirm if is_ours else turn_away, kiosk.id)
        self._pairing.close()

    def _draw_problem(self, problem: str) -> None:
        if problem:
            tag("p", problem, "note bad").props("role=alert")

    def _draw_nothing(self, is_empty: bool) -> None:
        if is_empty:
            with box("section", "card"), box("div", "empty"):
                tag("h2", self._words("fleet.none"))
                tag("p", self._words("fleet.none.more"))

    def _draw_gone(self, shown: tuple[tuple[KioskCard, ...], str]) -> None:
        if shown[0]:
            draw_gone(shown[0], self._words, self._at)
