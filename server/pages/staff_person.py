"""One of the staff on the page: what they hold, and one question at a time: a new card, why to take it, a PIN."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import ui
from nicegui.events import GenericEventArguments

from core.pins import PIN_LENGTH
from server.pages.context import STAFF_CARD_PDF
from server.pages.doing import Deed
from server.pages.islands import Island
from server.pages.marks import badge, box, link, tag
from server.pages.words import Words
from server.services.door.vault import CodeVault
from server.services.people.staff_cards import PinState, StaffPerson
from server.services.people.staff_pins import give_staff_card, set_pin, take_away_staff_card

LONGEST_REASON = 255
AMISS = frozenset({PinState.NEWER_CARD, PinState.OVER})


class DrawnPerson:
    """Stays while the person does. What it says is drawn anew when it changes; a question that was asked stays.

    `do` gives the sentence why something could not be done, or nothing.
    """

    def __init__(
        self, person: StaffPerson, words: Words, now: Callable[[], datetime], vault: CodeVault, *, may_run: bool,
        do: Callable[[Deed], Awaitable[str]],
    ) -> None:  # fmt: skip
        self._person, self._words, self._now, self._vault = person, words, now, vault
        self._may_run, self._do = may_run, do
        self._typed: dict[str, str] = {}
        self._is_busy = False
        self._draws = {"": self._draw_answers, "give": self._ask_give, "take": self._ask_take, "set": self._ask_set}
        with box("article", "card kiosk person"):
            self._said: Island[tuple[StaffPerson, str]] = Island(self._draw_said)
            with box("div").props("role=status"):
                self._news: Island[str] = Island(self._draw_news)
            self._question: Island[tuple[str, tuple[bool, PinState]]] = Island(lambda asked: self._draws[asked[0]]())
            with box("div"):
                self._problem: Island[str] = Island(self._draw_problem)
        self._ask("")

    def show(self, person: StaffPerson) -> None:
        """As they are now. A question that is open stays."""
        has_changed = _holds(person) != _holds(self._person)
        self._person = person
        given = self._words.when(person.card_given_at, self._now()) if person.card_given_at else ""
        self._said.show((person, given))
        if has_changed and not self._asked:
            self._ask("")

    def _ask(self, question: str) -> None:
        """One of the questions, or the buttons. What was typed for another one is forgotten."""
        self._asked = question
        self._typed = {}
        self._problem.show("")
        self._question.show((question, _holds(self._person)))

    async def _act(self, deed: Deed, news: str) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self._news.show("")
        try:
            problem = await self._do(deed)
        finally:
            self._is_busy = False
        if problem:
            self._problem.show(problem)
            return
        self._ask("")
        self._news.show(self._words(news, name=self._person.name))

    async def _give(self) -> None:
        id_, vault = self._person.id, self._vault
        await self._act(lambda asker, at: give_staff_card(asker.organization_id, id_, asker, at, vault), "staff.given")

    async def _take(self) -> None:
        id_, because = self._person.id, self._typed.get("because", "").strip()
        if not because:
            self._problem.show(self._words("staff.take.missing"))
            return
        await self._act(
            lambda asker, at: take_away_staff_card(asker.organization_id, id_, because, asker, at), "staff.taken"
        )

    async def _set(self) -> None:
        id_, vault, pin = self._person.id, self._vault, self._typed.get("pin", "")
        if pin != self._typed.get("again", ""):
            self._problem.show(self._words("staff.set.differ"))
            return
        await self._act(lambda asker, at: set_pin(asker.organization_id, id_, pin, asker, at, vault), "staff.set.done")

    def _draw_said(self, shown: tuple[StaffPerson, str]) -> None:
        person, given = shown
        words = self._words
        with box("header"):
            with box():
                tag("h2", person.name)
                tag("p", f"{words(f'staff.role.{person.role.value}')} · {person.email}", "small faint")
            with box("span", "end"):
                if person.is_ready:
                    badge(words("staff.ready"), "g", "in")
        if person.is_asker:
            tag("p", words("staff.you"), "small soft")
        with box("dl", "told"):
            with box("div"):
                tag("dt", words("staff.card"))
                tag("dd", words("staff.card.given", moment=given) if given else words("staff.card.none"))
            with box("div"):
                tag("dt", words("staff.pin"))
                tag("dd", words(f"staff.pin.{person.pin.value}"), "hot" if person.pin in AMISS else "")

    def _draw_answers(self) -> None:
        """What may be done: all by an owner, one's own PIN by oneself."""
        words, person = self._words, self._person
        has_card = person.card_given_at is not None
        with box("div", "answers"):
            if self._may_run:
                if has_card:
                    made = link(STAFF_CARD_PDF.format(staff_id=person.id), words("staff.print"), "btn")
                    made.props["target"] = "_blank"
                    self._draw_button("staff.give.again", "btn", lambda: self._ask("give"))
                    self._draw_button("staff.take", "btn", lambda: self._ask("take"))
                else:
                    self._draw_button("staff.give", "btn main", self._give)
            if self._may_run or person.is_asker:
                is_next = has_card and person.pin is not PinState.SET
                self._draw_button("staff.set", "btn main" if is_next else "btn", lambda: self._ask("set"))

    def _ask_give(self) -> None:
        with box("div", "sure").props("role=group"):
            tag("p", self._words("staff.give.sure", name=self._person.name))
            self._draw_ways("staff.give.do", self._give)

    def _ask_take(self) -> None:
        with box("div", "sure").props("role=group"):
            tag("p", self._words("staff.take.sure", name=self._person.name))
            kind = f"type=text maxlength={LONGEST_REASON} autocomplete=off"
            field = self._draw_field("because", "staff.take.because", kind, self._take)
            field.props["placeholder"] = self._words("staff.take.hint")
            self._draw_ways("staff.take.do", self._take)
        _begin_typing_in(field)

    def _ask_set(self) -> None:
        """Two fields that show nothing, since it is typed among people."""
        kind = f"type=password inputmode=numeric maxlength={PIN_LENGTH} autocomplete=new-password"
        with box("div", "sure").props("role=group"):
            field = self._draw_field("pin", "staff.set.new", kind, self._set)
            self._draw_field("again", "staff.set.again", kind, self._set)
            self._draw_ways("staff.set.do", self._set)
        _begin_typing_in(field)

    def _draw_field(self, name: str, label: str, kind: str, done: Callable[[], Awaitable[None]]) -> ui.element:
        with box("div", "field"):
            said = tag("label", self._words(label))
            field = box("input", "input").props(kind)
            said.props["for"] = field.html_id

        def keep(event: GenericEventArguments) -> None:
            self._typed[name] = str(event.args)

        field.on("input", keep, js_handler="event => emit(event.target.value)")
        field.on("keydown.enter", done)
        return field

    def _draw_ways(self, does: str, deed: Callable[[], Awaitable[None]]) -> None:
        with box("div", "answers"):
            self._draw_button(does, "btn main", deed)
            self._draw_button("staff.leave", "btn", lambda: self._ask(""))

    def _draw_button(self, says: str, classes: str, does: Callable[[], object]) -> None:
        tag("button", self._words(says), classes).props("type=button").on("click", does)

    def _draw_news(self, news: str) -> None:
        if news:
            tag("p", news, "note")

    def _draw_problem(self, problem: str) -> None:
        if problem:
            tag("p", problem, "problem").props("role=alert")


def _holds(person: StaffPerson) -> tuple[bool, PinState]:
    """All that the buttons depend on."""
    return person.card_given_at is not None, person.pin


def _begin_typing_in(field: ui.element) -> None:
    """Where the keys go next, once the browser has drawn it."""
    ui.run_javascript(f"setTimeout(() => document.getElementById({json.dumps(field.html_id)})?.focus(), 0)")
