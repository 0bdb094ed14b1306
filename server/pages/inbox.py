"""The staff's inbox: what waits for an answer, what was answered this week and why. It updates by itself."""

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from core.errors import TesseraError
from server.pages.context import INBOX, PagesContext
from server.pages.doing import do_for
from server.pages.frame import Frame, Plan, frame
from server.pages.inbox_item import DrawnItem
from server.pages.islands import Island, Shelf
from server.pages.marks import box, tag
from server.pages.opening import LookAgain, Opening, open_page
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.desk.inbox import finding
from server.services.desk.inbox.saying import in_words
from server.services.desk.inbox.settling import settle
from server.services.desk.inbox.values import Inbox, InboxItem, InboxKind, Settled, Wish
from server.services.people.rights import Asker

Answer = Callable[[Wish], Awaitable[Settled]]


def add_inbox_page(context: PagesContext) -> None:
    """The page at `/inbox`."""

    def draw(visit: Visit, inbox: Inbox, look_again: LookAgain) -> "_InboxPage":
        async def answer(wish: Wish) -> Settled:
            def settled(asker: Asker, at: datetime) -> Settled:
                return settle(asker.organization_id, wish, asker, at, context.vault)

            return await do_for(visit, context, settled)

        return _InboxPage(visit, inbox, answer, look_again)

    @ui.page(INBOX, title="Tessera", reconnect_timeout=10.0)
    async def inbox_page(request: Request) -> RedirectResponse | None:
        opening = Opening(
            name="page.inbox",
            here=INBOX,
            look=lambda asker, at: finding.inbox(asker.organization_id, asker, at),
            draw=draw,
            feel=_feel,
        )
        return await open_page(request, context, opening)


def _feel(asker: Asker, _: Inbox, at: datetime) -> Hashable:
    return finding.pulse(asker.organization_id, at), finding.door_pulse(asker.organization_id, at)


class _InboxPage:
    """The drawn page of one visit."""

    frame: Frame

    def __init__(self, visit: Visit, inbox: Inbox, answer: Answer, look_again: LookAgain) -> None:
        self._words = Words(language=visit.visitor.language, zone=inbox.zone)
        self._visit, self._answer, self._look_again = visit, answer, look_again
        self._at = inbox.at
        with frame(visit, self._words, Plan(title=self._words("page.inbox"), here=INBOX)) as self.frame:
            self._draw_ground()
        self.show(inbox)

    def show(self, inbox: Inbox) -> None:
        """What somebody is typing into an item stays while others come and go."""
        self._at = inbox.at
        self._count.show(len(inbox.items))
        self._nothing.show(not inbox.items)
        self._items.show([(item, self._words.day(inbox.at)) for item in inbox.items])
        self._settled.show((inbox.settled, self._words.day(inbox.at)))
        self.frame.show_kiosks(inbox.kiosks)
        self._held.show(sum(item.kind is InboxKind.QUARANTINE for item in inbox.items))

    def _draw_ground(self) -> None:
        words = self._words
        with box("header", "head"):
            with box("div", "lead"):
                tag("h1", words("page.inbox"))
                tag("p", words("inbox.lead"), "soft")
            with box("div", "end"):
                self._count = Island(self._draw_count)
        with box("div", "cols flow inbox"):
            with box("div", "stack f1"):
                self._nothing = Island(self._draw_nothing)
                self._items = Shelf(lambda shown: (shown[0].kind, shown[0].key), self._make_item)
            with box("div", "stack"):
                with box("section", "card").props("aria-labelledby=h-settled"):
                    with box("header"):
                        tag("h2", words("inbox.settled")).props("id=h-settled")
                    self._settled = Island(self._draw_settled)
                with box("section", "card").props("aria-labelledby=h-held"):
                    with box("header"):
                        tag("h2", words("inbox.held")).props("id=h-held")
                    self._held = Island(self._draw_held)
        self._voice = tag("div", "", "vh").props("role=status aria-live=polite")

    def _make_item(self, shown: tuple[InboxItem, str]) -> DrawnItem:
        return DrawnItem(shown[0], self._visit, lambda: self._at, self._settle)

    async def _settle(self, wish: Wish) -> bool:
        """False: something broke, and the page has said so. Raises the service's errors: the item says those."""
        try:
            settled = await self._answer(wish)
        except TesseraError:
            raise
        except Exception as error:
            self.frame.tell_failure(error)
            return False
        title = in_words(self._words.language, settled.title, lambda when: self._words.when(when, self._at))
        self._voice.set_text(self._words("inbox.settled.said", title=title))
        await self._look_again()
        return True

    def _draw_count(self, count: int) -> None:
        if count:
            tag("span", self._words.counted("inbox.open", count), "badge r")

    def _draw_nothing(self, is_empty: bool) -> None:
        if is_empty:
            self._draw_empty("inbox.empty")

    def _draw_settled(self, shown: tuple[tuple[Settled, ...], str]) -> None:
        words = self._words
        if not shown[0]:
            self._draw_empty("inbox.settled.none")
            return
        with box("ol", "rows settled"):
            for settled in shown[0]:
                with box("li"):
                    tag("b", in_words(words.language, settled.title, lambda when: words.when(when, self._at)))
                    way = words(f"inbox.way.{settled.way}")
                    tag("p", words("inbox.settled.how", way=way, because=settled.because))
                    when = words.when(settled.settled_at, self._at)
                    tag("p", words("inbox.settled.who", when=when, name=settled.by_name), "faint")

    def _draw_held(self, count: int) -> None:
        words = self._words
        if not count:
            self._draw_empty("inbox.held.none")
            return
        with box("div", "empty"):
            tag("h3", words.counted("inbox.held", count))
            tag("p", words("inbox.held.more"))

    def _draw_empty(self, key: str) -> None:
        with box("section", "card") if key == "inbox.empty" else box(), box("div", "empty"):
            with box("div", "tiles sm").props("aria-hidden=true"):
                for _ in range(4):
                    box("i", "free")
            tag("h3" if key != "inbox.empty" else "h2", self._words(key))
            tag("p", self._words(f"{key}.more"))
