"""What a person's own system asks for is done: twice as large, its own colours, nothing that moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.faces import Face
from kiosk.pages.gallery import samples, stand_for
from tests.faces.panel import UPRIGHT, begin, load, walk

NAMES = ("waiting", "reading", "welcome", "already-also", "choose-four", "notyet", "no", "undone", "outoforder")
FRAMED = ("waiting", "welcome", "no")
LOST = """() => {
  const page = document.documentElement, wrong = [];
  if (page.scrollWidth > innerWidth + 1 || page.scrollHeight > innerHeight + 1) wrong.push("it scrolls");
  for (const part of document.querySelectorAll("h1, .lead, .button, .card")) {
    const box = part.getBoundingClientRect();
    if (!box.width || part.closest(".lost-words")) continue;
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1) wrong.push(part.className);
    if (part.scrollWidth > part.clientWidth + 2) wrong.push(`cut: ${part.textContent}`);
  }
  return wrong;
}"""
STATES = """() => [...document.querySelectorAll(".ways-to-help [data-tap=mode], .ways-to-ease [data-pressed-in=hc]")]
  .map((button) => getComputedStyle(button).backgroundColor)"""
MOVING = """() => [...document.querySelectorAll("*")].filter((part) => {
  const style = getComputedStyle(part), after = getComputedStyle(part, "::after");
  return [style, after].some((one) => one.animationName !== "none" || !/^(0s)(, 0s)*$/.test(one.transitionDuration));
}).length"""
FRAME_AND_GROUND = """() => [
  getComputedStyle(document.querySelector(".face > .window"), "::before").backgroundColor,
  getComputedStyle(document.body).backgroundColor,
]"""


def members_faces(mode: str = "") -> dict[str, Face]:
    faces = samples(stand_for(mode=mode))
    return {name: faces[name] for name in NAMES}


@pytest.fixture(scope="module")
def loaded(browser: Browser, gallery: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": UPRIGHT[0], "height": UPRIGHT[1]})
    load(page, gallery)
    yield page
    page.close()


@pytest.fixture
def page(loaded: Page) -> Page:
    """Of a system that asks for nothing."""
    loaded.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return loaded


@pytest.mark.parametrize("width, height", [(540, 960), (640, 400)], ids=["upright", "lying"])
def test_zoomed_to_twice_the_size_nothing_is_lost(browser: Browser, gallery: str, width: int, height: int) -> None:
    """A browser zooms by telling the page of a panel half as wide and half as high."""
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
    load(page, gallery)
    lost = walk(page, members_faces(), LOST)
    page.close()
    assert {name: parts for name, parts in lost.items() if parts} == {}


@pytest.mark.parametrize("mode", ["speech", "hc"])
def test_in_the_systems_own_colours_what_is_switched_on_still_looks_switched_on(page: Page, mode: str) -> None:
    page.emulate_media(forced_colors="active")
    begin(page, members_faces(mode)["waiting"])
    speech, contrast = page.evaluate(STATES)
    assert speech != contrast


def test_in_the_systems_own_colours_the_window_is_still_framed(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    faces = members_faces()
    found = walk(page, {name: faces[name] for name in FRAMED}, FRAME_AND_GROUND)
    assert {name: tiles for name, (tiles, ground) in found.items() if tiles == ground} == {}


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    nothing = dict.fromkeys(NAMES, 0)
    assert walk(page, members_faces("still"), MOVING) == nothing
    page.emulate_media(reduced_motion="reduce")
    assert walk(page, members_faces(), MOVING) == nothing


def test_otherwise_something_moves(page: Page) -> None:
    begin(page, members_faces()["welcome"])
    assert page.evaluate(MOVING) > 0
