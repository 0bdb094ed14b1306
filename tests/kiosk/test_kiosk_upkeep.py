"""By night the kiosk looks its file over and keeps a copy; when the file breaks, the copy gives what it cannot."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from zoneinfo import ZoneInfo

import apsw
import pytest

from core.decisions import Admitted, Refused
from core.protocol import Effect, Told
from core.refusals import RefusalReason as R
from kiosk.server_client import DeviceRejected
from kiosk.store.files import COPY, FILE
from kiosk.store.keeping import FileUnsound
from kiosk.store.looking import looked_at, troubles
from kiosk.upkeep import TRIED_AGAIN_AFTER, Upkeep, is_due
from tests.kiosk.at_the_desk import ANAS_CARD, STRANGERS_CARD, Kiosk, a_kiosk, reopened
from tests.kiosk.test_kiosk_damage import damage

BERLIN = ZoneInfo("Europe/Berlin")
HALF_PAST_THREE = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def a_kiosk_at_night(folder: Path, cards: int = 30) -> tuple[Kiosk, Upkeep]:
    kiosk = a_kiosk(folder, is_online=False)
    for _ in range(cards):
        kiosk.desk.show_card(ANAS_CARD.text)
    return kiosk, Upkeep(kiosk.store, lambda: kiosk.clocks.at)


def seqs_waiting(kiosk: Kiosk) -> list[int]:
    with looked_at(kiosk.folder / FILE) as connection:
        found = connection.execute("SELECT seq FROM attempt WHERE told_at IS NULL ORDER BY epoch, seq").fetchall()
    return [int(str(seq)) for (seq,) in found]


@pytest.mark.parametrize(
    ("done_at", "tried_at", "at", "due"),
    [
        (None, None, HALF_PAST_THREE, True),
        (HALF_PAST_THREE - A_MINUTE, None, HALF_PAST_THREE - A_MINUTE, False),
        (HALF_PAST_THREE - A_MINUTE, None, HALF_PAST_THREE, True),
        (HALF_PAST_THREE, None, HALF_PAST_THREE + A_MINUTE, False),
        (HALF_PAST_THREE, None, HALF_PAST_THREE + timedelta(hours=24) - A_MINUTE, False),
        (HALF_PAST_THREE, None, HALF_PAST_THREE + timedelta(hours=24), True),
        (HALF_PAST_THREE - timedelta(days=9), None, HALF_PAST_THREE + timedelta(hours=6), True),
        (None, HALF_PAST_THREE, HALF_PAST_THREE + TRIED_AGAIN_AFTER - A_MINUTE, False),
        (None, HALF_PAST_THREE, HALF_PAST_THREE + TRIED_AGAIN_AFTER, True),
        (HALF_PAST_THREE + timedelta(days=400), None, HALF_PAST_THREE, True),
        (None, HALF_PAST_THREE + timedelta(days=400), HALF_PAST_THREE, True),
    ],
)
def test_it_is_due_once_a_night(done_at: datetime | None, tried_at: datetime | None, at: datetime, due: bool) -> None:
    assert is_due(done_at, tried_at, at, BERLIN) is due


def test_a_night_of_the_time_change_is_a_night_like_any_other() -> None:
    """On 28 March 2027 clocks go from 2:00 to 3:00, so 3:30 is at 1:30 UTC."""
    quiet = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert is_due(quiet - timedelta(hours=2), None, quiet, BERLIN)
    assert not is_due(quiet - timedelta(hours=2), None, quiet - A_MINUTE, BERLIN)


def test_the_copy_is_whole_for_its_owner_alone_and_made_once_a_night(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look() and not upkeep.look()
    copy = tmp_path / COPY
    assert copy.stat().st_mode & 0o777 == 0o600
    with looked_at(copy) as connection:
        assert troubles(connection, thorough=True) == []
        assert connection.execute("SELECT COUNT(*) FROM attempt").fetchall() == [(30,)]
    kiosk.clocks.pass_by(24 * 3600)
    kiosk.desk.show_card(ANAS_CARD.text)
    assert upkeep.look()
    with looked_at(copy) as connection:
        assert connection.execute("SELECT COUNT(*) FROM attempt").fetchall() == [(31,)]
    assert upkeep.as_health() == {}
    assert not list(tmp_path.glob("*.unfinished*"))


def test_a_start_in_the_morning_makes_up_for_the_night_and_a_restart_does_not_repeat_it(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look()
    kiosk.store.close()
    again = reopened(tmp_path, kiosk.clocks, kiosk.server)
    assert not Upkeep(again.store, lambda: kiosk.clocks.at).look()
    kiosk.clocks.pass_by(24 * 3600)
    assert Upkeep(again.store, lambda: kiosk.clocks.at).look()


def test_a_file_with_a_bad_page_is_called_so_and_the_older_copy_stays(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look()
    before = (tmp_path / COPY).read_bytes()
    for _ in range(40):
        kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.store.close()
    again = reopened(tmp_path, kiosk.clocks, kiosk.server)
    damage(tmp_path / FILE, "noise at the end")
    upkeep = Upkeep(again.store, lambda: kiosk.clocks.at)
    kiosk.clocks.pass_by(24 * 3600)
    assert not upkeep.look()
    assert "The kiosk's data is damaged" in upkeep.as_health()["file_trouble"]
    assert (tmp_path / COPY).read_bytes() == before
    with pytest.raises(FileUnsound):
        again.store.check_and_copy(kiosk.clocks.at)


def test_damage_that_a_copy_would_not_carry_is_found_in_the_file_itself(tmp_path: Path) -> None:
    kiosk, _ = a_kiosk_at_night(tmp_path)
    kiosk.store.close()
    again = reopened(tmp_path, kiosk.clocks, kiosk.server)
    break_its_check(tmp_path / FILE)
    assert not Upkeep(again.store, lambda: kiosk.clocks.at).look()
    assert not (tmp_path / COPY).exists()


def test_a_disk_without_room_is_told_and_tried_again_an_hour_later(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    in_the_way = tmp_path / f"{COPY}.unfinished"
    in_the_way.mkdir()
    assert not upkeep.look()
    assert "could not be made" in upkeep.as_health()["file_trouble"]
    in_the_way.rmdir()
    kiosk.clocks.pass_by(3599)
    assert not upkeep.look() and upkeep.trouble
    kiosk.clocks.pass_by(1)
    assert upkeep.look() and upkeep.as_health() == {}


def test_cards_are_answered_while_the_copy_is_made(tmp_path: Path) -> None:
    kiosk, _ = a_kiosk_at_night(tmp_path)
    stopping, made = Event(), []

    def copying() -> None:
        while not stopping.is_set():
            kiosk.store.check_and_copy(kiosk.clocks.at)
            made.append(1)

    thread = Thread(target=copying)
    thread.start()
    try:
        shown = [kiosk.desk.show_card(ANAS_CARD.text).decision for _ in range(30)]
        while not made:
            shown.append(kiosk.desk.show_card(ANAS_CARD.text).decision)
    finally:
        stopping.set()
        thread.join(60)
    assert all(isinstance(decision, Admitted) for decision in shown) and made
    with looked_at(tmp_path / COPY) as connection:
        assert troubles(connection, thorough=True) == []


def test_a_revoked_kiosk_keeps_no_copy_of_anybody(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look()
    assert ANAS_CARD.fingerprint.encode() in (tmp_path / COPY).read_bytes()

    def revoked(tell: object) -> int:
        raise DeviceRejected("device.revoked")

    kiosk.server.is_up, kiosk.server.refuses_batch = True, revoked
    kiosk.desk.sync()
    assert not (tmp_path / COPY).exists()
    assert kiosk.store.replica.members() == 0 and kiosk.store.journal.waiting() == 30


def lose_rows_of(kiosk: Kiosk, first: int, last: int) -> None:
    """Some rows are gone, as with a page that cannot be read."""
    connection = apsw.Connection(str(kiosk.folder / FILE))
    connection.execute("DELETE FROM attempt WHERE seq BETWEEN ? AND ?", (first, last))
    connection.close()


def break_its_check(path: Path) -> None:
    """A list of free pages of which the header says another length: every row can still be read."""
    content = bytearray(path.read_bytes())
    content[36:40] = (9999).to_bytes(4, "big")
    path.write_bytes(content)


def test_what_cannot_be_read_in_the_damaged_file_comes_from_the_copy(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look()
    told = [Told(attempt_id=one.attempt_id, effect=Effect.APPLIED) for one in
            kiosk.store.journal.next_batch(10, kiosk.clocks.at).attempts]  # fmt: skip
    kiosk.store.journal.heard(told, kiosk.clocks.at)
    for _ in range(5):
        kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.store.close()
    lose_rows_of(kiosk, 21, 26)
    break_its_check(tmp_path / FILE)
    again = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    assert again.store.set_aside is not None
    assert seqs_waiting(again) == list(range(11, 36)), "11 to 20 and 27 to 35 of the file, 21 to 26 of the copy"


def test_a_kiosk_without_a_copy_saves_what_the_file_gives(tmp_path: Path) -> None:
    kiosk, _ = a_kiosk_at_night(tmp_path)
    kiosk.store.close()
    lose_rows_of(kiosk, 21, 26)
    break_its_check(tmp_path / FILE)
    again = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    assert seqs_waiting(again) == [*range(1, 21), *range(27, 31)]


@pytest.mark.parametrize("has_copy", [True, False])
def test_with_a_copy_a_broken_file_does_not_close_the_door_although_nobody_can_be_asked(
    tmp_path: Path, has_copy: bool
) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    if has_copy:
        assert upkeep.look()
    kiosk.store.close()
    damage(tmp_path / FILE, "overwritten head")
    again = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    decision = again.desk.show_card(ANAS_CARD.text).decision
    if has_copy:
        assert isinstance(decision, Admitted)
        assert isinstance(again.desk.show_card(STRANGERS_CARD.text).decision, Refused)
        assert again.store.journal.waiting() == 32, "and the copy gave the thirty"
    else:
        assert decision == Refused(reason=R.NO_MEMBER_LIST)


def test_the_copys_list_is_as_old_as_it_is(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look()
    kiosk.store.close()
    damage(tmp_path / FILE, "overwritten head")
    kiosk.clocks.pass_by(25 * 3600)
    again = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    assert again.store.replica.synced_at == kiosk.clocks.at - timedelta(hours=25)


def test_a_damaged_copy_is_no_help_and_no_harm(tmp_path: Path) -> None:
    kiosk, upkeep = a_kiosk_at_night(tmp_path)
    assert upkeep.look()
    kiosk.store.close()
    for name in (FILE, COPY):
        damage(tmp_path / name, "overwritten head")
    again = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    assert again.desk.show_card(ANAS_CARD.text).decision == Refused(reason=R.NO_MEMBER_LIST)
