"""Who is staff at a kiosk: everybody's card and PIN for an owner to give, one's own PIN for everybody to set.

A PIN goes from the keys to the service, and is neither kept nor written down on the way.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from core.errors import TesseraError
from server.pages.context import STAFF, STAFF_CARD_PDF, PagesContext
from server.pages.doing import Deed, do_for, on_paper
from server.pages.frame import Frame, Plan, frame
from server.pages.islands import Shelf
from server.pages.marks import box, tag
from server.pages.opening import LookAgain, Opening, open_page
from server.pages.staff_person import DrawnPerson
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.door.vault import CodeVault
from server.services.people.rights import Asker
from server.services.people.staff_cards import Team, staff_card_pdf, team


def add_staff_page(context: PagesContext, vault: CodeVault) -> None:
    """The page at `/staff`."""

    def look(asker: Asker, at: datetime) -> Team:
        return team(asker.organization_id, asker, at)

    def draw(visit: Visit, value: Team, look_again: LookAgain) -> "_StaffPage":
        async def do(deed: Deed) -> object:
            made = await do_for(visit, context, deed)
            await look_again()
            return made

        return _StaffPage(visit, value, do, context.now, vault)

    @ui.page(STAFF, title="Tessera", reconnect_timeout=10.0)
    async def staff_page(request: Request) -> RedirectResponse | None:
        opening = Opening(
            name="page.staff", here=STAFF, look=look, draw=draw, feel=lambda asker, _, at: look(asker, at)
        )  # fmt: skip
        return await open_page(request, context, opening)


def staff_card_routes(context: PagesContext, vault: CodeVault) -> APIRouter:
    """A staff card on paper, for an owner who is signed in."""
    router = APIRouter(include_in_schema=False)

    @router.get(STAFF_CARD_PDF)
    async def printed(request: Request, staff_id: str) -> Response:
        def drawn(asker: Asker, _: datetime, __: str) -> bytes:
            return staff_card_pdf(asker.organization_id, staff_id, asker, vault)

        return await on_paper(request, context, drawn)

    return router


class _StaffPage:
    """The drawn page of one visit."""

    frame: Frame

    def __init__(
        self, visit: Visit, value: Team, do: Callable[[Deed], Awaitable[object]], now: Callable[[], datetime],
        vault: CodeVault,
    ) -> None:  # fmt: skip
        self._words = Words(language=visit.visitor.language, zone=value.zone)
        self._do, self._now, self._vault, self._may_run = do, now, vault, value.may_run
        with frame(visit, self._words, Plan(title=self._words("page.staff"), here=STAFF)) as self.frame:
            self._draw_ground()
        self.show(value)

    def show(self, value: Team) -> None:
        """Whatever somebody is typing about one person stays, whoever comes and goes around them."""
        self._people.show(value.people)
        self.frame.show_kiosks(value.kiosks)

    def _draw_ground(self) -> None:
        words = self._words
        with box("header", "head"), box("div", "lead"):
            tag("h1", words("page.staff"))
            tag("p", words("staff.lead"), "soft")
            tag("p", words("staff.lead.more" if self._may_run else "staff.for_an_owner"), "small soft")
        with box("div", "fleet"):
            self._people = Shelf(
                lambda person: person.id,
                lambda person: DrawnPerson(
                    person, self._words, self._now, self._vault, may_run=self._may_run, do=self._done
                ),
            )

    async def _done(self, deed: Deed) -> str:
        """Empty where it was done, else the sentence why not."""
        try:
            await self._do(deed)
        except TesseraError as error:
            return self._words.error(error)
        except Exception as error:
            self.frame.tell_failure(error)
            return self._words("failure")
        return ""
