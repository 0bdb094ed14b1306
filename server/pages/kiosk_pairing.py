"""Pairing on the page: the code in big type, its picture and how long it is good; and who waits to be confirmed."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import qrcode
from nicegui import ui
from qrcode.image.svg import SvgPathImage

from core.pairing import text_of
from server.pages.islands import Island
from server.pages.marks import box, tag
from server.pages.words import Words
from server.services.fleet.confirming import WaitingKiosk
from server.services.fleet.pairing import Invitation


class DrawnPairing:
    """Shows one code after another, until it is put away. The code itself is nowhere but on this page."""

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        self._words, self._now = words, now
        self._made: Invitation | None = None
        self._ground = Island(self._draw)
        self._left: Island[str] | None = None
        ui.timer(1.0, self._count_down)

    def open(self, made: Invitation) -> None:
        """This code, instead of whichever was shown."""
        self._made = made
        self._ground.show(made)
        self._count_down()

    def close(self) -> None:
        """Put it away. It stays good until it is used or too old."""
        self._made = None
        self._ground.show(None)

    def _draw(self, made: Invitation | None) -> None:
        self._left = None
        if made is None:
            return
        words = self._words
        with box("section", "card pairing").props("aria-labelledby=h-pairing"):
            ui.html(qr_of(made.code), sanitize=False).classes("qr").props(
                f'role=img aria-label="{words("fleet.pair.qr")}"'
            )
            with box("div", "stack"):
                tag("h2", words("fleet.pair.title", venue=made.venue_name)).props("id=h-pairing")
                tag("p", f"{made.code[:4]}-{made.code[4:]}", "code")
                tag("p", words("fleet.pair.more"), "soft")
                with box("div", "answers"):
                    self._left = Island(_draw_left)
                    button = tag("button", words("fleet.pair.close"), "btn").props("type=button")
                    button.on("click", self.close)

    def _count_down(self) -> None:
        if self._made is None or self._left is None:
            return
        seconds = int((self._made.expires_at - self._now()).total_seconds())
        if seconds <= 0:
            self._left.show(self._words("fleet.pair.over"))
        else:
            self._left.show(self._words("fleet.pair.left", clock=f"{seconds // 60}:{seconds % 60:02d}"))


def _draw_left(says: str) -> None:
    tag("p", says, "clock")


def draw_waiting(
    kiosk: WaitingKiosk, words: Words, may_plan: bool, settle: Callable[[WaitingKiosk, bool], Awaitable[None]]
) -> None:
    """A kiosk that used a code: the sign to compare, and yes or no."""
    with box("section", "card pairing waits").props("role=status"):
        tag("p", kiosk.sign, "code")
        with box("div", "stack"):
            tag("h2", words("fleet.waiting", name=kiosk.name, venue=kiosk.venue_name))
            tag("p", words("fleet.waiting.more"), "soft")
            if may_plan:
                with box("div", "answers"):
                    yes = tag("button", words("fleet.waiting.yes", sign=kiosk.sign), "btn main").props("type=button")
                    yes.on("click", lambda: settle(kiosk, True))
                    no = tag("button", words("fleet.waiting.no"), "btn").props("type=button")
                    no.on("click", lambda: settle(kiosk, False))


def qr_of(code: str) -> str:
    """The picture of a code, as SVG: dark on white in both themes, so that a camera reads it."""
    made = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    made.add_data(text_of(code))
    return str(made.make_image(image_factory=SvgPathImage).to_string(encoding="unicode"))
