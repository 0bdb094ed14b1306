"""axe-core finds nothing: on any face, in every mode, upright and on its side, from the left and from the right."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from core import messages
from kiosk.pages.gallery import samples, stand_for
from tests.faces.panel import LYING, UPRIGHT, begin, panel, walk

AXE = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"], selectors: false });
  return violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 120)]);
}"""
"""Every rule; without the selectors that would lead to what it found, which take long to make."""
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
def page(browser: Browser, gallery: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with panel(browser, gallery, getattr(request, "param", UPRIGHT)) as shown:
        shown.evaluate(AXE_SCRIPT)
        yield shown


def found_by_axe(page: Page) -> list[list[str]]:
    """Rule and place, on the face that is shown."""
    found: list[list[str]] = page.evaluate(AXE)
    return found


@pytest.mark.parametrize(
    "page, language, mode",
    [
        (UPRIGHT, "en", "hc"),
        (UPRIGHT, "de", "large reach"),
        (UPRIGHT, "ar", "speech slow still steps"),
        (LYING, "en", ""),
    ],
    indirect=["page"],
    ids=["contrast", "large-reach-de", "others-ar", "lying"],
)
def test_axe_finds_nothing(page: Page, language: str, mode: str) -> None:
    found = walk(page, samples(stand_for(language, mode)), AXE)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("which", ["ease", "languages"])
def test_axe_finds_nothing_in_the_menus_of_the_foot(page: Page, which: str) -> None:
    begin(page, samples(stand_for(mode="hc"))["waiting"])
    page.locator(f"[data-do={which}]").click()
    assert found_by_axe(page) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_face_says_how_it_is_made_to_a_screen_reader(page: Page, language: str) -> None:
    expected = {
        "landmarks": [1, 1, 1],
        "headings": ["H1"],
        "live": [["polite", True]],
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "nameless": 0,
    }
    wrong = {}
    for name, made in walk(page, samples(stand_for(language)), HOW_A_PAGE_IS_MADE).items():
        if made != expected:
            wrong[name] = {key: value for key, value in made.items() if value != expected[key]}
    assert wrong == {}


def test_axe_would_find_something(page: Page) -> None:
    """On one face among others too: what was painted over on one is not on the next."""
    faces = samples(stand_for())
    three = {name: faces[name] for name in ("welcome", "waiting", "no")}
    painted = "document.querySelector('.say .lead').style.color = '#1a2a40'"
    found = walk(page, three, f"(name) => {{ if (name === 'waiting') {painted}; return ({AXE})(); }}")
    assert {name: [rule for rule, _ in wrong] for name, wrong in found.items() if wrong} == {
        "waiting": ["color-contrast"]
    }
