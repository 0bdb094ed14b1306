"""The self-test on a real screen: the browser says whether the sound was played, a finger whether it was heard."""

import socket
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser

from core.selftest import Check, Verdict
from kiosk import faces, pages
from kiosk.faces_selftest import SelfTesting
from kiosk.selftest import OPEN
from tests.kiosk.at_the_desk import a_kiosk
from tests.kiosk.test_selftest_at_the_kiosk import Morning


def until(holds: Callable[[], bool]) -> None:
    gives_up_at = monotonic() + 60
    while not holds():
        assert monotonic() < gives_up_at, "It did not happen"
        sleep(0.05)


def test_a_test_on_the_screen_from_its_card_to_done(tmp_path: Path, browser: Browser) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.desk.sync()
    morning = Morning(kiosk)
    app = FastAPI()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = int(listening.getsockname()[1])
        pages.attach(
            app, morning.greeter, None, now=lambda: kiosk.desk.time().at, hosts=pages.this_machine(port),
            painted=lambda version: None,
        )  # fmt: skip
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until(lambda: server.started)
        page = browser.new_page(viewport={"width": 1080, "height": 1920})
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector("[data-face=Waiting]")
        morning.tap(OPEN)
        page.wait_for_selector("[data-face=SelfTesting]")
        until(lambda: morning.found(Check.SOUND) == (Verdict.FINE, "played"))
        page.get_by_text("Played, says the browser").wait_for()
        page.get_by_role("button", name="Heard it").click()
        page.get_by_text("Played, and heard").wait_for()
        morning.show_test_card()
        page.get_by_text("Test card read in").wait_for()
        page.get_by_role("button", name="Done").click()
        until(lambda: isinstance(morning.greeter.face, faces.Waiting))
        assert not isinstance(morning.greeter.face, SelfTesting)
        page.close()
        server.should_exit = True
        thread.join(5)
    (kept,) = morning.kept()
    assert kept.is_attended and kept.verdict is Verdict.FINE
