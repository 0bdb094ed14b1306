"""A tablet that is the kiosk: Chromium films, the real kiosk process reads, and the same screen answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import FLAGS, get_browser
from tests.journeys.running import KioskAtTheDoor, Studio, eventually
from tests.network_camera import WALL, wall_with

SOON = 60_000.0
"""Milliseconds."""


def film(path: Path, card: Path) -> Path:
    """A wall for a second and a half, then a card held before it for as long, as Chromium's camera shows it."""
    with path.open("wb") as file:
        for frame in [WALL] * 45 + [wall_with(card)] * 45:
            file.write(cv2.imencode(".jpg", frame)[1].tobytes())
    return path


@pytest.fixture
def kiosk(studio: Studio, tmp_path: Path) -> Iterator[KioskAtTheDoor]:
    kiosk = studio.kiosk(tmp_path / "tablet", "browser")
    kiosk.start()
    yield kiosk
    kiosk.running.end()


@contextmanager
def chromium_with(*flags: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=get_browser(), args=[*FLAGS, *flags])
        page = browser.new_page(viewport={"width": 1080, "height": 1920})
        page.set_default_timeout(SOON)
        yield page
        browser.close()


@pytest.fixture
def tablet(studio: Studio, tmp_path: Path) -> Iterator[Page]:
    seen = film(tmp_path / "door.mjpeg", Path(studio.card("Ana")["png"]))
    with chromium_with(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={seen}",
    ) as page:
        yield page


@pytest.fixture
def blind_tablet() -> Iterator[Page]:
    with chromium_with("--deny-permission-prompts") as page:
        yield page


def health(kiosk: KioskAtTheDoor) -> dict[str, str]:
    told: dict[str, str] = httpx.get(f"{kiosk.address}/health", timeout=10).json()
    return told


def test_what_the_tablets_camera_sees_is_answered_on_its_own_screen(kiosk: KioskAtTheDoor, tablet: Page) -> None:
    tablet.goto(kiosk.address)
    expect(tablet.get_by_text("Welcome, Ana")).to_be_visible(timeout=SOON)
    eventually(lambda: "painted_ms_p50" in health(kiosk), "the browser to say that it painted", kiosk.running)
    told = health(kiosk)
    assert (told["camera"], told["camera_source"]) == ("WORKING", "browser")
    parts = [int(told[f"{part}_ms_p50"]) for part in ("decode", "decide", "paint")]
    assert abs(sum(parts) - int(told["painted_ms_p50"])) <= 2

    tablet.goto("about:blank")
    eventually(lambda: health(kiosk)["camera"] == "STALLED", "the camera to be missed", kiosk.running)
    tablet.goto(kiosk.address)
    eventually(lambda: health(kiosk)["camera"] == "WORKING", "frames to come again", kiosk.running)


def test_a_browser_that_may_not_film_says_so(kiosk: KioskAtTheDoor, blind_tablet: Page) -> None:
    blind_tablet.goto(kiosk.address)
    eventually(lambda: health(kiosk)["camera"] == "MISSING", "the trouble to be told", kiosk.running)
    expect(blind_tablet.get_by_text("The camera is not working")).to_be_visible(timeout=SOON)
