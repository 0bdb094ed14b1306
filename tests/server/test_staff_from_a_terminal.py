"""Staff cards and PINs from a shell: given, drawn, set unseen, and taken away, each with a sentence."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from click.testing import Result
from typer.testing import CliRunner

from core import messages, staff_cards
from core.errors import TesseraError, Unauthenticated
from core.staff_cards import StaffCardCode
from kiosk.camera.decoder import Decoder
from server.services.people.accounts import NewAccount
from server.services.people.organizations import only_organization
from server.services.people.rights import Role
from server.services.people.staff_pins import check_card_and_pin
from server.settings import Settings
from server.store.database import bind, open_database, reading, release
from server.store.tables import StaffCardRow
from server.terminal.opening import open_first_studio
from server.terminal.staff_commands import staff_commands

AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
EMAIL, PIN = "lena@kiln.example", "482917"


@dataclass
class Shell:
    """A studio on disk and what was said in its shell, last first. Its clock goes on a minute with each command."""

    folder: Path
    said: str = ""
    now: datetime = AT
    lines: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {"TESSERA_DATA": str(self.folder), "TESSERA_SECRET_KEY": bytes(range(32)).hex()}

    def types(self, *arguments: str, then: str = "") -> Result:
        """The command; `then` is what is typed when it asks."""
        self.now += timedelta(minutes=1)
        self.said = ""
        commands = staff_commands(self._hear, lambda: self.now)
        return CliRunner().invoke(commands, list(arguments), input=then, env=self.environment | {"COLUMNS": "200"})

    def _hear(self, said: str) -> None:
        self.said = said

    def refuses(self, *arguments: str, then: str = "") -> str:
        """The one sentence that somebody reads."""
        error = self.types(*arguments, then=then).exception
        assert isinstance(error, TesseraError), error
        return messages.error_sentence("en", error)

    def proves(self, code: StaffCardCode, pin: str = PIN) -> str:
        """Whose card and PIN these are."""
        with self.looking():
            organization = only_organization()
            assert organization is not None
            return check_card_and_pin(organization, code.fingerprint, code.keyed(pin), self.now).name

    def looking(self) -> "Looking":
        return Looking(self.folder)


@dataclass
class Looking:
    folder: Path

    def __enter__(self) -> None:
        self.database = open_database(f"sqlite:///{self.folder / 'tessera.db'}")
        bind(self.database)

    def __exit__(self, *_: object) -> None:
        release(self.database)


@pytest.fixture
def shell(sqlite_template: Path, tmp_path: Path) -> Shell:
    shutil.copy(sqlite_template, tmp_path / "tessera.db")
    made = Shell(tmp_path)
    account = NewAccount(email=EMAIL, name="Lena Brandt", password="long enough for her", role=Role.OWNER)
    settings = Settings.from_environment(made.environment)
    open_first_studio(settings, "Kiln & Co.", "Harbour Street", "Europe/Berlin", account, AT)
    return made


def read_off(picture: np.ndarray) -> StaffCardCode:
    (found,) = Decoder().read(picture).codes
    code = staff_cards.read(found.text)
    assert isinstance(code, StaffCardCode)
    return code


def png(path: Path) -> StaffCardCode:
    return read_off(cv2.imread(str(path)))


def pdf(path: Path) -> StaffCardCode:
    sheet = pypdfium2.PdfDocument(path)[0]
    return read_off(np.array(sheet.render(scale=3).to_pil().convert("RGB")))


def test_a_card_and_a_pin_given_in_a_shell_prove_who_holds_them(shell: Shell, tmp_path: Path) -> None:
    assert shell.types("card", EMAIL, "--to", str(tmp_path / "lena.png")).exit_code == 0
    assert shell.said.startswith(f"The staff card of Lena Brandt is in {tmp_path / 'lena.png'}. It serves once")
    asked = shell.types("pin", EMAIL, then=f"{PIN}\n{PIN}\n")
    assert asked.exit_code == 0 and shell.said == "The PIN of Lena Brandt is set, and goes with the card."
    assert PIN not in asked.output + shell.said, "a PIN is shown to nobody"
    assert shell.proves(png(tmp_path / "lena.png")) == "Lena Brandt"


def test_a_new_card_ends_the_one_before_and_wants_its_pin(shell: Shell, tmp_path: Path) -> None:
    shell.types("card", EMAIL, "--to", str(tmp_path / "first.png"))
    shell.types("pin", EMAIL, then=f"{PIN}\n{PIN}\n")
    assert shell.types("card", EMAIL, "--to", str(tmp_path / "second.pdf")).exit_code == 0
    assert "the one before opens nothing any more" in shell.said
    first, second = png(tmp_path / "first.png"), pdf(tmp_path / "second.pdf")
    assert first != second
    for code in (first, second):
        with pytest.raises(Unauthenticated):
            shell.proves(code)
    shell.types("pin", EMAIL, then=f"{PIN}\n{PIN}\n")
    assert shell.proves(second) == "Lena Brandt"


def test_two_pins_that_differ_are_asked_for_again(shell: Shell) -> None:
    asked = shell.types("pin", EMAIL, then=f"{PIN}\n482918\n{PIN}\n{PIN}\n")
    assert asked.exit_code == 0 and "do not match" in asked.output
    assert "Without a staff card" in shell.said


def test_a_pin_is_no_argument_of_the_command(shell: Shell) -> None:
    assert shell.types("pin", EMAIL, PIN).exit_code == 2
    assert shell.types("pin", EMAIL, "--pin", PIN).exit_code == 2


def test_a_lost_card_opens_nothing_and_the_reason_is_kept(shell: Shell, tmp_path: Path) -> None:
    shell.types("card", EMAIL, "--to", str(tmp_path / "lena.png"))
    shell.types("pin", EMAIL, then=f"{PIN}\n{PIN}\n")
    assert shell.types("card-lost", EMAIL, "--because", "left in a tram").exit_code == 0
    assert shell.said.startswith("Lena Brandt has no staff card any more.")
    with pytest.raises(Unauthenticated):
        shell.proves(png(tmp_path / "lena.png"))
    with shell.looking(), reading():
        assert StaffCardRow.get().because == "left in a tram"


def test_what_cannot_be_done_is_said_in_one_sentence(shell: Shell, tmp_path: Path) -> None:
    nobody = "Nobody on the team signs in with finn@kiln.example. Please check the address."
    lost = ("card-lost", EMAIL, "--because")
    assert shell.refuses("card", "finn@kiln.example", "--to", str(tmp_path / "finn.png")) == nobody
    assert shell.refuses("pin", "Finn@Kiln.example ") == nobody, "before any PIN is asked for"
    assert shell.refuses("pin", "finn") == "“email” cannot be finn. Please correct it."
    assert shell.refuses(*lost, "lost") == "Lena Brandt has no staff card. Please give one first."
    assert "A PIN has six digits" in shell.refuses("pin", EMAIL, then="12345\n12345\n")
    assert "the first that anybody would try" in shell.refuses("pin", EMAIL, then="123456\n123456\n")
    assert "is neither" in shell.refuses("card", EMAIL, "--to", str(tmp_path / "lena.gif"))
    shell.types("card", EMAIL, "--to", str(tmp_path / "lena.png"))
    assert "because" in shell.refuses(*lost, "  ")
    with shell.looking(), reading():
        assert StaffCardRow.get().revoked_at is None


def test_a_file_that_cannot_be_written_costs_nobody_their_card(shell: Shell, tmp_path: Path) -> None:
    shell.types("card", EMAIL, "--to", str(tmp_path / "lena.png"))
    said = shell.refuses("card", EMAIL, "--to", str(tmp_path / "nowhere" / "lena.png"))
    assert "cannot be written" in said
    with shell.looking(), reading():
        assert [row.revoked_at for row in StaffCardRow.select()] == [None]


def test_a_database_without_a_studio_is_said_to_be_one(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "tessera.db")
    assert "no studio" in Shell(tmp_path).refuses("card", EMAIL, "--to", str(tmp_path / "lena.png"))
