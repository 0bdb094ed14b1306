"""From a shell: a kiosk that is beyond repair is looked at, proven, emptied, and taken in by its server."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.decisions import Admitted
from kiosk.store.files import FILE
from server.store.database import reading
from server.store.tables import AttemptRow
from tests import databases
from tests.kiosk.test_kiosk_damage import damage
from tests.kiosk.test_stolen_disk import StolenKiosk, Thousand
from tests.server.door_stories import live_visits

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Said:
    code: int
    words: str


def tessera(folder: Path, *arguments: str) -> Said:
    """A command as somebody types it, with its own settings and nobody else's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TESSERA_")}
    environment |= {
        "TESSERA_DATA": str(folder), "TESSERA_KIOSK_DATA": str(folder / "kiosk"), "TESSERA_CAMERA": "none",
        "TESSERA_SECRET_KEY": bytes(range(32)).hex(), "TESSERA_SERVER": "http://127.0.0.1:1", "COLUMNS": "200",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(ROOT / "tessera.py"), *arguments], env=environment, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout + done.stderr)


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_kiosk_beyond_repair_is_emptied_by_hand(sqlite_template: Path, tmp_path: Path, is_damaged: bool) -> None:
    with databases.fresh_sqlite(sqlite_template, tmp_path):
        people = Thousand(members=30, staff=1)
        kiosk = StolenKiosk(people, tmp_path / "kiosk")
        kiosk.desk.sync()
        kiosk.is_online = False
        for code in people.cards[:20]:
            assert isinstance(kiosk.desk.show_card(code.text).decision, Admitted)
        kiosk.store.close()

        looked = tessera(tmp_path, "kiosk", "status")
        assert looked.code == 0 and "20, the oldest" in looked.words and "30 members" in looked.words
        assert json.loads(tessera(tmp_path, "kiosk", "status", "--json").words)["unsent"] == 20
        listed = tessera(tmp_path, "replica", "verify")
        assert listed.code == 0 and "none names anybody" in listed.words and "No answer" in listed.words
        assert tessera(tmp_path, "replica", "verify", "--server", "http://127.0.0.1:1").code == 1

        if is_damaged:
            damage(tmp_path / "kiosk" / FILE, "noise at the end")
        proven = tessera(tmp_path, "journal", "verify")
        assert proven.code == int(is_damaged), proven.words
        assert ("is damaged" if is_damaged else "Sound: 20 attempts") in proven.words

        out = tmp_path / "out.jsonl"
        exported = tessera(tmp_path, "journal", "export", str(out))
        count = len(out.read_text().splitlines()) - 1
        assert exported.code == 0 and f"{count} unsent attempts" in exported.words
        assert count == 20 or (is_damaged and 10 <= count < 20), "what the torn page held is lost, and nothing else"

        imported = tessera(tmp_path, "journal", "import", str(out))
        assert imported.code == 0 and f"{count} lines of Front door are held now" in imported.words, imported.words
        again = tessera(tmp_path, "journal", "import", str(out))
        assert again.code == 0 and "known already" in again.words
        assert len(live_visits()) == count
        with reading():
            assert AttemptRow.select().count() == count
        checked = tessera(tmp_path, "check")
        assert checked.code == 0 and f"Journals of kiosks  {count} attempts held" in checked.words, checked.words


def test_what_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    for arguments in (("kiosk", "status"), ("journal", "verify"), ("replica", "verify")):
        said = tessera(tmp_path, *arguments)
        assert said.code == 2 and said.words.startswith("No kiosk keeps its data in"), said.words
    assert not (tmp_path / "kiosk").exists()
    said = tessera(tmp_path, "journal", "import", str(tmp_path / "nothing"))
    assert said.code == 2 and "cannot be read" in said.words
