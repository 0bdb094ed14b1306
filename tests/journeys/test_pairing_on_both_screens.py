"""Staff pair a kiosk from their browser: the code's picture, the same sign on both screens, yes and yes, and it works.

The server here lets nobody in without a code, unlike a demo's.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from kiosk.camera.demo import write_film
from server.services.people.accounts import NewAccount, open_account
from server.services.people.rights import Role, the_house
from tests.databases import fresh_sqlite
from tests.journeys.running import KioskAtTheDoor, Running, eventually, free_port
from tests.server.desk_server import wait_until_up
from tests.server.studio import open_studio

SOON = 60_000.0
"""Milliseconds."""
EMAIL, PASSWORD = "mara@kiln.example.org", "a kiosk of our own"
KEY = bytes(range(32)).hex()
AT_THE_DESK, AT_THE_DOOR = ViewportSize(width=1440, height=900), ViewportSize(width=800, height=1280)
A_CARD = (1012, 638)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """A server of its own, and a member with a place in the session that is on."""

    address: str
    card_text: str


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    now = datetime.now(UTC)
    with fresh_sqlite(sqlite_template, tmp_path):
        studio = open_studio("Kiln")
        mara = NewAccount(email=EMAIL, name="Mara Klein", password=PASSWORD, role=Role.MANAGER, language="en")
        open_account(studio.organization, mara, the_house(studio.organization), now)
        alice = studio.member("Alice")
        pass_, session = studio.unlimited(alice), studio.session(now)
        studio.reservation(alice, session, pass_, made_at=now - timedelta(hours=1))
        card = studio.card(alice)
        port = free_port()
        environment = {
            "TESSERA_DATA": str(tmp_path),
            "TESSERA_DATABASE_URL": f"sqlite:///{tmp_path / 'tessera.db'}",
            "TESSERA_SECRET_KEY": KEY,
            "TESSERA_PORT": str(port),
        }
        server = Running(["server"], environment, tmp_path / "server.log")
        server.start()
        try:
            assert server.process is not None
            wait_until_up(server.process, f"http://127.0.0.1:{port}/api/health")
            yield House(address=f"http://127.0.0.1:{port}", card_text=card.text)
        finally:
            server.end()


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Page]:
    """Mara's browser, at the page Kiosks."""
    context = browser.new_context(viewport=AT_THE_DESK)
    page = context.new_page()
    page.goto(f"{house.address}/kiosks")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{house.address}/kiosks")
    yield page
    context.close()


@pytest.fixture
def door(browser: Browser) -> Iterator[Page]:
    """The kiosk's own screen."""
    context = browser.new_context(viewport=AT_THE_DOOR)
    yield context.new_page()
    context.close()


def as_card(code: Image.Image, path: Path) -> Path:
    """A code as it is held before a camera: on something of a card's size."""
    held = Image.new("RGB", A_CARD, "white")
    code = code.convert("RGB").resize((600, 600))
    held.paste(code, ((held.width - code.width) // 2, (held.height - code.height) // 2))
    held.save(path)
    return path


def test_staff_pair_a_kiosk_from_their_browser_and_it_welcomes_a_member(
    house: House, desk: Page, door: Page, tmp_path: Path
) -> None:
    desk.get_by_role("button", name="Pair a kiosk").click()
    shown = desk.get_by_role("img", name="Pairing code as a picture")
    expect(shown).to_be_visible(timeout=SOON)
    invitation = as_card(Image.open(io.BytesIO(shown.screenshot())), tmp_path / "1-code.png")
    card = as_card(qrcode.make(house.card_text).get_image(), tmp_path / "2-card.png")
    write_film(tmp_path / "film.avi", [invitation, card], random=Random(7), seconds=12)

    port = free_port()
    arguments = ["--server", house.address, "--camera", str(tmp_path / "film.avi"), "--port", str(port)]
    running = Running(["kiosk", *arguments, "--data", str(tmp_path / "kiosk")], {}, tmp_path / "kiosk.log")
    kiosk = KioskAtTheDoor(running, f"http://127.0.0.1:{port}")
    try:
        kiosk.start()
        door.goto(kiosk.address)
        expect(door.get_by_role("button", name="Yes, the same")).to_be_visible(timeout=SOON)
        question = desk.locator(".waits")
        expect(question).to_be_visible(timeout=SOON)
        sign = question.locator(".code").inner_text()
        expect(door.get_by_text(f"Does the browser show {sign}?")).to_be_visible()
        expect(desk.locator(".kiosk")).to_have_count(0)

        door.get_by_role("button", name="Yes, the same").click()
        expect(door.get_by_text("Now confirm in the browser")).to_be_visible(timeout=SOON)
        desk.get_by_role("button", name=f"It shows {sign}: pair it").click()
        expect(question).to_have_count(0)

        expect(door.get_by_text("Welcome, Alice")).to_be_visible(timeout=SOON)
        expect(desk.locator(".kiosk").get_by_text("In touch")).to_be_visible(timeout=SOON)
        expect(desk.locator(".kiosk").get_by_text("just now")).to_be_visible(timeout=SOON)
        eventually(lambda: "Paired with" in running.words, "the kiosk to say whose it is", running)
    finally:
        running.end()
