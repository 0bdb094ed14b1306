"""No text of a face is cut off, lies on another or leaves the panel: in no language, upright or lying, large or not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from core.messages import LANGUAGES
from kiosk.pages.gallery import LONG, samples, stand_for
from tests.faces.panel import PANELS, cut_off, panel


@pytest.fixture(params=PANELS.values(), ids=PANELS, scope="module")
def page(request: pytest.FixtureRequest, browser: Browser, gallery: str) -> Iterator[Page]:
    with panel(browser, gallery, request.param) as shown:
        yield shown


@pytest.mark.parametrize("mode", ["", "large"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_face_can_be_read(page: Page, language: str, mode: str) -> None:
    assert cut_off(page, samples(stand_for(language, mode))) == {}


@pytest.mark.parametrize(
    "name", ["Maximiliane-Alexandra", "Wolfeschlegelsteinhausenbergerdorff", "عبد الرحمن عبد العزيز"]
)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_longest_names_and_titles_can_be_read_by_members(page: Page, language: str, name: str) -> None:
    """Staff see them too, shortened in a row of a list."""
    faces = samples(stand_for(language, "large"), name, LONG)
    assert cut_off(page, {which: face for which, face in faces.items() if not which.startswith("staff-")}) == {}


def test_a_text_that_is_cut_off_is_found(page: Page) -> None:
    """The test above can fail: a sentence that cannot break is too wide for its place."""
    page.add_style_tag(content=".say .lead { white-space: nowrap; }")
    found = cut_off(page, samples(stand_for("de")))
    page.evaluate("document.querySelector('style:last-of-type').remove()")
    assert "notyet" in found and cut_off(page, {"welcome": samples(stand_for("de"))["welcome"]}) == {}
