"""`tessera journal export`: a kiosk beyond repair is emptied by hand, from a sound file or from a damaged one."""

import fcntl
from dataclasses import replace
from pathlib import Path

import pytest

from core import wire
from core.errors import Invalid, NotFound
from core.exported import ExportHeader
from core.protocol import Attempt, AttemptState, Effect, Outcome, Told
from core.refusals import RefusalReason as R
from kiosk.store.looking import LOCK
from kiosk.store.store import FILE
from kiosk.terminal.journal import export
from tests.kiosk.at_the_desk import ANAS_CARD, SIX_PM, Kiosk, a_kiosk
from tests.kiosk.test_kiosk_damage import damage


def a_busy_kiosk(folder: Path, cards: int = 6) -> Kiosk:
    kiosk = a_kiosk(folder, is_online=False)
    for _ in range(cards):
        kiosk.desk.show_card(ANAS_CARD.text)
    told = kiosk.store.journal.next_batch(2, SIX_PM).attempts
    kiosk.store.journal.heard([Told(attempt_id=one.attempt_id, effect=Effect.APPLIED) for one in told], SIX_PM)
    return kiosk


def exported(folder: Path, *, is_all: bool = False) -> tuple[ExportHeader, list[Attempt]]:
    out = folder / "out.jsonl"
    export(folder, out, SIX_PM, is_all=is_all)
    first, *rest = out.read_text("utf-8").splitlines()
    assert out.stat().st_mode & 0o777 == 0o600, "it says who was where and when"
    return wire.from_json(ExportHeader, first), [wire.from_json(Attempt, line) for line in rest]


def test_the_unsent_are_exported_or_all(tmp_path: Path) -> None:
    a_busy_kiosk(tmp_path).store.close()
    header, attempts = exported(tmp_path)
    assert [attempt.seq for attempt in attempts] == [3, 4, 5, 6]
    [epoch] = header.epochs
    assert (header.device_id, header.count, header.is_salvaged, header.is_all) == ("door-1", 4, False, False)
    assert (epoch.first_seq, epoch.last_seq, epoch.count, epoch.end) == (3, 6, 4, attempts[-1].chain)
    header, attempts = exported(tmp_path, is_all=True)
    assert [attempt.seq for attempt in attempts] == [1, 2, 3, 4, 5, 6] and header.is_all


def test_exporting_changes_nothing(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    kiosk.store.close()
    before = (tmp_path / FILE).read_bytes()
    exported(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("how", ["a page of noise", "noise at the end"])
def test_a_damaged_file_gives_what_can_be_read_and_stays_as_it_is(tmp_path: Path, how: str) -> None:
    kiosk = a_busy_kiosk(tmp_path, cards=60)
    kiosk.store.close()
    damage(tmp_path / FILE, how)
    before = (tmp_path / FILE).read_bytes()
    header, attempts = exported(tmp_path)
    assert header.is_salvaged and 20 < len(attempts) <= 58 and header.count == len(attempts)
    assert [attempt.seq for attempt in attempts] == sorted(attempt.seq for attempt in attempts)
    assert (tmp_path / FILE).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["device.json", FILE, "out.jsonl"])


def test_a_file_that_is_no_database_any_more_gives_nothing_and_says_so(tmp_path: Path) -> None:
    a_busy_kiosk(tmp_path).store.close()
    damage(tmp_path / FILE, "overwritten head")
    header, attempts = exported(tmp_path)
    assert (header.is_salvaged, header.count, attempts) == (True, 0, [])


def open_attempt(kiosk: Kiosk) -> Attempt:
    [last] = kiosk.store.journal.next_batch(100, SIX_PM).attempts[-1:]
    bare = replace(last, attempt_id="open", chain="", state=AttemptState.INTENT, outcome=None, reason=None)
    kiosk.store.journal.write_intent(bare, SIX_PM)
    return last


def test_an_attempt_cut_off_ends_in_the_file_as_the_kiosk_itself_would_end_it(tmp_path: Path) -> None:
    kiosk = a_busy_kiosk(tmp_path)
    last = open_attempt(kiosk)
    _, attempts = exported(tmp_path)
    ended = attempts[-1]
    assert (ended.state, ended.outcome, ended.reason) == (AttemptState.UNKNOWN, Outcome.ABORTED, R.INTERRUPTED)
    assert ended.chain == wire.chain(ended, last.chain)
    kiosk.store.journal.close_open_intents()
    assert kiosk.store.journal.attempt("open") == ended


def test_an_attempt_under_way_at_a_kiosk_that_runs_is_left_to_it(tmp_path: Path) -> None:
    open_attempt(a_busy_kiosk(tmp_path))
    with (tmp_path / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _, attempts = exported(tmp_path)
    assert [attempt.seq for attempt in attempts] == [3, 4, 5, 6]


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"kiosk\.no_data"):
        exported(tmp_path)
    a_busy_kiosk(tmp_path).store.close()
    (tmp_path / "device.json").rename(tmp_path / "elsewhere.json")
    with pytest.raises(NotFound, match=r"kiosk\.not_paired"):
        exported(tmp_path)
    (tmp_path / "elsewhere.json").rename(tmp_path / "device.json")
    with pytest.raises(Invalid, match=r"file\.cannot_be_written"):
        export(tmp_path, tmp_path / "nowhere" / "out.jsonl", SIX_PM, is_all=False)
