"""`tessera archive`: whoever keeps an installation reads what the scheduler put away, and knows whether to trust it."""

import json
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
import typer
from peewee import Database
from rich.console import Console, RenderableType
from typer.testing import CliRunner

from core import messages
from core.errors import TesseraError
from server.settings import Settings
from server.store.database import bind
from server.terminal import watching
from server.terminal.archive_commands import archive_commands
from server.terminal.check import findings
from tests.server.archive_stories import LATER, Story


@dataclass
class Shell:
    """In the data folder of a studio."""

    folder: Path

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    @property
    def environment(self) -> dict[str, str]:
        return {"TESSERA_DATA": str(self.folder), "TESSERA_SECRET_KEY": bytes(range(32)).hex()}

    def types(self, *arguments: str) -> str:
        """What is shown, the verdict at its end, or the one sentence of a no."""
        said = StringIO()
        show = Console(file=said, width=200)

        def verdict(table: RenderableType, words: str, is_sound: bool) -> None:
            show.print(table)
            show.print(words, "well" if is_sound else "amiss")

        app = typer.Typer()
        app.add_typer(archive_commands(show, verdict), name="archive")
        outcome = CliRunner().invoke(app, ["archive", *arguments], env=self.environment)
        if isinstance(outcome.exception, TesseraError):
            return messages.error_sentence("en", outcome.exception)
        assert outcome.exit_code == 0, outcome.output
        return said.getvalue() + outcome.output

    def check(self) -> dict[str, tuple[str, bool]]:
        return {what: (words, is_well) for what, words, is_well in findings(self.settings)}


def scheduled(shell: Shell, at: datetime) -> None:
    watching.run(shell.settings, once=True, now=lambda: at)


def test_a_keeper_lists_shows_and_verifies_what_the_scheduler_put_away(
    sqlite_database: Database, tmp_path: Path
) -> None:
    story, shell = Story(tmp_path), Shell(tmp_path)
    scheduled(shell, LATER)
    listed = shell.types("list")
    assert "2026-11" in listed and "2026-11-21 17:00" in listed and "after 400 days" in listed
    assert f"{story.me}/attempts-2026-11.jsonl.gz" in listed
    month = [json.loads(line) for line in shell.types("show", "2026-11").splitlines()]
    assert [one["attempt_id"] for one in month] == [one.attempt_id for one in story.told[:2]]
    assert month[0]["record"]["card"] == story.card.fingerprint and month[0]["answer"]["person"]["first_name"] == "—"
    [one] = [json.loads(line) for line in shell.types("show", story.told[1].attempt_id).splitlines()]
    assert one == month[1] and one["answer"] is None
    assert "Sound: 2 attempts" in shell.types("verify") and "well" in shell.types("verify")
    assert shell.check()["Archive"][0].endswith("2 attempts in it, as they were put away")
    assert shell.check()["Archive"][1] and shell.check()["Journals of kiosks"][1]
    assert "nothing was put away here" in shell.types("show", "2026-12")
    assert shell.types("show", "no-such-attempt").startswith("There is no attempt no-such-attempt here.")

    story.file().write_bytes(story.file().read_bytes()[:-1])
    assert "Not sound: 2026-11" in shell.types("verify") and "amiss" in shell.types("verify")
    assert not shell.check()["Archive"][1] and not shell.check()["Journals of kiosks"][1]
    bind(sqlite_database)


def test_where_it_is_never_wished_nothing_is_put_away(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, shell = Story(tmp_path), Shell(tmp_path)
    monkeypatch.setattr(Shell, "environment", {**shell.environment, "TESSERA_ARCHIVE_AFTER_DAYS": "never"})
    scheduled(shell, LATER)
    assert not story.file().exists() and "never" in shell.types("list") and "never" in shell.check()["Archive"][0]
    bind(sqlite_database)
