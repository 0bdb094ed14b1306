"""A damaged file is set aside, never deleted; what the server was not told is read out of it, and the kiosk goes on."""

from pathlib import Path

import pytest

from core.protocol import Effect, Told
from kiosk.store.store import FILE
from tests.kiosk.at_the_desk import ANAS_CARD, STRANGERS_CARD, a_kiosk, reopened


def damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    match how:
        case "overwritten head":
            content[:100] = b"not a database at all".ljust(100, b"!")
        case "a page of noise":
            page = int.from_bytes(content[16:18], "big")
            middle = len(content) // page // 2 * page
            content[middle : middle + page] = bytes(range(256)) * (page // 256)
        case "noise at the end":
            rows = content.rfind(b'"attempt_id":"')
            page = int.from_bytes(content[16:18], "big")
            start = rows // page * page
            content[start : start + page] = bytes(range(256)) * (page // 256)
        case "cut in half":
            del content[len(content) // 2 :]
        case "empty of sense":
            content[:] = b"\0" * 10_000
    path.write_bytes(content)


@pytest.mark.parametrize("how", ["overwritten head", "a page of noise", "cut in half", "empty of sense"])
def test_a_kiosk_with_a_damaged_file_starts_anew_and_keeps_the_old_file(tmp_path: Path, how: str) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    for _ in range(40):
        kiosk.desk.show_card(STRANGERS_CARD.text)
    epoch = kiosk.store.journal.next_batch(1, kiosk.clocks.at).epoch
    kiosk.store.close()
    damage(tmp_path / FILE, how)
    damaged = (tmp_path / FILE).read_bytes()
    after = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    assert after.store.set_aside and after.store.set_aside.read_bytes() == damaged
    assert after.store.identity and after.store.identity.device_id == "door-1"
    kiosk.server.is_up = True
    after.desk.sync()
    after.desk.show_card(ANAS_CARD.text)
    after.desk.sync()
    new = [attempt for attempt in kiosk.server.stored.values() if attempt.epoch != epoch]
    assert [attempt.seq for attempt in new] == [1]


@pytest.mark.parametrize("how", ["a page of noise", "noise at the end"])
def test_untold_attempts_are_saved_out_of_a_damaged_file(tmp_path: Path, how: str) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    shown = [kiosk.desk.show_card(STRANGERS_CARD.text).attempt_id for _ in range(60)]
    kiosk.store.journal.heard([Told(attempt_id=shown[0], effect=Effect.APPLIED)], kiosk.clocks.at)
    kiosk.store.close()
    damage(tmp_path / FILE, how)
    after = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    kiosk.server.is_up = True
    after.desk.sync()
    saved = [attempt_id for attempt_id in shown if attempt_id in kiosk.server.stored]
    assert len(saved) > 30, "most rows lie on other pages"
    assert shown[0] not in saved, "this one the server had"
    assert all(kiosk.server.stored[attempt_id].seq == shown.index(attempt_id) + 1 for attempt_id in saved)


def test_after_a_damage_the_kiosk_promises_nothing_for_two_days(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.close()
    damage(tmp_path / FILE, "empty of sense")
    after = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    after.desk.sync()
    assert kiosk.server.tells[-1].hello.nothing_unsent_before is None
    kiosk.clocks.pass_by(48 * 3600 - 1)
    after.desk.sync()
    assert kiosk.server.tells[-1].hello.nothing_unsent_before is None
    kiosk.clocks.pass_by(1)
    after.desk.sync()
    assert kiosk.server.tells[-1].hello.nothing_unsent_before == kiosk.clocks.at


def test_a_sound_file_is_left_as_it_is(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.close()
    assert reopened(tmp_path, kiosk.clocks, kiosk.server).store.set_aside is None
