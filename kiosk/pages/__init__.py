"""WHAT A MEMBER SEES: the one page of the kiosk. It draws `greeter.face` and passes taps on, and decides nothing.

greeter_view: what is needed of a greeter
drawing, idle, answers, refusals, pieces, words, markup, drawn: from a face to markup, pure
page, screen: from markup to a browser, with NiceGUI
filming: frames that the page's own camera films
guard, headers: nobody but this machine's own pages, and nothing in them but ours
gallery: every face there is, for tests and for looking at
"""

from collections.abc import Callable, Collection
from datetime import datetime

from fastapi import FastAPI
from nicegui import ui

from kiosk.camera.browser import LARGEST_FRAME_BYTES, BrowserSource
from kiosk.camera.preview import Previewed
from kiosk.pages.filming import add_filming
from kiosk.pages.greeter_view import GreeterView
from kiosk.pages.guard import OnlyThisMachine, this_machine
from kiosk.pages.headers import SafeAnswers
from kiosk.pages.page import add_files, add_page

__all__ = ["GreeterView", "attach", "this_machine"]


def attach(
    app: FastAPI,
    greeter: GreeterView,
    camera: Previewed | None = None,
    *,
    now: Callable[[], datetime],
    hosts: Collection[str],
    painted: Callable[[int], None] = lambda version: None,
    browser_camera: BrowserSource | None = None,
) -> None:
    """Put the kiosk's screen on `app`, once in a process: the page `/`, `/camera.mjpg` and `/assets`.

    `now` gives aware UTC; `hosts` are the names a browser may use, such as `this_machine(8090)`. `painted` is told
    the version of a face that a browser has painted; `browser_camera` takes the frames that the page films.
    """
    app.add_middleware(OnlyThisMachine, hosts=hosts)
    app.add_middleware(SafeAnswers)
    add_files(app, camera)
    if browser_camera is not None:
        add_filming(app, browser_camera, largest=LARGEST_FRAME_BYTES)
    add_page(greeter, now, painted=painted, films=browser_camera is not None)
    ui.run_with(app, title="Tessera", tailwind=False, language="en-US", show_welcome_message=False)
