"""What is around every page: rail, top, tabs; and the one place where what went wrong is told, with a number."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui import ui

from core.errors import TesseraError
from server.pages.context import ASSETS, INBOX, KIOSKS, SIGN_OUT, STAFF, TODAY
from server.pages.islands import Island
from server.pages.languages import draw_languages, say_language
from server.pages.marks import box, icon, link, mosaic, tag
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.desk.values import Kiosk, Place
from server.services.people.rights import Right

log = logging.getLogger(__name__)

THEME_COOKIE = "tessera_theme"
THEME = (
    f"const kept = document.cookie.match(/{THEME_COOKIE}=(light|dark)/);"
    "document.documentElement.dataset.theme = kept ? kept[1]"
    " : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';"
)
TOGGLE = (
    "() => { const root = document.documentElement.dataset; root.theme = root.theme === 'dark' ? 'light' : 'dark';"
    f" document.cookie = `{THEME_COOKIE}=${{root.theme}};path=/;max-age=31536000;samesite=lax`; }}"
)
STYLES = "".join(
    f'<link rel="stylesheet" href="{ASSETS}/{style}">'
    for style in ("fonts/fonts.css", "desk.css", "desk_staff.css", "desk_languages.css")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to frame: `here` is the page of the menu that this is or belongs to."""

    title: str
    here: str = TODAY
    venue: Place | None = None
    venues: Sequence[Place] = ()


class Frame:
    """The parts of a drawn frame that change afterwards."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._kiosks: Island[tuple[Kiosk, ...]] | None = None
        self._toast: Island[str] | None = None
        self._waiting: list[Island[int]] = []
        self._is_failing = False

    def show_kiosks(self, kiosks: tuple[Kiosk, ...]) -> None:
        if self._kiosks:
            self._kiosks.show(kiosks)

    def show_waiting(self, count: int) -> None:
        """How many things wait at the inbox, wherever the menu stands."""
        for island in self._waiting:
            island.show(count)

    def tell_failure(self, error: Exception) -> None:
        """Into the log with a number, and the number to whoever looks: once, however often it fails again.

        The page stays as it was.
        """
        if not self._is_failing and self._toast:
            self._toast.show(written_down(error))
        self._is_failing = True

    def forget_failure(self) -> None:
        """It works again."""
        if self._is_failing and self._toast:
            self._toast.show("")
        self._is_failing = False


@contextmanager
def frame(visit: Visit, words: Words, plan: Plan) -> Iterator[Frame]:
    """Draws the frame; what is drawn inside the block is the page. NiceGUI puts all of it into one `<main>`."""
    made = Frame(words)
    head(words, f"{plan.title} · {visit.visitor.organization_name} · Tessera")
    link("#main", words("skip"), "skip")
    with box("div", "app"):
        _rail(visit, words, plan, made)
        with box():
            _top(visit, words, plan)
            with box("div").props("id=main tabindex=-1"):
                yield made
            draw_languages(words)
    _tabs(visit, words, plan, made)
    with box("div").props("role=status"):
        made._toast = Island(lambda number: _draw_toast(words, number))


def head(words: Words, title: str) -> None:
    """Letters, colours and language. The theme is set before anything is painted."""
    ui.page_title(title)
    ui.add_head_html(f"{STYLES}<script>{THEME}</script>")
    say_language(words)


def draw_error(words: Words, error: Exception) -> None:
    """What was asked for cannot be (in a sentence), or something broke (with a number for the log)."""
    with box("section", "card"), box("div", "empty"):
        if isinstance(error, TesseraError):
            tag("h1", words("failure.page"))
            tag("p", words.error(error))
        else:
            tag("h1", words("failure.page"))
            tag("p", words("failure.more", number=written_down(error)))
        link(TODAY, words("back"), "btn")


def written_down(error: Exception) -> str:
    """The number under which it stands in the log."""
    number = secrets.token_hex(3).upper()
    log.error("desk page, number %s", number, exc_info=error)
    return number


def _rail(visit: Visit, words: Words, plan: Plan, made: Frame) -> None:
    with box("div", "rail"):
        _brand(visit, plan)
        with box("nav") as pages:
            pages.props["aria-label"] = words("pages")
            with box():
                tag("p", words("front_desk"), "label")
                _menu(visit, words, plan, made)
        with box("div", "foot"):
            made._kiosks = Island(lambda kiosks: _draw_kiosks(words, kiosks))


def _brand(visit: Visit, plan: Plan) -> None:
    with link(TODAY, classes="brand"):
        mosaic()
        with box("span"):
            tag("b", visit.visitor.organization_name)
            if plan.venue:
                tag("span", plan.venue.name, "tiny faint")


def _menu(visit: Visit, words: Words, plan: Plan, made: Frame) -> None:
    _menu_line(words, plan, TODAY, "today")
    if visit.visitor.asker.may(Right.SERVE):
        with _menu_line(words, plan, INBOX, "inbox"):
            made._waiting.append(Island(lambda count: _draw_count(words, count)))
        _menu_line(words, plan, KIOSKS, "kiosk", "page.kiosks")
    _menu_line(words, plan, STAFF, "staff")


def _menu_line(words: Words, plan: Plan, address: str, drawing: str, name: str = "") -> ui.element:
    with link(address) as line:
        if plan.here == address:
            line.props["aria-current"] = "page"
        icon(drawing)
        tag("span", words(name or f"page.{drawing}"))
    return line


def _draw_count(words: Words, count: int) -> None:
    if count:
        with box("span", "count"):
            tag("span", str(count)).props("aria-hidden=true")
            tag("span", words("inbox.waiting", count=count), "vh")


def _top(visit: Visit, words: Words, plan: Plan) -> None:
    asker = visit.visitor.asker
    with box("div", "top"):
        with link(TODAY, classes="brand") as brand:
            brand.props["aria-label"] = f"{visit.visitor.organization_name}, {words('page.today')}"
            mosaic()
        if len(plan.venues) > 1:
            _venues(words, plan)
        with box("div", "right"):
            with box("button", "btn bare icon").props("type=button") as theme:
                theme.props["aria-label"] = words("theme")
                icon("theme")
            theme.on("click", js_handler=TOGGLE)
            with box("div", "who"):
                tag("div", initials(asker.name), "face").props("aria-hidden=true")
                tag("b", asker.name, "small")
            with box("form", "wide-only").props(f"method=post action={SIGN_OUT}"):
                tag("button", words("sign_out"), "btn bare").props("type=submit")


def _venues(words: Words, plan: Plan) -> None:
    with box("nav", "venues seg") as switch:
        switch.props["aria-label"] = words("venue")
        for venue in plan.venues:
            choice = link(f"{TODAY}?venue={venue.id}", venue.name)
            if plan.venue and venue.id == plan.venue.id:
                choice.props["aria-current"] = "true"


def _tabs(visit: Visit, words: Words, plan: Plan, made: Frame) -> None:
    with box("nav", "tabs") as tabs:
        tabs.props["aria-label"] = words("pages")
        _menu(visit, words, plan, made)
        with box("form").props(f"method=post action={SIGN_OUT}"), box("button").props("type=submit"):
            icon("leave")
            tag("span", words("sign_out"))


def _draw_kiosks(words: Words, kiosks: tuple[Kiosk, ...]) -> None:
    if not kiosks:
        tag("span", words("kiosk.none"), "faint")
        return
    with box("ul") as listed:
        listed.props["aria-label"] = words("kiosks")
        for kiosk in kiosks:
            with box("li", ("silent calls" if kiosk.calls else "silent") if kiosk.is_silent else ""):
                if kiosk.is_silent:
                    icon("silent")
                    tag("span", words("kiosk.silent", name=kiosk.name))
                else:
                    tag("span", words("kiosk.in_touch", name=kiosk.name), "live")


def _draw_toast(words: Words, number: str) -> None:
    if number:
        with box("div", "toast"):
            tag("span", f"{words('failure')} {words('failure.number', number=number)}")


def initials(name: str) -> str:
    """`LB` for Lena Brandt."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()
