"""`tessera import` and the same over HTTP: columns first, a dry run, the doing, and a report of every row."""

import csv
import shutil
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
import typer
from fastapi.testclient import TestClient
from peewee import Database
from rich.console import Console
from typer.testing import CliRunner

from core import messages
from core.errors import TesseraError
from server.api.app import make_app
from server.api.imports import MOST_ROWS
from server.services.people.accounts import NewAccount
from server.services.people.members import NewMember, add_member
from server.services.people.organizations import only_organization
from server.services.people.rights import Role, the_house
from server.settings import Settings
from server.store.database import bind, open_database, reading, release
from server.store.tables import MemberRow
from server.terminal.import_command import add_import
from server.terminal.opening import open_first_studio
from tests.server.api_house import NOON, furnished_house
from tests.server.studio import VAULT

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "import.md"
FILE = (
    "Client ID,Given name,Surname,Email,Mail,Phone\n1,Ada,=B2,ada@example.org,,+49301234\n2,Bo,Ray,,bo@example.org,x\n"
)


@dataclass
class Shell:
    """A studio on disk, and what was shown in its shell."""

    folder: Path
    seen: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {"TESSERA_DATA": str(self.folder), "TESSERA_SECRET_KEY": bytes(range(32)).hex()}

    def types(self, *arguments: str) -> str:
        """What is shown, or the one sentence of a no."""
        app, said = typer.Typer(), StringIO()
        add_import(app, Console(file=said, width=160), lambda: NOON)
        outcome = CliRunner().invoke(app, list(arguments), env=self.environment)
        if isinstance(outcome.exception, TesseraError):
            return messages.error_sentence("en", outcome.exception)
        assert outcome.exit_code == 0, outcome.output
        return said.getvalue()

    def everybody(self) -> list[str]:
        database = open_database(f"sqlite:///{self.folder / 'tessera.db'}")
        bind(database)
        try:
            with reading():
                return sorted(f"{row.first_name} {row.phone}" for row in MemberRow.select())
        finally:
            release(database)


@pytest.fixture
def shell(sqlite_template: Path, tmp_path: Path) -> Shell:
    shutil.copy(sqlite_template, tmp_path / "tessera.db")
    made = Shell(tmp_path)
    account = NewAccount(email="lena@kiln.example", name="Lena", password="long enough for her", role=Role.OWNER)
    open_first_studio(Settings.from_environment(made.environment), "Kiln", "Barn", "Europe/Berlin", account, NOON)
    return made


def test_the_columns_are_shown_first_and_nothing_is_written_until_it_is_really_meant(shell: Shell) -> None:
    file, report = shell.folder / "clients.csv", shell.folder / "report.csv"
    file.write_text(FILE, encoding="utf-8")
    command = (str(file), "--kind", "members", "--map", "Mail=-", "--map", "Surname=last_name")
    shown = shell.types(*command, "--report", str(report))
    assert "UTF-8, comma between the cells" in shown and "Nothing was written" in shown
    assert "last_name" in shown and "not read" in shown and "line 2: “Surname” is =B2, which is a formula." in shown
    assert shell.everybody() == []
    lines = list(csv.reader(report.read_text(encoding="utf-8").splitlines()))
    assert [line[:2] for line in lines] == [["line", "verdict"], ["2", "PROBLEM"], ["3", "PROBLEM"]]

    file.write_text(FILE.replace("=B2", "Byron").replace(",x", ",+4930"), encoding="utf-8")
    shown = shell.types(*command, "--really")
    assert "Done" in shown and shell.everybody() == ["Ada +49301234", "Bo +4930"]
    shell.types(*command, "--really")
    assert shell.everybody() == ["Ada +49301234", "Bo +4930"]


def test_a_report_runs_nothing_in_the_spreadsheet_that_opens_it(shell: Shell) -> None:
    file, report = shell.folder / "clients.csv", shell.folder / "report.csv"
    file.write_text("First name,Member number\nAda,0001\n", encoding="utf-8")
    database = open_database(f"sqlite:///{shell.folder / 'tessera.db'}")
    bind(database)
    organization = only_organization()
    assert organization is not None
    add_member(organization, NewMember(first_name="=1+1", last_name="", number="0001"), the_house(organization), NOON)
    release(database)
    shell.types(str(file), "--kind", "members", "--report", str(report))
    (_, told) = csv.reader(report.read_text(encoding="utf-8").splitlines())
    assert told[3].startswith("'=1+1 has the number 0001.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kind", "members"), "No column is known to be first_name"),
        (("--kind", "dogs"), "Rows cannot be “dogs”"),
        (("--kind", "members", "--system", "abacus"), "The columns of “abacus” are not known here."),
        (("--kind", "members", "--map", "Mail"), "“Mail” does not say which column is what."),
        (("--kind", "members", "--dates", "backwards"), "Days cannot be written “backwards”"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence(shell: Shell, arguments: tuple[str, ...], says: str) -> None:
    file = shell.folder / "clients.csv"
    file.write_text("Mail,Shoe size\nada@example.org,39\n", encoding="utf-8")
    assert says in shell.types(str(file), *arguments)


def test_a_file_that_is_not_there_and_a_report_that_cannot_be_written(shell: Shell) -> None:
    assert "cannot be read" in shell.types(str(shell.folder / "nobody.csv"), "--kind", "members")
    file = shell.folder / "clients.csv"
    file.write_text(FILE, encoding="utf-8")
    report = str(shell.folder / "no" / "such" / "folder.csv")
    said = shell.types(str(file), "--kind", "members", "--map", "Mail=-", "--map", "Email=email", "--report", report)
    assert "cannot be written" in said


def test_the_examples_of_the_page_are_taken_as_they_stand(shell: Shell) -> None:
    """Members and passes whole; the places fail only for want of a calendar."""
    blocks = PAGE.read_text(encoding="utf-8").split("```csv\n")[1:]
    for kind, block in zip(("members", "passes", "reservations"), blocks, strict=True):
        file = shell.folder / f"{kind}.csv"
        file.write_text(block.split("```")[0], encoding="utf-8")
        shown = shell.types(str(file), "--kind", kind, "--really")
        assert "not read" not in shown
        assert "line" not in shown if kind != "reservations" else "Please put it on the calendar first." in shown
    assert len(shell.everybody()) == 2


def test_the_same_over_http(sqlite_database: Database) -> None:
    house = furnished_house()
    token = house.program(Role.OWNER)
    app = make_app(now=lambda: NOON, vault=VAULT)
    wanted = {"kind": "members", "csv": "Id,First name,Email,Shoe\n1,Ada,ada@example.org,39\n,Bo,,\n"}
    with TestClient(app, headers={"Authorization": f"Bearer {token}", "Accept-Language": "de"}) as client:
        planned = client.post("/api/imports/plan", json=wanted).json()
        assert planned["columns"][3] == {"header": "Shoe", "field": None, "mayBe": None}
        assert planned["counts"] == {"NEW": 1, "SAME": 0, "CHANGED": 0, "PROBLEM": 1}
        assert planned["rows"][1]["sentence"].startswith("Ohne Kennung")
        assert client.post("/api/imports", json=wanted).json() == planned
        assert client.post("/api/imports", json=wanted).json()["counts"]["SAME"] == 1
        long = {"kind": "members", "csv": "Id,First name\n" + "1,A\n" * (MOST_ROWS + 1)}
        for body, code in (
            (long, "import.too_many_rows"),
            ({**wanted, "csv": "Shoe\n39\n"}, "import.columns_missing"),
            ({**wanted, "columns": {"Shoe": "size"}}, "import.no_such_field"),
        ):
            answer = client.post("/api/imports", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, code)
