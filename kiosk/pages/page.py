"""The kiosk's page at `/`, its camera picture and its files. It asks the greeter what to show, and passes taps on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import get_args

from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse
from fastapi.staticfiles import StaticFiles
from nicegui import background_tasks, run, ui

from core.messages import LANGUAGES
from core.typed import as_meant
from kiosk.camera.preview import MEDIA_TYPE, Previewed, preview_parts
from kiosk.modes import ModeName
from kiosk.pages import filming
from kiosk.pages.drawing import draw
from kiosk.pages.greeter_view import GreeterView
from kiosk.pages.pieces import CAMERA
from kiosk.pages.screen import Screen, Tap
from kiosk.taps import is_of_a_conversation

ASSETS = Path(__file__).parents[2] / "assets"
STYLES = (
    "fonts/fonts.css",
    "theme.css",
    "kiosk.css",
    "kiosk_faces.css",
    "kiosk_selftest.css",
    "kiosk_member.css",
    "kiosk_staff.css",
    "kiosk_modes.css",
    "kiosk_languages.css",
)
PACE = 0.03
"""Seconds between two looks at the greeter."""
MODES: tuple[ModeName, ...] = get_args(ModeName)
PAINTED = "painted"
"""What the browser calls it when something new is to be seen."""
ONLY_FOR_WHAT_WAS_SEEN = frozenset({"choose", "undo", "next", "more_time"})
"""Taps that must not hit a face that came a moment later."""


def add_page(
    greeter: GreeterView, now: Callable[[], datetime], *, painted: Callable[[int], None], films: bool = False
) -> None:
    """The page. Two browsers show the same face, and a reload loses nothing.

    `painted` is told which version of the face a browser has painted; `films`: the browser's camera is the kiosk's.
    """

    @ui.page("/", title="Tessera")
    def kiosk() -> None:
        ui.add_head_html("".join(f'<link rel="stylesheet" href="/assets/{style}">' for style in STYLES))
        ui.add_body_html((ASSETS / "icons" / "kiosk.svg").read_text("utf-8"))
        if films:
            ui.add_head_html(filming.SCRIPT)
        screen = Screen(on_tap=lambda tap: painted(tap.version) if tap.what == PAINTED else take(tap, greeter))
        watcher = Watcher(greeter, screen, now)
        watcher.look()
        ui.timer(PACE, watcher.look)


class Watcher:
    """Draws the greeter's face on one browser's screen, whenever it changed or the minute did."""

    def __init__(self, greeter: GreeterView, screen: Screen, now: Callable[[], datetime]) -> None:
        self._greeter = greeter
        self._screen = screen
        self._now = now
        self._shown: tuple[int, datetime] | None = None

    def look(self) -> None:
        """Draw, if there is something new."""
        version, at = self._greeter.version, self._now()
        this = (version, at.replace(second=0, microsecond=0))
        if this != self._shown:
            self._screen.show(draw(self._greeter.face, at), version=version, at=at)
            self._shown = this


def take(tap: Tap, greeter: GreeterView) -> None:
    """Do what a tap means, in a thread, because the greeter may write to the disk or ask the server.

    Those of a conversation keep their order: the greeter puts them into its own thread, and looks whether they were
    meant for what is to be seen.
    """
    if is_of_a_conversation(tap.what):
        greeter.tap(tap.what, tap.value, tap.version)
        return
    if tap.what in ONLY_FOR_WHAT_WAS_SEEN and tap.version != greeter.version:
        return
    if does := meaning(tap, greeter):
        background_tasks.create(run.io_bound(does), name=f"tap {tap.what}")


def meaning(tap: Tap, greeter: GreeterView) -> Callable[[], None] | None:
    """What is to be called; None for a tap that nobody drew."""
    value = tap.value
    match tap.what:
        case "choose":
            return lambda: greeter.tap_choose(value)
        case "undo":
            return greeter.tap_undo
        case "call_staff":
            return greeter.tap_call_staff
        case "next":
            return greeter.tap_next
        case "more_time":
            return greeter.tap_more_time
        case "pair":
            return lambda: greeter.tap_pair(value)
        case "agree" if value in ("yes", "no"):
            return lambda: greeter.tap_agree(value == "yes")
        case "scanned":
            return lambda: greeter.scanner_typed(as_meant(value))
        case "language" if value in LANGUAGES:
            return lambda: greeter.set_language(value)
        case "mode":
            for mode in MODES:
                if mode == value:
                    return lambda: greeter.toggle_mode(mode)
    return None


def add_files(app: FastAPI, camera: Previewed | None) -> None:
    """Styles, fonts, sounds and icons, and the camera's picture as one endless answer."""
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")

    @app.get(CAMERA)
    def picture() -> Response:
        if camera is None:
            return Response(status_code=404)
        return StreamingResponse(preview_parts(camera), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
