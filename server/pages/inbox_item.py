"""One inbox item on the page: what is so, a reason to choose or to write, one button; other answers are quieter."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import ui
from nicegui.events import GenericEventArguments

from core.errors import TesseraError
from core.messages import has
from server.pages.islands import Island
from server.pages.marks import badge, box, link, tag
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.desk.inbox.saying import in_words
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Sentence, Way, Wish

MOST_REASONS = 9
LONGEST_REASON = 255
COLOURS = {
    InboxKind.DISPUTE: "a",
    InboxKind.OVERDRAFT: "r",
    InboxKind.UNKNOWN_CARD: "b",
    InboxKind.FORK: "r",
    InboxKind.DEFERRED: "a",
    InboxKind.SILENT_KIOSK: "a",
    InboxKind.SELF_TEST: "a",
    InboxKind.COPIED_CARD: "r",
    InboxKind.SUSPENSION_SPIKE: "r",
    InboxKind.WEBHOOK_PAUSED: "a",
    InboxKind.CONTEST: "b",
}


class DrawnItem:
    """Stays while the item does, and with it what was typed. Its words and answers are drawn anew when they change."""

    def __init__(
        self, item: InboxItem, visit: Visit, at: Callable[[], datetime], settle: Callable[[Wish], Awaitable[bool]]
    ) -> None:
        self._item, self._visit, self._at, self._settle = item, visit, at, settle
        self._words = Words(language=visit.visitor.language, zone=item.zone)
        self._because = ""
        self._is_busy = False
        with box("article", "card ask") as self._ground:
            self._said = Island(self._draw_said)
            if any(visit.visitor.asker.may(offer.right) for offer in item.offers):
                self._draw_reason()
            self._problem = Island(self._draw_problem)
            self._answers = Island(self._draw_answers)
            self._otherwise = Island(self._draw_otherwise)

    def show(self, shown: tuple[InboxItem, str]) -> None:
        """The item as it is now, and the day, on which the words for instants depend."""
        item = self._item = shown[0]
        self._said.show((item, shown[1]))
        self._answers.show(item.offers)
        self._otherwise.show(item.otherwise)

    def _draw_said(self, shown: tuple[InboxItem, str]) -> None:
        item, words = shown[0], self._words
        with box("header", "what"):
            with box("p", "small faint"):
                when = words.when(item.at, self._at())
                tag("span", words("inbox.where", when=when, where=item.where) if item.where else when)
            badge(words(f"inbox.kind.{item.kind}"), COLOURS.get(item.kind, ""))
            tag("h2", self._in_words(item.title))
        if item.knew or item.now:
            with box("div", "knew" if item.knew and item.now else "knew one"):
                if item.knew:
                    self._draw_known("inbox.knew", item.knew)
                if item.now:
                    self._draw_known("inbox.now" if item.knew else "inbox.about", item.now)
        if item.session_id:
            with box("p", "small"):
                link(f"/sessions/{item.session_id}", words("inbox.roster"), "quiet")

    def _draw_known(self, label: str, known: Sentence) -> None:
        with box("div"):
            tag("p", self._words(label), "lab")
            tag("p", self._in_words(known))

    def _draw_reason(self) -> None:
        words = self._words
        with box("div", "why"):
            with box("div", "chips"):
                for number in range(1, MOST_REASONS):
                    key = f"inbox.reason.{self._item.kind}.{number}"
                    if has(f"desk.{key}"):
                        self._draw_chip(words(key))
            with box("input", "input").props(f"type=text maxlength={LONGEST_REASON} autocomplete=off") as self._input:
                self._input.props["aria-label"] = words("inbox.reason")
                self._input.props["placeholder"] = words("inbox.reason.hint")
            self._input.on("input", self._typed, js_handler="event => emit(event.target.value)")

    def _draw_chip(self, reason: str) -> None:
        chip = tag("button", reason, "chip").props("type=button")
        chip.on("click", lambda: self._choose(reason))

    def _choose(self, reason: str) -> None:
        """Written into the field, where it can be changed."""
        self._because = reason
        self._problem.show("")
        field, text = json.dumps(self._input.html_id), json.dumps(reason)
        ui.run_javascript(
            f"const field = document.getElementById({field}); if (field) {{ field.value = {text}; field.focus();"
            f" field.setSelectionRange({len(reason)}, {len(reason)}); }}"
        )

    def _typed(self, event: GenericEventArguments) -> None:
        self._because = str(event.args)

    def _draw_answers(self, offers: tuple[Offer, ...]) -> None:
        words, asker = self._words, self._visit.visitor.asker
        with box("div", "answers"):
            for place, offer in enumerate(offers):
                if asker.may(offer.right):
                    with box("button", "btn answer" if place else "btn answer main").props("type=button") as button:
                        tag("span", words(f"inbox.way.{offer.way}"))
                        tag("small", self._in_words(offer.price))
                    button.on("click", lambda way=offer.way: self._answer(way))
                elif not place:
                    tag("p", words("inbox.for_a_manager"), "small soft")

    async def _answer(self, way: Way) -> None:
        if not self._because.strip():
            self._problem.show(self._words("inbox.reason.missing"))
            return
        if self._is_busy:
            return
        self._is_busy = True
        self._problem.show("")
        self._ground.classes(add="leaving")
        is_settled = False
        try:
            wish = Wish(kind=self._item.kind, key=self._item.key, because=self._because, way=way)
            is_settled = await self._settle(wish)
        except TesseraError as error:
            self._problem.show(self._words.error(error))
        finally:
            self._is_busy = False
            if not is_settled:
                self._ground.classes(remove="leaving")

    def _draw_problem(self, problem: str) -> None:
        if problem:
            tag("p", problem, "problem").props("role=alert")

    def _draw_otherwise(self, otherwise: Sentence) -> None:
        with box("p", "small soft"):
            tag("b", self._words("inbox.if_nobody"))
            tag("span", f" {self._in_words(otherwise)}")

    def _in_words(self, said: Sentence) -> str:
        return in_words(self._words.language, said, lambda instant: self._words.when(instant, self._at()))
