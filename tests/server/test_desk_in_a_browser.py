"""The desk in a real browser: both themes, phone and desk, nothing for axe to find, nothing sideways, live, shut."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from server.pages.visits import COOKIE
from server.services.people import signing_in
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, Evening, at_clock

WIDTHS = (320, 360, 641, 860, 1081, 1181, 1440)


def signed_in(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_selector(".ticket")
    return page


def open_named(context: BrowserContext, evening: Evening, address: str, name: str) -> Page:
    if name == "sign-in":
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        return page
    page = signed_in(context, address)
    if name == "session":
        page.goto(f"{address}/sessions/{evening.sessions['wheel']}")
        page.wait_for_selector("tbody tr")
    return page


@pytest.mark.parametrize("name", ["sign-in", "today", "session"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    house: tuple[Evening, str], context: BrowserContext, name: str
) -> None:
    page = open_named(context, *house, name)
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page).response["violations"]
            assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (width, wide) == (width, 0)


def test_the_theme_chosen_is_still_there_after_a_reload(house: tuple[Evening, str], context: BrowserContext) -> None:
    page = signed_in(context, house[1])
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 27, 45)"


def test_an_arrival_appears_by_itself_and_takes_the_keyboards_place_from_nobody(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    evening, address = house
    page = signed_in(context, address)
    assert page.locator(".ticket .ratio").nth(2).inner_text().startswith("5")
    page.locator(".ticket .go").nth(2).focus()
    evening.comes("glaze", at_clock("18:24"), "Wim de Boer", punches=3)
    page.locator(".feed li", has_text="Wim de Boer").locator(".punches", has_text="3 → 2").wait_for()
    assert page.locator(".ticket .ratio").nth(2).inner_text().startswith("6")
    assert "Wim de Boer came in to Glaze lab." in page.locator("[aria-live]").inner_text()
    assert "Glaze lab" in (page.evaluate("document.activeElement.getAttribute('aria-label')") or "")


def test_signed_out_elsewhere_the_open_page_goes_to_sign_in(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    page = signed_in(context, house[1])
    token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE)
    signing_in.sign_out(str(token), NOW)
    page.wait_for_url("**/sign-in")
    page.goto(house[1])
    assert page.url.endswith("/sign-in")


def test_signing_out_by_the_button_ends_it_and_says_so(house: tuple[Evening, str], context: BrowserContext) -> None:
    page = signed_in(context, house[1])
    page.locator(".top").get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()
    page.go_back()
    page.wait_for_url("**/sign-in*")
