"""`tessera journal verify`: the journal is whole, also after rows were cleared away, or what is not so is named."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import apsw
import pytest

from core import wire
from core.errors import NotFound
from core.protocol import Attempt, AttemptState, Effect, Outcome, Told
from core.refusals import RefusalReason as R
from kiosk.store.chains_here import EpochHere, epochs_here
from kiosk.store.database import Database, DatabaseDamaged, open_database
from kiosk.store.journal import KEPT_AFTER_TOLD
from kiosk.store.looking import looked_into
from kiosk.store.migrations import STEPS
from kiosk.store.store import FILE, KioskStore
from kiosk.terminal.journal import verify_journal
from tests.kiosk.at_the_desk import ANAS_CARD, SIX_PM, Kiosk, a_kiosk, reopened

LONG_AFTER = SIX_PM + KEPT_AFTER_TOLD + timedelta(hours=1)


class FirstCalledDamaged:
    """The file is called damaged at the first look, although every row of it can be read."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, path: Path) -> Database:
        self.looks += 1
        if self.looks == 1:
            raise DatabaseDamaged("a bad page")
        return open_database(path)


def a_busy_kiosk(folder: Path, cards: int = 6) -> Kiosk:
    kiosk = a_kiosk(folder, is_online=False)
    for _ in range(cards):
        kiosk.desk.show_card(ANAS_CARD.text)
        kiosk.clocks.pass_by(60)
    return kiosk


def told(kiosk: Kiosk, *seqs: int) -> None:
    attempts = kiosk.store.journal.next_batch(1000, SIX_PM).attempts
    kiosk.store.journal.heard(
        [Told(attempt_id=one.attempt_id, effect=Effect.APPLIED) for one in attempts if one.seq in seqs], SIX_PM
    )


def epochs(folder: Path) -> tuple[EpochHere, ...]:
    with looked_into(folder) as connection:
        return epochs_here(connection)


def said(folder: Path) -> str:
    [epoch] = epochs(folder)
    return ", ".join(f"{finding.trouble} {finding.numbers}" for finding in epoch.faults)


def change(folder: Path, sql: str, *values: object) -> None:
    connection = apsw.Connection(str(folder / FILE))
    connection.execute(sql, values)  # type: ignore[arg-type]
    connection.close()


def body_of(folder: Path, seq: int) -> Attempt:
    with looked_into(folder) as connection:
        [(text,)] = connection.execute("SELECT body FROM attempt WHERE seq = ?", (seq,)).fetchall()
    return wire.from_json(Attempt, str(text))


@pytest.mark.parametrize("is_running", [True, False])
def test_a_journal_is_whole_whether_its_kiosk_runs_or_not(tmp_path: Path, is_running: bool) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    if not is_running:
        kiosk.store.close()
    before = sorted(path.name for path in tmp_path.iterdir())
    _, words, is_sound = verify_journal(tmp_path)
    assert is_sound and words == "Sound: 6 attempts, no number missing, each as it was written."
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "looking leaves nothing behind"


def test_the_rest_is_proven_after_the_oldest_were_cleared_away(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    told(kiosk, 1, 2, 3)
    assert kiosk.store.journal.clear_away(LONG_AFTER) == 3
    [epoch] = epochs(tmp_path)
    assert not epoch.faults and (epoch.cleared, epoch.report.first, epoch.report.proven) == (3, 4, 3)
    kiosk.desk.show_card(ANAS_CARD.text)
    assert epochs(tmp_path)[0].report.proven == 4


def test_what_was_told_stays_while_something_older_was_not(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    told(kiosk, 1, 3, 4, 6)
    assert kiosk.store.journal.clear_away(LONG_AFTER) == 1, "2 is still to be told, so the chain after it stays"
    assert said(tmp_path) == ""
    told(kiosk, 2)
    assert kiosk.store.journal.clear_away(LONG_AFTER) == 3
    assert kiosk.store.journal.clear_away(LONG_AFTER) == 0
    [epoch] = epochs(tmp_path)
    assert not epoch.faults and (epoch.cleared, epoch.report.held, epoch.untold) == (4, 2, 1)


def test_a_journal_of_which_all_was_cleared_away_is_sound(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    told(kiosk, *range(1, 7))
    assert kiosk.store.journal.clear_away(LONG_AFTER) == 6
    assert said(tmp_path) == ""
    kiosk.desk.show_card(ANAS_CARD.text)
    assert said(tmp_path) == "" and epochs(tmp_path)[0].report.proven == 1


@pytest.mark.parametrize(("seq", "found"), [(1, "GAP 1"), (3, "GAP 3"), (6, "GAP 6")])
def test_a_number_that_somebody_deleted_is_missed(tmp_path: Path, seq: int, found: str) -> None:
    a_busy_kiosk(tmp_path).store.close()
    change(tmp_path, "DELETE FROM attempt WHERE seq = ?", seq)
    assert said(tmp_path) == found
    _, words, is_sound = verify_journal(tmp_path)
    assert not is_sound and f"{seq} missing" in words


def test_a_number_deleted_right_after_those_cleared_away_is_missed_too(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    told(kiosk, 1, 2, 3)
    kiosk.store.journal.clear_away(LONG_AFTER)
    kiosk.store.close()
    change(tmp_path, "DELETE FROM attempt WHERE seq = 4")
    assert said(tmp_path) == "GAP 4"


@pytest.mark.parametrize("seq", [1, 4, 6])
def test_a_record_that_somebody_rewrote_is_found(tmp_path: Path, seq: int) -> None:
    a_busy_kiosk(tmp_path).store.close()
    forged = replace(body_of(tmp_path, seq), outcome=Outcome.REFUSED, reason=R.NO_PASS)
    change(tmp_path, "UPDATE attempt SET body = ? WHERE seq = ?", wire.to_json(forged), seq)
    assert said(tmp_path) == f"BROKEN {seq}"


def test_the_last_record_cannot_be_rewritten_even_with_its_link(tmp_path: Path) -> None:
    a_busy_kiosk(tmp_path).store.close()
    forged = replace(body_of(tmp_path, 6), outcome=Outcome.REFUSED, reason=R.NO_PASS)
    forged = replace(forged, chain=wire.chain(forged, body_of(tmp_path, 5).chain))
    change(tmp_path, "UPDATE attempt SET body = ? WHERE seq = 6", wire.to_json(forged))
    assert said(tmp_path) == "BROKEN 6"


def test_two_records_cannot_change_places(tmp_path: Path) -> None:
    a_busy_kiosk(tmp_path).store.close()
    two, three = body_of(tmp_path, 2), body_of(tmp_path, 3)
    change(tmp_path, "UPDATE attempt SET body = ? WHERE seq = 2", wire.to_json(three))
    change(tmp_path, "UPDATE attempt SET body = ? WHERE seq = 3", wire.to_json(two))
    assert "BROKEN 2" in said(tmp_path)


def test_an_attempt_under_way_is_no_fault(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    attempt = replace(body_of(tmp_path, 6), attempt_id="open", chain="", state=AttemptState.INTENT, outcome=None)
    kiosk.store.journal.write_intent(attempt, SIX_PM)
    [epoch] = epochs(tmp_path)
    assert not epoch.faults and [one.trouble for one in epoch.report.findings] == ["OPEN"]


def test_what_was_saved_out_of_a_damaged_file_is_told_apart(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    told(kiosk, 1, 2, 4)
    open_one = replace(body_of(tmp_path, 6), attempt_id="open", chain="", state=AttemptState.INTENT, outcome=None)
    kiosk.store.journal.write_intent(open_one, SIX_PM)
    kiosk.store.close()
    store = KioskStore(tmp_path, at=SIX_PM, random_bits=Random("anew").getrandbits, open_file=FirstCalledDamaged())
    assert store.set_aside is not None
    saved, written_to = epochs(tmp_path)
    assert saved.is_salvaged and not saved.faults and not written_to.faults
    assert (saved.report.held, saved.report.proven) == (4, 2), "6 follows 5, and 7 follows 6"
    assert [one.trouble for one in saved.report.findings] == ["GAP"]
    _, words, is_sound = verify_journal(tmp_path)
    assert is_sound and "2 of them cannot be proven" in words


def test_an_attempt_that_was_open_in_a_damaged_file_follows_what_was_told(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    told(kiosk, *range(1, 7))
    last = body_of(tmp_path, 6)
    open_one = replace(last, attempt_id="open", chain="", state=AttemptState.INTENT, outcome=None)
    kiosk.store.journal.write_intent(open_one, SIX_PM)
    kiosk.store.close()
    store = KioskStore(tmp_path, at=SIX_PM, random_bits=Random("anew").getrandbits, open_file=FirstCalledDamaged())
    saved = store.journal.attempt("open")
    assert saved is not None and saved.chain == wire.chain(saved, last.chain)


def as_of_the_first_version(path: Path) -> None:
    """The same journal in the tables that the first version made."""
    newer = path.rename(path.with_name("newer.db"))
    connection = apsw.Connection(str(path))
    connection.execute(STEPS[0])
    connection.execute("ATTACH ? AS newer", (str(newer),))
    epoch = "id, number, last_seq, last_chain, have_upto"
    connection.execute(f"INSERT INTO epoch ({epoch}) SELECT {epoch} FROM newer.epoch")
    connection.execute("INSERT INTO attempt SELECT * FROM newer.attempt")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    newer.unlink()


def test_a_file_from_before_anchors_were_kept_is_believed_at_its_beginning(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    kiosk.store.close()
    as_of_the_first_version(tmp_path / FILE)
    change(tmp_path, "DELETE FROM attempt WHERE seq < 4")
    [epoch] = epochs(tmp_path)
    assert not epoch.faults and (epoch.report.held, epoch.report.proven) == (3, 2)
    reopened(tmp_path, kiosk.clocks, kiosk.server).store.close()
    [epoch] = epochs(tmp_path)
    assert not epoch.faults and (epoch.cleared, epoch.report.held, epoch.report.proven) == (3, 3, 2)
    with looked_into(tmp_path) as connection:
        assert connection.pragma("user_version") == len(STEPS)


def test_a_folder_without_a_kiosk_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"kiosk\.no_data"):
        verify_journal(tmp_path / "elsewhere")
