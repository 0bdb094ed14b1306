"""A member on a phone and at a desk, in a real browser: by link, one tap to reserve, both themes, both directions."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.services.portal.links import ask_for_link
from tests.databases import fresh_sqlite
from tests.server.desk_server import free_port, wait_until_up
from tests.server.portal_stories import NOON, Full, full_month, link_of, links_in_letters

ALL_RULES: dict[str, object] = {}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""In the dark the same things stand in the same places."""
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def studio(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Full, str]]:
    """(Alice's busy month, the address of a process that shows it)."""
    folder = tmp_path_factory.mktemp("portal")
    with fresh_sqlite(sqlite_template, folder):
        full, port = full_month(), free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.server.portal_server", f"sqlite:///{folder / 'tessera.db'}", str(port)]
        )
        try:
            wait_until_up(server, f"http://127.0.0.1:{port}/my/sign-in")
            yield full, f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def opened(browser: Browser, size: dict[str, int], *, scheme: str = "light", language: str = "en-GB") -> BrowserContext:
    """Without motion, so that no colour is looked at on its way to another."""
    still = {"reduced_motion": "reduce"}
    return browser.new_context(viewport=size, color_scheme=scheme, locale=language, **still)  # type: ignore[arg-type]


def signed_in(context: BrowserContext, address: str, token: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/my/sign-in/{token}")
    page.get_by_role("button").click()
    page.wait_for_url(f"{address}/my")
    return page


def test_on_a_phone_alice_signs_in_reserves_gives_up_and_reads_it_in_arabic(
    browser: Browser, studio: tuple[Full, str]
) -> None:
    _, address = studio
    context = opened(browser, PHONE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/my")
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Look into your mail")
    ask_for_link("alice@example.org", NOON)
    page.goto(f"{address}/my/sign-in/{links_in_letters()[-1]}")
    expect(page.locator("h1")).to_have_text("Sign in as Alice")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Hello, Alice")
    expect(page.locator(".pass").first).to_contain_text("1 of 3")
    page.locator(".tabs").get_by_role("link", name="Reserve").click()
    page.get_by_role("button", name="Reserve: Glazing").click()
    expect(page.get_by_role("status")).to_have_text("Reserved. The place is yours.")
    expect(page.get_by_role("status")).to_be_focused()
    page.locator(".tabs").get_by_role("link", name="Overview").click()
    expect(page.locator(".pass").first).to_contain_text("2 of 3")
    page.locator(".tabs").get_by_role("link", name="Calendar").click()
    page.get_by_role("link", name="Sunday, 22 November: Glazing, Reserved").click()
    page.locator("#day").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("are free at once")
    page.get_by_role("button", name="Yes, give it up").click()
    expect(page.get_by_role("status")).to_contain_text("Given up.")
    page.locator(".tabs").get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator(".tabs a").first.click()
    expect(page.locator("h1")).to_contain_text("مرحبًا")
    heading = page.locator("h1").bounding_box()
    assert heading and heading["x"] + heading["width"] > PHONE["width"] / 2
    page.goto(f"{address}/my/settings")
    page.get_by_role("button", name="تسجيل الخروج", exact=True).click()
    page.wait_for_url(f"{address}/my/sign-in*")
    page.go_back()
    page.reload()
    assert page.url.startswith(f"{address}/my/sign-in")
    assert said == []
    context.close()


def test_at_a_desk_by_keyboard_alone(browser: Browser, studio: tuple[Full, str]) -> None:
    full, address = studio
    context = opened(browser, DESK)
    page = signed_in(context, address, link_of(full.studio, full.dan))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the page")).to_be_focused()
    expect(page.locator(".suspended")).to_contain_text("No reserving and no check-in until 1 December, 12:00")
    menu = page.locator(".rail nav").get_by_role("link", name="History")
    menu.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/history")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What happened?").fill("I sat at the last wheel")
    page.get_by_role("button", name="Tell the studio").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Told. The studio looks at it")
    dark = page.evaluate("document.documentElement.dataset.theme")
    page.locator("#theme").press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") != dark
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") != dark
    context.close()


SETTLED = ("/my/settings", "/my/erase")
DAYS = ("/my/calendar?day=2026-11-21", "/my/sessions?told=reserved", "/my/places/{place}")


@pytest.mark.parametrize(
    ("who", "paths", "language"),
    [
        ("", ("/my/sign-in", "/my/sign-in/made.up", "/my/sign-in/{link}"), "en-GB"),
        ("alice", ("/my", *DAYS), "en-GB"),
        ("alice", ("/my/history", "/my/places/nothing", *SETTLED), "en-GB"),
        ("dan", ("/my", "/my/sessions", "/my/history"), "en-GB"),
        ("alice", ("/my", *DAYS, "/my/history", *SETTLED), "ar"),
    ],
)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    browser: Browser, studio: tuple[Full, str], who: str, paths: tuple[str, ...], language: str
) -> None:
    full, address = studio
    context = opened(browser, PHONE, language=language)
    page = context.new_page()
    if who:
        signed_in(context, address, link_of(full.studio, getattr(full, who))).close()
    for path in paths:
        page.goto(address + path.format(place=full.place, link=link_of(full.studio, full.alice)))
        for theme, rules in (("light", ALL_RULES), ("dark", CONTRAST)) if language != "ar" else ():
            page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            found = Axe().run(page, options=rules).response["violations"]
            assert [(path, theme, each["id"], each["nodes"][0]["html"]) for each in found] == []
        for width in (320, 360, 641, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (path, width, wide) == (path, width, 0)
        page.set_viewport_size(PHONE)
    context.close()
