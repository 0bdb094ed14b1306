"""Whoever cannot read the screen finds their own language on it, and the whole screen turns to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from core.messages import LANGUAGES
from kiosk.pages.gallery import app, samples, stand_for
from tests.faces.panel import LYING, UPRIGHT, panel, show
from tests.faces.serving import served

OWN_NAMES = {
    "en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "pl": "Polski", "ar": "العربية",
}  # fmt: skip


@pytest.fixture(params=[UPRIGHT, LYING], ids=["upright", "lying"], scope="module")
def loaded(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    with served(app()) as gallery, panel(browser, gallery, request.param) as shown:
        yield shown


def test_six_tiles_in_their_own_names_and_one_tap_is_enough(page: Page) -> None:
    show(page, samples(stand_for("de"))["waiting"])
    tiles = page.locator(".ways-to-speak")
    expect(tiles).to_be_hidden()
    page.get_by_role("button", name="Deutsch").click()
    assert tiles.locator("[data-tap=language]").all_inner_texts() == [OWN_NAMES[each] for each in LANGUAGES]
    expect(tiles.get_by_role("button", name="Deutsch")).to_have_attribute("aria-pressed", "true")
    expect(tiles.get_by_role("button", name="العربية")).to_have_attribute("dir", "rtl")
    for tile in tiles.get_by_role("button").all():
        box = tile.bounding_box()
        assert box and box["height"] >= 95.5 and box["width"] >= 95.5
    tiles.get_by_role("button", name="Polski").click()
    expect(tiles).to_be_hidden()
    assert page.evaluate("window.taps.map((tap) => [tap.what, tap.value])") == [["language", "pl"]]


def test_the_tiles_can_be_put_away_again(page: Page) -> None:
    show(page, samples(stand_for("en"))["waiting"])
    page.get_by_role("button", name="English").click()
    page.locator(".ways-to-speak").get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Call staff")).to_be_visible()
    assert page.evaluate("window.taps.length") == 0


def test_the_page_says_its_language_and_runs_the_way_it_is_written(page: Page) -> None:
    for language in LANGUAGES:
        show(page, samples(stand_for(language))["waiting"])
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            language,
            "rtl" if language == "ar" else "ltr",
        ]
    studio, clock = (page.locator(f".top {part}").bounding_box() for part in (".studio", ".clock"))
    assert studio and clock and studio["x"] > clock["x"], "in Arabic the studio stands on the right"
