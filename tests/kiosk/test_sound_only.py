"""With the screen hidden: a keyboard, a hand scanner and the ears are enough. No test here looks at anything drawn."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page

from kiosk.pages.speech import FOLDER, LIST
from tests.kiosk.a_kiosk_with_a_screen import served_kiosk
from tests.kiosk.at_the_desk import ANAS_CARD

SCANNED = """(keys) => keys.forEach((key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
PATIENCE = 30.0


@cache
def texts() -> dict[str, str]:
    """Which text each sound speaks, by its path."""
    return {
        f"{listed.parent.name}/{name}": text
        for listed in FOLDER.glob(f"*/{LIST}")
        for name, text in json.loads(listed.read_text("utf-8"))["clips"].items()
    }


class Ears:
    """Hears what the page plays, and presses keys. That is all it can do."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._heard_before = 0

    def heard(self) -> list[str]:
        """Everything so far, in words."""
        clips = self._page.evaluate("document.querySelector('.kiosk').dataset.heard ?? ''").split()
        return [texts()[clip] for clip in clips]

    def press(self, key: str) -> None:
        self._heard_before = len(self.heard())
        self._page.keyboard.press(key)

    def show_card(self) -> None:
        self._heard_before = len(self.heard())
        self._page.evaluate(SCANNED, [*ANAS_CARD.text, "Enter"])

    def wait_for(self, *said: str) -> None:
        """Until these were heard one after the other, since the last key."""
        self._until(lambda: _follows(self.heard()[self._heard_before :], said), said)

    def go_to(self, *label: str) -> None:
        """Arrow down until this is heard."""
        for _ in range(12):
            self.press("ArrowDown")
            self._until(lambda: len(self.heard()) >= self._heard_before + len(label), label)
            if _follows(self.heard()[self._heard_before :], label):
                return
        raise AssertionError(f"{label} was never heard, only {self.heard()}")

    def _until(self, holds: Callable[[], bool], what: object) -> None:
        gives_up_at = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < gives_up_at, f"{what} was not heard, only {self.heard()[self._heard_before :]}"
            self._page.wait_for_timeout(50)


def _follows(heard: list[str], said: tuple[str, ...]) -> bool:
    return any(tuple(heard[at : at + len(said)]) == said for at in range(len(heard)))


@pytest.fixture
def blind(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    page.add_init_script(
        'addEventListener("DOMContentLoaded", () => document.documentElement.style.opacity = 0);'
    )  # nothing can be seen
    yield page
    page.close()


@pytest.mark.timeout(300)
def test_a_check_in_a_choice_and_an_undo_by_ear_and_keys(blind: Page, tmp_path: Path) -> None:
    """Ana's language is German; the kiosk's is English. She takes her time, as this machine may."""
    with served_kiosk(tmp_path, "wheel", "glazing", easier="slow") as screen:
        blind.goto(screen.address)
        blind.wait_for_selector(".face", state="attached")
        ears = Ears(blind)
        ears.press("F2")
        ears.wait_for("Show your card")
        ears.show_card()
        ears.wait_for("Was darf es heute sein?", "Alles hier geht. Tippe auf deins.", "19", "Uhr", "30")
        ears.go_to("19", "Uhr", "30")
        ears.go_to("20", "Uhr")
        ears.press("Enter")
        ears.wait_for("Willkommen", "Du bist eingecheckt.")
        ears.wait_for("Vorher", "8", "Punkte, jetzt noch", "7")
        ears.go_to("Nicht du? Rückgängig")
        ears.press("Enter")
        ears.wait_for("Rückgängig gemacht")
        kinds = [(kind, outcome) for kind, outcome, _ in screen.told()]
        assert ("undo", "ABORTED") in kinds

        ears.show_card()
        ears.wait_for("Was darf es heute sein?")
        ears.go_to("19", "Uhr", "30")
        ears.press("Space")
        ears.wait_for("Willkommen", "Du bist eingecheckt.")
        assert screen.told()[-1][2] == "wheel"
        assert not any("Ana" in said for said in ears.heard())
