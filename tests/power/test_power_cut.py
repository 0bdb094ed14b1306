"""The power is cut at any write, sync or deletion: what the kiosk promised is there, or the damage is noticed.

An honest disk may lose nothing. Of a lying one only what is left can be asked: it is refused as damaged, or it is
whole, as it was at an earlier moment; that nobody can see from the file alone, and the server tells at first contact.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import apsw
import pytest

from core.protocol import AttemptState, Outcome
from kiosk.store.store import FILE, KioskStore
from tests.kiosk.at_the_desk import SIX_PM, STRANGERS_CARD, a_kiosk, reopened
from tests.power.images import Found, cut_and_look
from tests.power.workload import a_draft

IMAGES = 60


def test_an_honest_disk_loses_nothing_wherever_the_power_is_cut(tmp_path: Path) -> None:
    welcomes = 0
    for seed in range(IMAGES):
        folder = tmp_path / str(seed)
        folder.mkdir()
        result = cut_and_look(seed, folder)
        assert (result.lost, result.unnoticed) == ([], []), f"seed {seed}"
        assert set(result.found) == {Found.WHOLE}
        welcomes += result.welcomes
    assert welcomes > IMAGES


@pytest.mark.parametrize("lies", [0.5, 1.0])
def test_what_a_lying_disk_tears_is_refused_before_the_first_card(tmp_path: Path, lies: float) -> None:
    found: Counter[Found] = Counter()
    for seed in range(IMAGES):
        folder = tmp_path / str(seed)
        folder.mkdir()
        result = cut_and_look(seed, folder, lies=lies)
        assert result.unnoticed == [], f"seed {seed}"
        found += result.found
    assert found[Found.SET_ASIDE] > 0 and found[Found.WENT_BACK] > 0, "it lied, and it mattered"


def a_store(folder: Path) -> KioskStore:
    return KioskStore(folder, at=SIX_PM, random_bits=Random(1).getrandbits)


def with_attempts(folder: Path, count: int = 5) -> None:
    store, dice = a_store(folder), Random(count)
    for _ in range(count):
        begun = store.journal.write_intent(a_draft(dice, SIX_PM), SIX_PM)
        store.journal.write_outcome(replace(begun, state=AttemptState.LOCAL, outcome=Outcome.REFUSED))
    store.close()


@pytest.mark.parametrize(
    "tear",
    [
        "UPDATE epoch SET last_seq = last_seq - 1",
        "UPDATE epoch SET last_seq = last_seq + 1",
        "UPDATE epoch SET last_chain = 'older'",
        "DELETE FROM attempt WHERE seq = 3",
        "UPDATE attempt SET body = json_set(body, '$.member_id', 'somebody') WHERE seq = 4",
        "UPDATE attempt SET body = 'no JSON' WHERE seq = 5",
    ],
)
def test_tables_of_different_moments_are_refused_although_sqlite_finds_them_sound(tmp_path: Path, tear: str) -> None:
    with_attempts(tmp_path)
    connection = apsw.Connection(str(tmp_path / FILE))
    connection.execute(tear)
    connection.close()
    assert a_store(tmp_path).set_aside is not None


@pytest.mark.parametrize(
    "tear", ["UPDATE member SET version = version - 1", "DELETE FROM card", "INSERT INTO denied VALUES ('a card')"]
)
def test_a_member_list_of_another_moment_is_refused(tmp_path: Path, tear: str) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.close()
    assert reopened(tmp_path, kiosk.clocks, kiosk.server).store.set_aside is None
    connection = apsw.Connection(str(tmp_path / FILE))
    connection.execute(tear)
    connection.close()
    assert reopened(tmp_path, kiosk.clocks, kiosk.server).store.set_aside is not None


def test_a_journal_that_is_one_row_is_not_refused_however_long_it_is(tmp_path: Path) -> None:
    with_attempts(tmp_path, 1)
    with_attempts(tmp_path, 1010)
    store = a_store(tmp_path)
    assert store.set_aside is None
    store.journal.write_intent(a_draft(Random(3), SIX_PM), SIX_PM)
    store.close()
    assert a_store(tmp_path).set_aside is None, "an attempt that was begun and never shown is no damage"


def test_a_file_that_went_back_is_told_by_the_server_and_no_number_is_used_twice_from_then_on(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path / "door")
    kiosk.desk.show_card(STRANGERS_CARD.text)
    kiosk.desk.sync()
    kiosk.store.close()
    before = (tmp_path / "door" / FILE).read_bytes()
    kiosk = reopened(tmp_path / "door", kiosk.clocks, kiosk.server)
    for _ in range(3):
        kiosk.desk.show_card(STRANGERS_CARD.text)
    kiosk.desk.sync()
    kiosk.store.close()
    epochs = {attempt.epoch for attempt in kiosk.server.stored.values()}
    (tmp_path / "door" / FILE).write_bytes(before)

    after = reopened(tmp_path / "door", kiosk.clocks, kiosk.server, boot="boot-2")
    assert after.store.set_aside is None, "the file alone does not show it"
    after.desk.sync()
    shown = [after.desk.show_card(STRANGERS_CARD.text).attempt_id for _ in range(2)]
    after.desk.sync()
    anew = [kiosk.server.stored[attempt_id] for attempt_id in shown]
    assert [attempt.seq for attempt in anew] == [1, 2]
    assert not {attempt.epoch for attempt in anew} & epochs
    assert kiosk.server.tells[-1].hello.nothing_unsent_before is None, "what was lost may be untold"
