"""Faces walked through in one page are those of pages just loaded: nothing is left of the face before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.pages.gallery import AT, samples, stand_for
from tests.faces.panel import LYING, begin, load, walk
from tests.kiosk.test_faces_in_a_browser import show

NAMES = ("notpaired", "waiting", "reading", "welcome", "choose-four", "find", "staff-roster", "no")
HOW_IT_IS = """() => ({
  page: Object.fromEntries(document.documentElement.getAttributeNames().map((name) =>
    [name, document.documentElement.getAttribute(name)])),
  kiosk: window.stand.root.outerHTML,
  values: [...document.querySelectorAll("input")].map((field) => field.value),
  focused: document.activeElement.tagName,
  taps: window.taps.length,
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """At one moment, so that no second goes by between two looks."""
    page = browser.new_page(viewport={"width": LYING[0], "height": LYING[1]})
    page.clock.set_fixed_time(AT)
    yield page
    page.close()


def left_behind(page: Page) -> None:
    """A digit typed, a menu open with its button focused, a tap, another language and mode."""
    begin(page, samples(stand_for("ar", "large"))["notpaired"])
    page.get_by_role("button", name="7", exact=True).click()
    page.locator("[data-do=ease]").click()
    page.keyboard.press("F9")


@pytest.mark.parametrize("mode", ["", "large reach"])
def test_a_face_that_is_walked_to_is_that_of_a_page_just_loaded(page: Page, gallery: str, mode: str) -> None:
    loaded = {}
    for name in NAMES:
        show(page, f"{gallery}/{name}?mode={mode}")
        loaded[name] = page.evaluate(HOW_IT_IS)
    load(page, gallery)
    left_behind(page)
    assert walk(page, {name: samples(stand_for(mode=mode))[name] for name in NAMES}, HOW_IT_IS) == loaded


def test_what_could_be_left_is_there(page: Page, gallery: str) -> None:
    """The test above can fail: the same look sees each of these."""
    load(page, gallery)
    begin(page, samples(stand_for())["notpaired"])
    before = page.evaluate(HOW_IT_IS)
    left_behind(page)
    left = page.evaluate(HOW_IT_IS)
    assert {part for part in before if left[part] != before[part]} == set(before)
