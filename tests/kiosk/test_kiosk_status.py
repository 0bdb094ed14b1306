"""`tessera kiosk status`: one look says how a kiosk stands, whether it runs, is off, or has a damaged file."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from core.errors import Invalid, NotFound
from kiosk.settings import KioskSettings
from kiosk.store.looking import LOCK
from kiosk.store.store import FILE
from kiosk.terminal.status import Health, status_json, status_table
from tests.kiosk.at_the_desk import ANAS_CARD, SIX_PM, Kiosk, a_kiosk, reopened
from tests.kiosk.test_journal_exported import open_attempt
from tests.kiosk.test_kiosk_damage import damage


def nobody_answers(port: int) -> Health | None:
    return None


def well_answers(port: int) -> Health | None:
    return {"face": "Idle", "online": True, "camera": "SEEING", "clock": "synced"} if port == 8090 else None


def said(folder: Path, *, health_of: object = nobody_answers, after: timedelta = timedelta(0)) -> str:
    console = Console(record=True, width=160)
    console.print(status_table(KioskSettings(data=folder), health_of, SIX_PM + after))  # type: ignore[arg-type]
    return console.export_text()


def told(folder: Path, *, health_of: object = nobody_answers) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        status_json(KioskSettings(data=folder), health_of, SIX_PM + timedelta(hours=1))  # type: ignore[arg-type]
    )
    return found


@contextmanager
def running(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def an_evening(folder: Path) -> Kiosk:
    kiosk = a_kiosk(folder)
    kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.sync()
    kiosk.server.is_up = False
    for _ in range(3):
        kiosk.desk.show_card(ANAS_CARD.text)
    return kiosk


def test_a_kiosk_that_is_off_is_read_from_its_folder(tmp_path: Path) -> None:
    an_evening(tmp_path).store.close()
    text = said(tmp_path, after=timedelta(minutes=90))
    for words in (
        "as door-1", "Running       no", "Unsent        3, the oldest 1 h 30 min ago", "version 1, 1 member,",
        "GB free", "4 numbers, the server has up to 1, 3 unsent", "none yet; one is made by night",
    ):  # fmt: skip
        assert words in text, (words, text)


def test_a_kiosk_that_runs_is_asked_too(tmp_path: Path) -> None:
    an_evening(tmp_path)
    with running(tmp_path):
        assert "yes, shows Idle, in touch with the server" in said(tmp_path, health_of=well_answers)
        assert "nothing answers at http://127.0.0.1:8090" in said(tmp_path)
    assert "Running       no" in said(tmp_path, health_of=well_answers), "somebody else's kiosk is not asked"


def test_programs_are_told_the_same(tmp_path: Path) -> None:
    kiosk = an_evening(tmp_path)
    with running(tmp_path):
        found = told(tmp_path, health_of=well_answers)
    assert (found["device_id"], found["running"], found["unsent"], found["members"]) == ("door-1", True, 3, 1)
    assert found["oldest_unsent_at"] == "2026-11-21T18:00:00Z" and found["list_age_seconds"] == 3600
    assert found["health"] == well_answers(8090) and found["interrupted"] == 0
    [epoch] = found["epochs"]  # type: ignore[misc]
    assert epoch == {  # type: ignore[has-type]
        "epoch": kiosk.store.journal.next_batch(1, SIX_PM).epoch,
        "number": 1, "last_seq": 4, "have_upto": 1, "unsent": 3,
    }  # fmt: skip
    assert "let me in" not in json.dumps(found), "the token stays where it is"


def test_a_damaged_file_is_called_so_and_what_was_set_aside_is_named(tmp_path: Path) -> None:
    kiosk = an_evening(tmp_path)
    kiosk.store.close()
    damage(tmp_path / FILE, "overwritten head")
    assert "damaged" in said(tmp_path) and told(tmp_path)["damaged"]
    reopened(tmp_path, kiosk.clocks, kiosk.server).store.close()
    assert "kiosk.damaged-" in said(tmp_path) and "may have been lost" in said(tmp_path)
    assert told(tmp_path)["damaged"] is None


def test_an_attempt_cut_off_is_counted_until_the_next_start(tmp_path: Path) -> None:
    kiosk = an_evening(tmp_path)
    open_attempt(kiosk)
    kiosk.store.close()
    assert told(tmp_path)["interrupted"] == 1
    assert "1; the next start concludes it" in said(tmp_path)


def test_a_kiosk_that_is_not_paired_says_how_to(tmp_path: Path) -> None:
    kiosk = an_evening(tmp_path)
    kiosk.store.close()
    (tmp_path / "device.json").unlink()
    assert "no; `tessera pair` on the server makes a code" in said(tmp_path)


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may read everything, so whoever runs the tests as root is nobody for a while."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


def test_a_folder_that_is_somebody_elses_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "kiosk"
    an_evening(folder).store.close()
    folder.chmod(0)
    try:
        with as_somebody_else(), pytest.raises(Invalid, match=r"file\.cannot_be_read"):
            said(folder)
    finally:
        folder.chmod(0o700)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        said(tmp_path / "typo")
    assert list(tmp_path.iterdir()) == []
    an_evening(tmp_path).store.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    said(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
