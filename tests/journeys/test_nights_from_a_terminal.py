"""The night as an installation's keeper meets it: processes and commands on a database of their own."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from peewee import Database

from server.store.database import reading
from server.store.tables import NoShowRow
from tests.journeys.running import Running, eventually
from tests.server.studio import open_studio

A_WHILE_AGO = datetime.now(UTC) - timedelta(hours=30)
"""By this machine's clock, which processes of their own go by."""
THE_NIGHT_AFTER = (A_WHILE_AGO + timedelta(hours=8)).isoformat()


@pytest.fixture
def keeper(sqlite_database: Database, tmp_path: Path) -> dict[str, str]:
    """A studio where Alice did not come, and the environment of who looks after it."""
    studio = open_studio()
    alice = studio.member()
    studio.reservation(
        alice, studio.session(A_WHILE_AGO), studio.punch_pass(alice, 8), made_at=A_WHILE_AGO - timedelta(days=3)
    )
    return {"TESSERA_DATA": str(tmp_path), "TESSERA_DATABASE_URL": f"sqlite:///{sqlite_database.database}"}


def tessera(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tessera", *arguments],
        env={**os.environ, **environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def absences() -> int:
    with reading():
        return int(NoShowRow.select().count())


def test_a_job_by_hand_four_times_is_once(keeper: dict[str, str]) -> None:
    reports = [tessera(keeper, "jobs", "run", "no-shows", "--as-of", THE_NIGHT_AFTER) for _ in range(4)]
    assert [report.returncode for report in reports] == [0, 0, 0, 0]
    assert "1 missed" in reports[0].stdout
    assert all("0 missed" in report.stdout for report in reports[1:])
    assert absences() == 1


def test_three_started_at_once_note_an_absence_once(keeper: dict[str, str], tmp_path: Path) -> None:
    arguments = ["jobs", "run", "no-shows", "--as-of", THE_NIGHT_AFTER]
    started = [Running(arguments, keeper, tmp_path / f"{number}.log") for number in range(3)]
    for one in started:
        one.start()
    for one in started:
        assert one.process is not None
        assert one.process.wait(60) == 0, one.words
    assert absences() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("jobs", "run", "sweeping"), "There is no job called “sweeping”"),
        (("jobs", "run", "lift", "--as-of", "tonight"), "“tonight” is not a date and time"),
        (("jobs", "run", "no-shows", "--as-of", "2999-01-01T00:00:00Z"), "2999-01-01T00:00:00Z is still to come"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(keeper: dict[str, str], arguments: tuple[str, ...], sentence: str) -> None:
    ended = tessera(keeper, *arguments)
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_the_list_names_every_job(keeper: dict[str, str]) -> None:
    listed = tessera(keeper, "jobs", "list")
    assert listed.returncode == 0
    assert all(name in listed.stdout for name in ("no-shows", "auto-cancel", "suspend", "lift", "01:00", "04:00"))


def test_the_scheduler_ends_when_it_is_told_to(keeper: dict[str, str], tmp_path: Path) -> None:
    scheduler = Running(["scheduler"], keeper, tmp_path / "scheduler.log")
    scheduler.start()
    eventually(lambda: "watches over the nights" in scheduler.words, "the scheduler to begin", scheduler)
    assert scheduler.end(signal.SIGTERM) == 0, scheduler.words


def test_once_is_once(keeper: dict[str, str], tmp_path: Path) -> None:
    """All that the day has to do is done, by the settings that the keeper wrote."""
    keeper |= {"TESSERA_COPIES": str(tmp_path / "elsewhere"), "TESSERA_MAIL_FOLDER": str(tmp_path / "mail")}
    ended = tessera(keeper, "scheduler", "--once")
    assert ended.returncode == 0
    assert "jobs were due, 14 errands were done" in ended.stderr and "failure" not in ended.stderr
    assert {path.suffix for path in (tmp_path / "elsewhere").glob("tessera-*")} == {".db"}
    ended = tessera(keeper | {"TESSERA_ARCHIVE_AFTER_DAYS": "never"}, "scheduler", "--once")
    assert "13 errands were done" in ended.stderr
