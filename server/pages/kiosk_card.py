"""One kiosk on the page: how it is in plain words, what is wrong loudly, and closing or retiring it in two steps."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.messages import has, say
from core.selftest import Check, Verdict
from server.pages.islands import Island
from server.pages.marks import badge, box, tag
from server.pages.words import Words
from server.services.desk.fleet import KioskCard, Working

OF_NOW = timedelta(seconds=60)
CLOCK_IS_RIGHT_WITHIN = timedelta(seconds=2)
CAMERAS_THAT_SEE = frozenset({"WORKING", "STARTING", "OFF", ""})
Act = Callable[[str], Awaitable[object]]


class DrawnKiosk:
    """Stays while the kiosk does. What it says is drawn anew when it changes; a question that was asked stays."""

    def __init__(self, words: Words, *, may_plan: bool, revoke: Act, retire: Act) -> None:
        self._words, self._may_plan = words, may_plan
        self._acts = {"revoke": revoke, "retire": retire}
        self._card: KioskCard | None = None
        with box("article", "card kiosk"):
            self._said = Island(self._draw_said)
            self._question = Island(self._draw_question)
        self._question.show("")

    def show(self, shown: tuple[KioskCard, datetime]) -> None:
        """The kiosk as it is now, and the instant of that."""
        self._card, at = shown
        facts, troubles = facts_of(self._card, self._words, at), troubles_of(self._card, self._words, at)
        self._said.show((self._card, facts, tuple(troubles)))

    def _draw_said(
        self, shown: tuple[KioskCard, tuple[tuple[str, str, bool], ...], tuple[tuple[str, str], ...]]
    ) -> None:
        card, facts, troubles = shown
        words = self._words
        with box("header"):
            with box():
                tag("h2", card.name)
                tag("p", card.venue_name, "small faint")
            with box("span", "end"):
                if card.is_silent:
                    badge(words("fleet.silent"), "r" if card.calls else "a")
                else:
                    badge(words("fleet.in_touch"), "g", "in")
        for loud, more in troubles:
            with box("div", "note bad").props("role=note"), box():
                tag("b", loud)
                if more:
                    tag("p", more, "small")
        with box("dl", "told"):
            for label, value, is_bad in facts:
                with box("div"):
                    tag("dt", label)
                    tag("dd", value, "hot" if is_bad else "")
        if any(card.versions):
            tag("p", words("fleet.versions", tessera=card.versions[0], sqlite=card.versions[1]), "small faint")

    def _draw_question(self, about: str) -> None:
        """Empty: the two buttons. Else what the one that was pressed would do, to be said again."""
        if not self._may_plan:
            return
        words, card = self._words, self._card
        if not about or card is None:
            with box("div", "answers"):
                for name in self._acts:
                    button = tag("button", words(f"fleet.{name}"), "btn bare").props("type=button")
                    button.on("click", lambda name=name: self._question.show(name))
            return
        with box("div", "sure").props("role=group"):
            tag("p", _asked(about, card, words))
            with box("div", "answers"):
                sure = tag("button", words(f"fleet.{about}.do"), "btn main").props("type=button")
                sure.on("click", lambda: self._acts[about](card.id))
                leave = tag("button", words("fleet.leave"), "btn").props("type=button")
                leave.on("click", lambda: self._question.show(""))


def draw_gone(cards: tuple[KioskCard, ...], words: Words, at: datetime) -> None:
    """Those closed or retired, one line each."""
    with box("section", "card gone").props("aria-labelledby=h-gone"):
        with box("header"):
            tag("h2", words("fleet.gone")).props("id=h-gone")
        with box("ul", "rows"):
            for card in cards:
                with box("li"):
                    tag("b", card.name)
                    tag("span", f" {_how_it_went(card, words, at)}", "small faint")


def facts_of(card: KioskCard, words: Words, at: datetime) -> tuple[tuple[str, str, bool], ...]:
    """(label, value, whether it wants to be looked at)."""
    unknown = words("fleet.unknown")
    disk = unknown if card.disk_free is None else words("fleet.disk.free", gigabytes=_gigabytes(card.disk_free))
    answers = unknown
    if card.p50 is not None and card.p95 is not None:
        answers = words("fleet.answers.ms", p50=card.p50, p95=card.p95)
    off = card.clock_offset
    return (
        (words("fleet.heard"), _heard(card, words, at), card.is_silent),
        (words("fleet.unsent"), str(card.waiting), False),
        (words("fleet.clock"), _clock(off, words), off is not None and abs(off) > OF_NOW),
        (words("fleet.list"), _list(card.list_age, words), card.list_age is not None and card.list_age.days > 0),
        (words("fleet.camera"), _camera(card, words), card.camera not in CAMERAS_THAT_SEE),
        (words("fleet.disk"), words("fleet.disk.failing") if card.is_disk_failing else disk, card.is_disk_failing),
        (words("fleet.answers"), answers, False),
        (words("fleet.self_test"), _self_test(card, words, at), card.self_test is not None and card.self_test.is_amiss),
        *_workings(card, words),
    )


def troubles_of(card: KioskCard, words: Words, at: datetime) -> list[tuple[str, str]]:
    """(what is wrong, what it means and what to do), the worst first."""
    found: list[tuple[str, str]] = []
    if card.forked_at is not None:
        found.append((words("fleet.forked", name=card.name), words("fleet.forked.more")))
    if card.help_called and not card.is_silent:
        found.append((words("fleet.help", number=card.help_called), ""))
    if card.calls:
        found.append((words("fleet.calls"), words("fleet.calls.more", since=_heard(card, words, at))))
    if card.self_test is not None and card.self_test.verdict is Verdict.FAILED:
        when, what = words.when(card.self_test.made_at, at), checks_in_words(card.self_test.amiss, words)
        found.append((words("fleet.self_test.loud", when=when, what=what), words("fleet.self_test.loud.more")))
    if card.file_trouble:
        found.append((card.file_trouble, ""))
    if card.damaged_file:
        found.append((words("fleet.damaged", file=card.damaged_file), ""))
    if card.interrupted:
        found.append((words.counted("fleet.interrupted", card.interrupted), ""))
    return found


def length_in_words(length: timedelta, words: Words) -> str:
    """`12 s`, `3 min`, `5 h`, `2 days`: rounded down, in the largest of these that fits."""
    seconds = int(abs(length).total_seconds())
    for name, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= size:
            return words.counted(f"fleet.{name}", seconds // size)
    return words.counted("fleet.seconds", seconds)


def _asked(about: str, card: KioskCard, words: Words) -> str:
    if about == "revoke":
        return words("fleet.revoke.ask", name=card.name)
    if not card.waiting:
        return words("fleet.retire.ask.none", name=card.name)
    return words.counted("fleet.retire.ask", card.waiting, name=card.name)


def _heard(card: KioskCard, words: Words, at: datetime) -> str:
    if card.heard_at is None:
        return words("fleet.heard.never")
    return words.when(card.heard_at, at) if card.is_silent else words("fleet.heard.now")


def _clock(offset: timedelta | None, words: Words) -> str:
    if offset is None:
        return words("fleet.unknown")
    if abs(offset) < CLOCK_IS_RIGHT_WITHIN:
        return words("fleet.clock.right")
    way = "fast" if offset > timedelta(0) else "slow"
    return words(f"fleet.clock.{way}", length=length_in_words(offset, words))


def _list(age: timedelta | None, words: Words) -> str:
    if age is None:
        return words("fleet.list.none")
    return words("fleet.list.now") if age < OF_NOW else words("fleet.list.old", length=length_in_words(age, words))


def _camera(card: KioskCard, words: Words) -> str:
    if not card.camera:
        return words("fleet.unknown")
    key = f"fleet.camera.{card.camera}"
    state = words(key) if has(f"desk.{key}") else card.camera
    if not card.camera_source or card.camera == "OFF":  # the source of one that is not there is "none"
        return state
    return words("fleet.camera.source", state=state, source=card.camera_source)


def _self_test(card: KioskCard, words: Words, at: datetime) -> str:
    if (test := card.self_test) is None:
        return words("fleet.self_test.none")
    when = words.when(test.made_at, at)
    return words(f"fleet.self_test.{test.verdict}", when=when, what=checks_in_words(test.amiss, words))


def _workings(card: KioskCard, words: Words) -> tuple[tuple[str, str, bool], ...]:
    """Door and lamps, where there are any."""
    return tuple(
        (words(f"fleet.{name}"), _working(name, working, words), working.how == "failing")
        for name, working in (("door", card.door), ("lamp", card.lamp))
        if working is not None
    )


def _working(name: str, working: Working, words: Words) -> str:
    said = words(f"fleet.{name}.{working.how}", count=working.failed)
    return f"{said}, {words('fleet.reference', reference=working.reference)}" if working.reference else said


def checks_in_words(checks: tuple[Check, ...], words: Words) -> str:
    """`Camera, Light`."""
    return ", ".join(say(words.language, f"selftest.check.{check}") for check in checks)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}" if size < 10e9 else f"{size / 1e9:.0f}"


def _how_it_went(card: KioskCard, words: Words, at: datetime) -> str:
    if card.revoked_at is not None:
        return words("fleet.revoked", when=words.when(card.revoked_at, at))
    assert card.retired_at is not None
    return words("fleet.retired", when=words.when(card.retired_at, at))
