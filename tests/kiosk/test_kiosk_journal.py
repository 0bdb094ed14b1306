"""The kiosk's journal: numbered without a gap, chained, kept until the server surely has it, and never renumbered."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from core import wire
from core.protocol import Attempt, AttemptState, Effect, Outcome, Told
from core.refusals import RefusalReason as R
from kiosk.store.database import SqliteTooOld, open_database, refuse_old_sqlite
from kiosk.store.journal import KEPT_AFTER_TOLD, Journal
from kiosk.store.store import FILE, KioskStore
from tests.kiosk.at_the_desk import SIX_PM
from tests.simulation.faults import FragileKioskFile, Stopped, Trap, Where, kiosk_points


def store_in(folder: Path) -> KioskStore:
    return KioskStore(folder, at=SIX_PM, random_bits=lambda bits: 7)


def an_attempt(name: str) -> Attempt:
    return Attempt(attempt_id=name, device_id="door-1", epoch="", seq=0, t_mono=1, boot="b", t_wall=2)


def refused(attempt: Attempt) -> Attempt:
    return replace(attempt, state=AttemptState.LOCAL, outcome=Outcome.REFUSED, reason=R.CARD_UNKNOWN)


def write(journal: Journal, *names: str) -> None:
    for name in names:
        journal.write_outcome(refused(journal.write_intent(an_attempt(name), SIX_PM)))


def all_of(journal: Journal) -> list[Attempt]:
    return list(journal.next_batch(1000, SIX_PM).attempts)


def is_whole(attempts: list[Attempt]) -> bool:
    """As whoever audits it would look: every number is there, and every link fits the one before."""
    previous = ""
    for seq, attempt in enumerate(attempts, start=1):
        if attempt.seq != seq or attempt.chain != wire.chain(attempt, previous):
            return False
        previous = attempt.chain
    return True


def told(*names: str) -> list[Told]:
    return [Told(attempt_id=name, effect=Effect.APPLIED) for name in names]


def test_attempts_are_numbered_from_one_without_a_gap_and_chained(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    write(journal, "a", "b", "c")
    kept = all_of(journal)
    assert [(attempt.seq, attempt.attempt_id) for attempt in kept] == [(1, "a"), (2, "b"), (3, "c")]
    assert is_whole(kept)


@pytest.mark.parametrize("forged", ["changed", "left out", "swapped"])
def test_the_chain_tells_when_a_record_is_not_what_it_was(tmp_path: Path, forged: str) -> None:
    journal = store_in(tmp_path).journal
    write(journal, "a", "b", "c")
    one, two, three = all_of(journal)
    forgeries = {
        "changed": [one, replace(two, reason=R.SUSPENDED), three],
        "left out": [one, replace(three, seq=2)],
        "swapped": [one, replace(three, seq=2), replace(two, seq=3)],
    }
    assert not is_whole(forgeries[forged])


def test_an_intent_that_was_never_answered_is_unknown_after_the_next_start_and_in_the_chain(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    write(store.journal, "a")
    store.journal.write_intent(an_attempt("b"), SIX_PM)
    store.close()
    after = store_in(tmp_path)
    write(after.journal, "c")
    kept = all_of(after.journal)
    assert after.interrupted == 1
    assert [(a.seq, a.state, a.reason) for a in kept] == [
        (1, AttemptState.LOCAL, R.CARD_UNKNOWN),
        (2, AttemptState.UNKNOWN, R.INTERRUPTED),
        (3, AttemptState.LOCAL, R.CARD_UNKNOWN),
    ]
    assert is_whole(kept)


def test_an_attempt_left_open_by_a_failing_disk_is_closed_before_the_next(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    journal.write_intent(an_attempt("a"), SIX_PM)
    write(journal, "b")
    kept = all_of(journal)
    assert [(attempt.seq, attempt.state) for attempt in kept] == [(1, AttemptState.UNKNOWN), (2, AttemptState.LOCAL)]
    assert is_whole(kept)


def test_a_number_is_never_given_twice_even_when_its_rows_are_long_cleared_away(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    write(store.journal, "a", "b")
    store.journal.heard(told("a", "b"), SIX_PM)
    assert store.journal.clear_away(SIX_PM + KEPT_AFTER_TOLD + timedelta(seconds=1)) == 2
    store.close()
    journal = store_in(tmp_path).journal
    write(journal, "c")
    (kept,) = all_of(journal)
    assert kept.seq == 3


def test_an_outcome_is_written_once(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    open_attempt = journal.write_intent(an_attempt("a"), SIX_PM)
    journal.write_outcome(refused(open_attempt))
    with pytest.raises(ValueError, match="not open"):
        journal.write_outcome(replace(refused(open_attempt), outcome=Outcome.WELCOME))
    assert all_of(journal)[0].outcome is Outcome.REFUSED


@pytest.mark.parametrize("past, kept", [(timedelta(0), 1), (timedelta(milliseconds=1), 0)])
def test_what_the_server_has_is_kept_for_two_weeks_more(tmp_path: Path, past: timedelta, kept: int) -> None:
    journal = store_in(tmp_path).journal
    write(journal, "a")
    journal.heard(told("a"), SIX_PM)
    journal.clear_away(SIX_PM + KEPT_AFTER_TOLD + past)
    assert (journal.attempt("a") is not None) is bool(kept)


def test_what_the_server_does_not_have_is_kept_for_ever(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    write(journal, "a")
    journal.clear_away(SIX_PM + timedelta(days=4000))
    assert journal.attempt("a")


def test_only_a_count_that_went_back_makes_the_kiosk_tell_again(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    write(journal, "a", "b", "c")
    epoch = journal.next_batch(1, SIX_PM).epoch
    journal.heard(told("a", "b", "c"), SIX_PM)
    assert [journal.heard((), SIX_PM, epoch=epoch, have_upto=upto) for upto in (1, 3, 3)] == [0, 0, 0]
    assert journal.heard((), SIX_PM, epoch=epoch, have_upto=1) == 2
    assert [attempt.attempt_id for attempt in all_of(journal)] == ["b", "c"]


def test_what_the_server_lost_behind_an_attempt_that_cannot_be_told_is_told_again(tmp_path: Path) -> None:
    """Its count stands still there, and says nothing of what is lost."""
    journal = store_in(tmp_path).journal
    write(journal, "stuck", "b", "c")
    epoch = journal.next_batch(1, SIX_PM).epoch
    assert journal.heard(told("b", "c"), SIX_PM, epoch=epoch, have_upto=0, held_beyond=2) == 0
    assert journal.heard((), SIX_PM, epoch=epoch, have_upto=0, held_beyond=None) == 0, "an older server says nothing"
    assert journal.heard((), SIX_PM, epoch="another", have_upto=0, held_beyond=0) == 0
    assert journal.heard((), SIX_PM, epoch=epoch, have_upto=0, held_beyond=3) == 0, "another kiosk speaks as this one"
    assert journal.heard((), SIX_PM, epoch=epoch, have_upto=0, held_beyond=1) == 2
    assert [attempt.attempt_id for attempt in all_of(journal)] == ["stuck", "b", "c"]
    assert journal.heard(told("stuck"), SIX_PM, epoch=epoch, have_upto=1, held_beyond=0) == 0
    assert [attempt.attempt_id for attempt in all_of(journal)] == ["b", "c"]
    assert journal.heard(told("b", "c"), SIX_PM, epoch=epoch, have_upto=3, held_beyond=0) == 0


def test_what_was_told_and_the_count_are_one_commit(tmp_path: Path) -> None:
    """Else a power cut between the two, and a server restored right after it, lose what was told."""
    points = kiosk_points(Counter())
    store = KioskStore(
        tmp_path, at=SIX_PM, random_bits=lambda bits: 7,
        open_file=lambda path: open_database(path, kind=lambda connection: FragileKioskFile(connection, points)),
    )  # fmt: skip
    journal = store.journal
    write(journal, "a", "b")
    epoch = journal.next_batch(1, SIX_PM).epoch
    points.trap = Trap(Where.BEFORE, commits=1)
    with suppress(Stopped):
        journal.heard(told("a", "b"), SIX_PM, epoch=epoch, have_upto=2)
    points.trap = None
    assert journal.heard((), SIX_PM, epoch=epoch, have_upto=0) == 2


def test_a_count_of_another_epoch_says_nothing_about_this_one(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    write(journal, "a")
    journal.heard(told("a"), SIX_PM)
    assert journal.heard((), SIX_PM, epoch="another", have_upto=0) == 0
    assert journal.waiting() == 0


def test_the_promise_reaches_back_to_the_oldest_attempt_that_is_not_told(tmp_path: Path) -> None:
    journal = store_in(tmp_path).journal
    journal.write_outcome(refused(journal.write_intent(an_attempt("a"), SIX_PM - timedelta(hours=2))))
    journal.write_outcome(refused(journal.write_intent(an_attempt("b"), SIX_PM - timedelta(hours=1))))
    journal.write_intent(an_attempt("open"), SIX_PM - timedelta(minutes=1))
    assert journal.next_batch(1, SIX_PM).nothing_unsent_before == SIX_PM - timedelta(hours=1)
    journal.heard(told("a", "b"), SIX_PM)
    assert journal.next_batch(9, SIX_PM).nothing_unsent_before == SIX_PM - timedelta(minutes=1)


def test_every_commit_is_on_the_disk_and_guarded(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store._database.reading() as connection:
        pragmas = {name: connection.pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    other = apsw.Connection(str(tmp_path / FILE))
    with store._database.writing(), pytest.raises(apsw.BusyError):
        other.execute("BEGIN IMMEDIATE")
    other.close()


@pytest.mark.parametrize("version, is_refused", [("3.40.1", True), ("3.51.2", True), ("3.51.3", False), ("4.0", False)])
def test_an_sqlite_that_may_damage_the_journal_is_refused(version: str, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(SqliteTooOld, match=r"3\.51\.3"):
            refuse_old_sqlite(version)
    else:
        refuse_old_sqlite(version)


def test_two_kiosks_in_one_process_know_nothing_of_each_other(tmp_path: Path) -> None:
    one, two = store_in(tmp_path / "one"), store_in(tmp_path / "two")
    write(one.journal, "a")
    assert (one.journal.waiting(), two.journal.waiting()) == (1, 0)
