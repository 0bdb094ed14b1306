"""The desk in six languages: chosen on any page, kept by the browser, from the right in Arabic without a scroll."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.messages import LANGUAGES, direction, say
from server.pages.words import Words
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, Evening
from tests.server.test_desk_in_a_browser import signed_in


def written(page: Page) -> list[str]:
    return page.evaluate("[document.documentElement.lang, document.documentElement.dir]")


def test_a_stranger_is_asked_to_sign_in_in_the_language_of_their_browser(
    browser: Browser, house: tuple[Evening, str]
) -> None:
    for language in LANGUAGES:
        context = browser.new_context(locale=language)
        page = context.new_page()
        page.goto(f"{house[1]}/sign-in")
        expect(page.locator("h1")).to_have_text(say(language, "desk.sign_in"))
        assert written(page) == [language, direction(language)]
        context.close()


def test_a_choice_is_kept_before_and_after_signing_in(house: tuple[Evening, str], context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{house[1]}/sign-in")
    page.get_by_role("link", name="Polski").click()
    expect(page.locator("h1")).to_have_text("Zaloguj się")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector(".ticket")
    assert written(page) == ["pl", "ltr"]
    page.goto(f"{house[1]}/inbox")
    page.locator(".languages").get_by_role("link", name="Français").click()
    page.wait_for_url(f"{house[1]}/inbox")
    expect(page.locator("h1")).to_have_text("À traiter")
    assert written(page) == ["fr", "ltr"]


@pytest.mark.parametrize("width", [360, 1440])
def test_in_arabic_every_page_runs_from_the_right_and_none_scrolls_sideways(
    house: tuple[Evening, str], context: BrowserContext, width: int
) -> None:
    page = signed_in(context, house[1])
    page.locator(".languages").get_by_role("link", name="العربية").click()
    page.wait_for_selector("html[lang=ar] .ticket")
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", f"/sessions/{house[0].sessions['wheel']}", "/inbox", "/kiosks", "/staff"):
        page.goto(house[1] + path)
        page.wait_for_selector("h1")
        assert written(page) == ["ar", "rtl"], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        heading = page.locator("h1").bounding_box()
        assert heading and heading["x"] + heading["width"] > width / 2, path
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") in ("start", "right")


def test_a_language_that_nobody_speaks_here_changes_nothing(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{house[1]}/language/tlh")
    assert [cookie["name"] for cookie in context.cookies()] == []
    assert page.url.startswith(house[1])


def test_a_choice_made_on_another_sites_page_leads_to_no_place_of_theirs(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    for referer in ("https://elsewhere.example/inbox", f"{house[1]}//elsewhere.example/"):
        answer = context.request.get(f"{house[1]}/language/de", headers={"referer": referer}, max_redirects=0)
        assert (answer.status, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "Thursday, 19 November", "yesterday, 18:24"),
        ("de", "Donnerstag, 19. November", "gestern, 18:24"),
        ("fr", "jeudi 19 novembre", "hier, 18:24"),
        ("es", "jueves, 19 de noviembre", "ayer, 18:24"),
        ("pl", "czwartek, 19 listopada", "wczoraj, 18:24"),
        ("ar", "الخميس، 19 نوفمبر", "أمس، 18:24"),
    ],
)
def test_days_are_said_as_people_there_say_them(language: str, day: str, moment: str) -> None:
    words = Words(language=language, zone="Europe/Berlin")
    isolates = str.maketrans("", "", "\u2068\u2069")
    assert words.day(NOW).translate(isolates) == day
    assert words.when(NOW, NOW.replace(day=20)).translate(isolates) == moment


def test_the_first_of_a_month_has_a_form_of_its_own_in_french() -> None:
    first = NOW.replace(day=1)
    assert Words(language="fr", zone="Europe/Berlin").day(first) == "dimanche 1er novembre"
    assert Words(language="es", zone="Europe/Berlin").day(first) == "domingo, 1 de noviembre"
