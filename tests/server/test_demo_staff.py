"""Whoever starts the demo can be staff at its kiosk: a card that its camera reads, and the PIN that goes with it."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import cv2
import pytest
from rich.console import Console

from core import staff_cards
from core.staff_cards import StaffCardCode
from kiosk.camera.decoder import Decoder
from server.demo.day import STAFF_PIN
from server.demo.run import _say_where
from server.demo.studio import STAFF_NAME, DemoStudio, open_studio
from server.services.door.vault import CodeVault
from server.services.people.staff_pins import check_card_and_pin
from server.services.portal.signing_in import member_signed_in, sign_in_with
from server.settings import Settings
from server.store.database import bind, open_database, release

AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
SERVER, KIOSK = "http://127.0.0.1:8080", "http://127.0.0.1:8081"


def opened(folder: Path) -> DemoStudio:
    return open_studio(folder, server=SERVER, kiosk=KIOSK, at=AT)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoStudio]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, opened(folder)


def card_in(picture: Path) -> StaffCardCode:
    frame = cv2.imread(str(picture))
    (read,) = Decoder().read(frame).codes
    code = staff_cards.read(read.text)
    assert isinstance(code, StaffCardCode)
    return code


def test_the_demo_says_where_the_owners_card_is_and_which_pin_goes_with_it(demo: tuple[Path, DemoStudio]) -> None:
    folder, studio = demo
    told = json.loads((folder / "demo.json").read_text())["staff"]
    assert told["pin"] == studio.staff_pin == STAFF_PIN
    assert Path(told["card"]) == Path(studio.staff_card) == folder / "staff-card.png"
    assert Path(told["card"]).stat().st_mode & 0o077 == 0, "as secret as the card itself"


def test_card_and_pin_of_the_demo_prove_its_owner(demo: tuple[Path, DemoStudio]) -> None:
    folder, studio = demo
    code = card_in(Path(studio.staff_card))
    told = json.loads((folder / "demo.json").read_text())
    database = open_database(f"sqlite:///{folder / 'tessera.db'}")
    bind(database)
    try:
        keyed = code.keyed(studio.staff_pin)
        proven = check_card_and_pin(told["organization_id"], code.fingerprint, keyed, AT)
    finally:
        release(database)
    assert proven.name == STAFF_NAME


def test_the_virtual_camera_is_not_shown_the_staff_card(demo: tuple[Path, DemoStudio]) -> None:
    folder, _ = demo
    told = json.loads((folder / "demo.json").read_text())
    assert sorted(path.name for path in (folder / "cards").iterdir()) == sorted(
        Path(card["png"]).name for card in told["cards"]
    )


def test_whoever_starts_the_demo_reads_how_to_be_staff_at_the_kiosk(demo: tuple[Path, DemoStudio]) -> None:
    folder, studio = demo
    said = words_of(studio, folder)
    assert "Staff at the kiosk" in said
    assert STAFF_PIN in said
    assert studio.staff_card in said


def test_whoever_starts_the_demo_signs_in_as_a_member_by_a_link(demo: tuple[Path, DemoStudio]) -> None:
    folder, studio = demo
    link = (folder / "member-link.txt").read_text().strip()
    assert link == studio.member_link == json.loads((folder / "demo.json").read_text())["member"]["link"]
    assert link.startswith(f"{SERVER}/my/sign-in/") and link in words_of(studio, folder)
    settings = Settings.from_environment({"TESSERA_DATA": str(folder)})
    database = open_database(settings.database_url)
    bind(database)
    try:
        token = sign_in_with(link.rpartition("/")[2], AT, CodeVault(settings.secret_key)).token
        assert member_signed_in(token, AT).first_name == studio.member_name.partition(" ")[0]
    finally:
        release(database)


def test_a_folder_of_an_older_demo_still_opens(demo: tuple[Path, DemoStudio], tmp_path: Path) -> None:
    folder, _ = demo
    told = json.loads((folder / "demo.json").read_text())
    del told["staff"]["pin"], told["staff"]["card"]
    (tmp_path / "demo.json").write_text(json.dumps(told))
    older = opened(tmp_path)
    assert (older.staff_pin, older.staff_card) == ("", "")
    assert "Staff at the kiosk" not in words_of(older, tmp_path)


def words_of(studio: DemoStudio, folder: Path) -> str:
    show = Console(width=400, record=True, file=StringIO())
    _say_where(show, studio, folder, SERVER, KIOSK)
    return show.export_text()
