"""axe-core finds nothing: on any face, in every mode, upright and on its side, from the left and from the right."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from core import messages
from kiosk.pages.gallery import app as gallery_app
from kiosk.pages.gallery import samples, stand_for
from tests.kiosk.test_faces_in_a_browser import LYING, UPRIGHT, served, show

NAMES = sorted(samples(stand_for()))
HOW_A_PAGE_IS_MADE = """() => ({
  landmarks: ["header", "main", "footer"].map((name) => document.querySelectorAll(name).length),
  headings: [...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => heading.tagName),
  live: [...document.querySelectorAll("[aria-live]")].map((live) => [live.ariaLive, live.contains(document.querySelector("h1"))]),
  language: document.documentElement.lang,
  direction: document.documentElement.dir,
  nameless: [...document.querySelectorAll("button, input, img")].filter((one) =>
    !one.closest("[aria-hidden=true]") && !(one.innerText || one.ariaLabel || one.alt || one.labels?.length)).length,
})"""  # noqa: E501


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with served(gallery_app()) as address:
        yield address


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = getattr(request, "param", UPRIGHT)
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    yield page
    page.close()


def found_by_axe(page: Page) -> list[tuple[str, str]]:
    response = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in response["violations"]]


PANELS = pytest.mark.parametrize(
    "page, how",
    [
        (UPRIGHT, "mode=hc"),
        (UPRIGHT, "mode=large+reach&language=de"),
        (UPRIGHT, "mode=speech+slow+still+steps&language=ar"),
        (LYING, ""),
    ],
    indirect=["page"],
    ids=["contrast", "large-reach-de", "others-ar", "lying"],
)


@PANELS
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(page: Page, gallery: str, how: str, name: str) -> None:
    show(page, f"{gallery}/{name}?{how}")
    assert found_by_axe(page) == []


@pytest.mark.parametrize("which", ["ease", "languages"])
def test_axe_finds_nothing_in_the_menus_of_the_foot(page: Page, gallery: str, which: str) -> None:
    show(page, f"{gallery}/waiting?mode=hc")
    page.locator(f"[data-do={which}]").click()
    assert found_by_axe(page) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_face_says_how_it_is_made_to_a_screen_reader(page: Page, gallery: str, language: str) -> None:
    wrong = {}
    for name in NAMES:
        show(page, f"{gallery}/{name}?language={language}")
        made = page.evaluate(HOW_A_PAGE_IS_MADE)
        expected = {
            "landmarks": [1, 1, 1],
            "headings": ["H1"],
            "live": [["polite", True]],
            "language": language,
            "direction": "rtl" if language == "ar" else "ltr",
            "nameless": 0,
        }
        if made != expected:
            wrong[name] = {key: value for key, value in made.items() if value != expected[key]}
    assert wrong == {}


def test_axe_would_find_something(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/waiting")
    page.evaluate("document.querySelector('.say .lead').style.color = '#1a2a40'")
    assert [rule for rule, _ in found_by_axe(page)] == ["color-contrast"]
