"""A card shown to a camera becomes a check-in in the central database, and the screen says so."""

from pathlib import Path
from random import Random

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Page, expect

from kiosk.camera.demo import write_film
from tests.journeys.running import KioskAtTheDoor, Studio, eventually

SOON = 60_000.0
"""Milliseconds."""


@pytest.fixture
def kiosk_with(studio: Studio, tmp_path: Path) -> "list[KioskAtTheDoor]":
    started: list[KioskAtTheDoor] = []
    yield started  # type: ignore[misc]
    for kiosk in started:
        kiosk.running.end()


def film_of(picture: Path, folder: Path) -> Path:
    """A card brought into view, held and taken away, 6 s, then over again."""
    film = folder / "film.avi"
    write_film(film, [picture], random=Random(7), seconds=6)
    return film


def other_card(text: str, path: Path) -> Path:
    """A card like ours with somebody else's code on it."""
    card = Image.new("RGB", (1012, 638), "white")
    code = qrcode.make(text, box_size=12).get_image()
    card.paste(code, ((card.width - code.width) // 2, (card.height - code.height) // 2))
    card.save(path)
    return path


def test_a_card_before_the_camera_is_welcomed_and_paid_once_whatever_falls_over(
    studio: Studio, page: Page, tmp_path: Path, kiosk_with: list[KioskAtTheDoor]
) -> None:
    ana = studio.card("Ana")
    before = studio.punches_left(ana)
    kiosk = studio.kiosk(tmp_path / "door", str(film_of(Path(ana["png"]), tmp_path)))
    kiosk_with.append(kiosk)
    kiosk.start()
    page.goto(kiosk.address)
    expect(page.get_by_text("Welcome, Ana")).to_be_visible(timeout=SOON)
    expect(page.get_by_text(f"{before - 1} left")).to_be_visible()
    eventually(lambda: studio.punches_left(ana) == before - 1, "the punch to be taken", kiosk.running)

    kiosk.running.kill()
    kiosk.start()
    page.goto(kiosk.address)
    expect(page.get_by_text("already")).to_be_visible(timeout=SOON)
    assert studio.punches_left(ana) == before - 1


def test_staff_see_the_arrival(studio: Studio, page: Page, tmp_path: Path, kiosk_with: list[KioskAtTheDoor]) -> None:
    noor = studio.card("Noor")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(studio.facts["server"])
    page.get_by_label("Email").fill(studio.facts["staff"]["email"])
    page.get_by_label("Password").fill(studio.facts["staff"]["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Arrivals")).to_be_visible(timeout=SOON)
    kiosk = studio.kiosk(tmp_path / "door", str(film_of(Path(noor["png"]), tmp_path)))
    kiosk_with.append(kiosk)
    kiosk.start()
    expect(page.get_by_text("Noor Haddad").first).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("text", ["https://example.org/menu", "WIFI:T:WPA;S=Studio;P=clay;;"])
def test_other_codes_are_not_membership_cards_and_nothing_else_happens(
    studio: Studio, page: Page, tmp_path: Path, kiosk_with: list[KioskAtTheDoor], text: str
) -> None:
    kiosk = studio.kiosk(tmp_path / "door", str(film_of(other_card(text, tmp_path / "other.png"), tmp_path)))
    kiosk_with.append(kiosk)
    kiosk.start()
    page.goto(kiosk.address)
    expect(page.get_by_text("Not a membership card")).to_be_visible(timeout=SOON)
    assert text.encode() not in b"".join(path.read_bytes() for path in (tmp_path / "door").rglob("*") if path.is_file())
