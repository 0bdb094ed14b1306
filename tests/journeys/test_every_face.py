"""One evening at one door: a filmed camera, two Chromium screens, upright and lying, and every face there is.

Each face must be on both screens, with nothing cut off. Two come elsewhere: NotPaired and Confirming before both
screens of `test_pairing_on_both_screens`. Starting lasts until the kiosk's first look at itself, a tenth of a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.faces import Face
from kiosk.terminal.printed_test_card import write_test_card
from tests.faces.panel import LYING, UPRIGHT
from tests.journeys.running import Studio, demo
from tests.kiosk.test_faces_in_a_browser import WHAT_DOES_NOT_FIT
from tests.network_camera import WALL, NetworkCamera, network_camera, wall_with

SOON = 60_000.0
"""Milliseconds."""
ELSEWHERE = {"Starting", "NotPaired", "Confirming"}


@dataclass(kw_only=True)
class Door:
    """The kiosk's camera and its two screens; taps are on the upright one, and the other must follow."""

    studio: Studio
    camera: NetworkCamera
    upright: Page
    lying: Page
    reached: set[str] = field(default_factory=set)

    def hold(self, first_name: str, *, thumb: int = 0) -> None:
        self.camera.show(wall_with(Path(self.studio.card(first_name)["png"]), thumb=thumb))

    def take_away(self) -> None:
        self.camera.show(WALL)

    def on(self, face: str, *words: str) -> None:
        """Both screens show that face with these words, whole."""
        for page in (self.upright, self.lying):
            shown = page.locator(f".face[data-face={face}]")
            expect(shown).to_be_visible(timeout=SOON)
            for each in words:
                expect(shown).to_contain_text(each, timeout=SOON)
        assert [page.evaluate(WHAT_DOES_NOT_FIT) for page in (self.upright, self.lying)] == [[], []], face
        self.reached.add(face)

    def tap(self, name: str, *, within: str = ".face") -> None:
        self.upright.locator(within).get_by_role("button", name=name).first.click()

    def do(self, what: str) -> None:
        """The first button that does this, whatever it is called."""
        self.upright.locator(f"[data-tap='{what}']").first.click()

    def keys(self, signs: str) -> None:
        for sign in signs:
            self.upright.locator(f".key[data-value='{sign}']").click()

    def show(self, first_name: str, face: str, *words: str) -> None:
        """A card is held until its face is there, then taken away."""
        self.hold(first_name)
        self.on(face, *words)
        self.take_away()

    def leave(self) -> None:
        """Whoever was answered goes."""
        self.upright.evaluate("document.querySelector('[data-tap=next]')?.click()")
        self.on("Waiting")


@contextmanager
def screen(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(SOON)
    page.goto(address)
    yield page
    page.close()


@pytest.fixture
def door(tmp_path: Path, browser: Browser) -> Iterator[Door]:
    """Patient with everybody, so that a slow machine sees each face as well."""
    with network_camera() as camera, demo(tmp_path / "studio", "--camera", "none") as studio:
        kiosk = studio.kiosk(tmp_path / "door", camera.address, TESSERA_EASIER="slow", TESSERA_SELF_TEST_AT="never")
        kiosk.start()
        with screen(browser, kiosk.address, UPRIGHT) as upright, screen(browser, kiosk.address, LYING) as lying:
            yield Door(studio=studio, camera=camera, upright=upright, lying=lying)
        kiosk.running.end()


@pytest.mark.timeout(600)
def test_every_face_is_reached_by_card_and_finger(door: Door, tmp_path: Path) -> None:
    door.on("Waiting")
    cards_and_answers(door)
    a_household(door)
    somebody_without_a_card(door)
    staff(door)
    a_test_and_an_end(door, tmp_path)
    assert {face.__name__ for face in get_args(Face)} - door.reached == ELSEWHERE


def cards_and_answers(door: Door) -> None:
    door.hold("Ana", thumb=70)
    door.on("Reading")
    door.show("Ana", "Welcome", "Ana", "7")
    door.tap("Undo")
    door.on("Undone")
    door.on("Waiting")
    door.show("Ana", "Welcome", "Ana")
    door.leave()
    door.show("Ana", "AlreadyIn", "Ana")
    door.leave()
    door.show("Tomás", "Choose", "Wheel throwing I", "Glaze lab")
    door.tap("Glaze lab")
    door.on("Welcome", "Glaze lab")
    door.leave()
    door.show("Clara", "NotYet", "Clara")
    door.leave()
    door.show("Leo", "No")
    door.leave()
    door.show("Dan", "StaffIsComing")
    assert "suspen" not in door.upright.locator(".face").inner_text().casefold()
    door.leave()


def a_household(door: Door) -> None:
    door.show("Petra", "Household", "Finn", "Emma")
    door.do("household.go")
    door.on("CameIn")
    door.leave()


def somebody_without_a_card(door: Door) -> None:
    mia = door.studio.card("Mia")
    door.do("find.open")
    door.on("FindByNumber", "Your member number")
    door.keys(mia["number"])
    door.on("FindByNumber", mia["number"])
    door.do("find.next")
    door.on("FindByNumber", "Your birthday")
    month, day = mia["born"].split("-")[1:]
    door.keys(day + month)
    door.on("Welcome", "Mia")
    door.leave()


def staff(door: Door) -> None:
    """What each act does is told in `test_staff_evening_in_a_browser`; here each of their faces is reached."""
    door.camera.show(wall_with(Path(door.studio.facts["staff"]["card"])))
    door.on("StaffPin", "Lena")
    door.take_away()
    door.keys(door.studio.facts["staff"]["pin"])
    door.on("StaffRoster")
    door.tap("Search")
    door.on("StaffTyping")
    door.keys("YUKI")
    door.on("StaffTyping", "Yuki")
    door.do("staff.typed")
    door.on("StaffFound", "Yuki")
    door.do("staff.person")
    door.on("StaffMember", "Yuki")
    door.do("staff.override")
    door.on("StaffUntil", "Yuki")
    door.upright.locator(".tiles .card").first.click()
    door.on("StaffWhy")
    door.do("staff.back")
    door.on("StaffUntil")
    door.do("staff.back")
    door.on("StaffMember", "Yuki")
    door.do("staff.card")
    door.on("StaffUntil", "Yuki")
    door.upright.locator(".tiles .card").first.click()
    door.on("StaffWhy")
    door.upright.locator(".tiles .card").first.click()
    door.on("StaffCard", "Yuki")


def a_test_and_an_end(door: Door, tmp_path: Path) -> None:
    for back_on in ("StaffMember", "StaffFound", "StaffRoster"):
        door.do("staff.back")
        door.on(back_on)
    door.do("staff.kiosk")
    door.on("StaffKiosk")
    door.do("staff.out_of_order")
    door.on("StaffWhy")
    door.upright.locator(".tiles .card").first.click()
    door.on("StaffKiosk")
    door.do("staff.leave")
    door.on("OutOfOrder")
    card = tmp_path / "test-card.png"
    write_test_card(card, "en")
    door.camera.show(wall_with(card))
    door.on("SelfTesting")
    door.take_away()
    door.do("test.done")
    door.on("OutOfOrder")
