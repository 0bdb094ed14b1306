"""The self-test on a real screen: the browser says whether the sound was played, a finger whether it was heard."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from core.selftest import Check, Verdict
from tests.kiosk.a_morning_on_screen import morning_on_screen

AS_LONG_AS_IT_TAKES = 60_000.0
"""Milliseconds."""


def test_the_morning_s_test_ends_by_itself_and_staff_s_from_its_card_to_done(tmp_path: Path, browser: Browser) -> None:
    with morning_on_screen(tmp_path) as screen:
        page = browser.new_page(viewport={"width": 1080, "height": 1920})
        page.goto(screen.address)
        expect(page.locator("[data-face=SelfTesting]")).to_be_visible(timeout=AS_LONG_AS_IT_TAKES)
        expect(page.locator("[data-face=Waiting]")).to_be_visible(timeout=AS_LONG_AS_IT_TAKES)
        assert screen.told()["kept"] == [[False, Verdict.FINE]], "alone, and heard by the browser"

        screen.do("test")
        page.get_by_text("Played, says the browser").wait_for()
        assert [Check.SOUND, Verdict.FINE, "played"] in screen.told()["found"]
        page.get_by_role("button", name="Heard it").click()
        page.get_by_text("Played, and heard").wait_for()
        screen.do("card")
        page.get_by_text("Test card read in").wait_for()
        page.get_by_role("button", name="Done").click()
        expect(page.locator("[data-face=Waiting]")).to_be_visible()
        assert screen.told()["kept"][0] == [True, Verdict.FINE]
        page.close()
