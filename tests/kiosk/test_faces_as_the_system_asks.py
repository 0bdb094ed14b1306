"""What a person's own system asks for is done: twice as large, its own colours, nothing that moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.pages.gallery import app as gallery_app
from tests.kiosk.test_faces_in_a_browser import served, show

MEMBERS_FACES = ("waiting", "reading", "welcome", "already-also", "choose-four", "notyet", "no", "undone", "outoforder")
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
PICTURE_OF = """(name) => {
  const box = document.querySelector(name);
  const style = getComputedStyle(box, "::before");
  return [style.backgroundColor, getComputedStyle(document.body).backgroundColor];
}"""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with served(gallery_app()) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    yield page
    page.close()


@pytest.mark.parametrize("panel", [(540, 960), (640, 400)], ids=["upright", "lying"])
def test_zoomed_to_twice_the_size_nothing_is_lost(browser: Browser, gallery: str, panel: tuple[int, int]) -> None:
    """A browser zooms by telling the page of a panel half as wide and half as high."""
    page = browser.new_page(viewport={"width": panel[0], "height": panel[1]}, device_scale_factor=2)
    wrong = {}
    for name in MEMBERS_FACES:
        show(page, f"{gallery}/{name}")
        if lost := page.evaluate(LOST):
            wrong[name] = lost
    page.close()
    assert wrong == {}


def test_in_the_systems_own_colours_what_is_switched_on_still_looks_switched_on(page: Page, gallery: str) -> None:
    page.emulate_media(forced_colors="active")
    show(page, f"{gallery}/waiting?mode=speech")
    speech, contrast = page.evaluate(STATES)
    assert speech != contrast
    show(page, f"{gallery}/waiting?mode=hc")
    speech, contrast = page.evaluate(STATES)
    assert speech != contrast


@pytest.mark.parametrize("name", ["waiting", "welcome", "no"])
def test_in_the_systems_own_colours_the_window_is_still_framed(page: Page, gallery: str, name: str) -> None:
    page.emulate_media(forced_colors="active")
    show(page, f"{gallery}/{name}")
    tiles, ground = page.evaluate(PICTURE_OF, ".face > .window")
    assert tiles != ground


@pytest.mark.parametrize("name", MEMBERS_FACES)
def test_nothing_moves_for_those_who_want_it_still(page: Page, gallery: str, name: str) -> None:
    show(page, f"{gallery}/{name}?mode=still")
    assert page.evaluate(MOVING) == 0
    page.emulate_media(reduced_motion="reduce")
    show(page, f"{gallery}/{name}")
    assert page.evaluate(MOVING) == 0


def test_otherwise_something_moves(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/welcome")
    assert page.evaluate(MOVING) > 0
