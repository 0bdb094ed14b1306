"""Staff and a real browser: the card as a hand scanner types it, the PIN on the pad, an evening's acts, signed out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.faces.panel import LYING, UPRIGHT
from tests.kiosk.a_kiosk_with_a_screen import Screen
from tests.kiosk.a_staffed_screen import staffed_screen
from tests.kiosk.test_faces_in_a_browser import WHAT_DOES_NOT_FIT
from tests.kiosk.test_keys_and_switches import SCANNED
from tests.kiosk.test_staff_proved import MIRAS, PIN

LONG = 30_000


@pytest.fixture(params=[UPRIGHT, LYING], ids=["upright", "lying"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(LONG)
    expect.set_options(timeout=LONG)
    yield page
    page.close()


def on(page: Page, face: str) -> None:
    expect(page.locator(f".face[data-face={face}]")).to_be_visible()


def press(page: Page, name: str, *, row: str = "") -> None:
    place = page.locator(".rows li", has_text=row) if row else page.locator(".face")
    place.get_by_role("button", name=name, exact=True).first.click()


def tile(page: Page, words: str) -> None:
    page.locator(".tiles .card", has_text=words).click()


def sign_in(page: Page) -> None:
    page.evaluate(SCANNED, [*MIRAS.text, "Enter"])
    on(page, "StaffPin")
    expect(page.locator("h1")).to_have_text("Hello, Mira")
    for digit in PIN:
        press(page, digit)
    on(page, "StaffRoster")


def test_an_evening_of_staff(page: Page, tmp_path: Path) -> None:
    with staffed_screen(tmp_path) as screen:
        page.goto(screen.address)
        on(page, "Waiting")
        sign_in(page)
        assert PIN not in page.content()
        an_evening(page, screen)


def an_evening(page: Page, screen: Screen) -> None:
    press(page, "Check in", row="Ana K.")
    tile(page, "Forgot the card")
    expect(page.locator(".said")).to_contain_text("Ana K. is checked in to Wheel throwing")
    press(page, "Undo", row="Ana K.")
    tile(page, "Wrong person")
    expect(page.locator(".said")).to_contain_text("The punch is back on the pass")

    expect(page.locator(".rows li", has_text="Dan R.")).to_contain_text("Needs a word")
    assert "suspen" not in page.locator(".face").inner_text().casefold()
    press(page, "Open", row="Dan R.")
    expect(page.locator(".rows li").first).to_contain_text("Suspended until")
    assert page.evaluate(WHAT_DOES_NOT_FIT) == []
    press(page, "Back")

    page.locator(".rows li", has_text="Ben T.").locator("button.about").click()
    on(page, "StaffMember")
    press(page, "Let in", row="Wheel throwing")
    tile(page, "This session only")
    tile(page, "Paid at the desk")
    expect(page.locator(".said")).to_contain_text("does not count for Ben T.")
    press(page, "Back")

    assert 0 < int(page.locator(".staff-band .ring span").inner_text()) <= 60, "the countdown is to be seen"
    assert page.evaluate(WHAT_DOES_NOT_FIT) == []
    page.locator(".staff-band .button").click()
    on(page, "Waiting")
    assert screen.told() == [
        ["CheckIn", "ana", "Forgot the card"],
        ["Undo", "ana", "Wrong person"],
        ["Override", "ben", "Paid at the desk"],
    ]
