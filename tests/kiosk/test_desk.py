"""A card at the desk: answered once, written down first, told later, with the server there or away."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.decisions import Admitted, Choose, Decision, Refused
from core.model import CheckIn
from core.protocol import Answer, Ask, AttemptKind, AttemptState, Outcome, ReplicaPart, Tell
from core.refusals import RefusalReason as R
from kiosk.asking import MISSES, PAUSE
from kiosk.desk import UNDO_WITHIN
from tests.kiosk.at_the_desk import (
    ANA,
    ANA_RESERVED,
    ANAS_CARD,
    EIGHT_LEFT,
    GLAZING,
    SIX_PM,
    STRANGERS_CARD,
    WHEEL,
    Kiosk,
    a_kiosk,
    member_list,
    reopened,
)


def admitted(decision: Decision) -> Admitted:
    assert isinstance(decision, Admitted), decision
    return decision


def reason(decision: Decision) -> R:
    assert isinstance(decision, Refused), decision
    return decision.reason


def test_the_server_s_answer_is_the_one_shown(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None)
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    assert admitted(shown.decision).punches_after == 7
    assert shown.person and shown.person.first_name == "Ana"
    assert shown.decided_by is AttemptState.SERVER


def test_without_the_server_the_kiosk_decides_alone(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    assert (admitted(shown.decision).punches_before, admitted(shown.decision).punches_after) == (8, 7)
    assert shown.decided_by is AttemptState.LOCAL


def test_the_attempt_is_on_the_disk_before_the_server_is_asked(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path / "door")
    on_disk: list[bool] = []
    ask = kiosk.server.ask

    def asked_while_the_disk_is_looked_at(told: object) -> object:
        copy = tmp_path / f"copy-{len(on_disk)}"
        shutil.copytree(kiosk.folder, copy)
        on_disk.append(reopened(copy, kiosk.clocks, kiosk.server).store.interrupted == 1)
        return ask(told)

    kiosk.server.ask = asked_while_the_disk_is_looked_at
    kiosk.desk.show_card(ANAS_CARD.text)
    assert on_disk == [True]


def test_what_is_shown_is_on_the_disk_already(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path / "door", is_online=False)
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    shutil.copytree(kiosk.folder, tmp_path / "copy")
    kept = reopened(tmp_path / "copy", kiosk.clocks, kiosk.server).store.journal.attempt(shown.attempt_id)
    assert kept and kept.outcome is Outcome.WELCOME


def test_the_same_card_again_is_already_in_and_costs_nothing(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    first = admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    kiosk.clocks.pass_by(60)
    again = admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    assert again.again_since == SIX_PM
    assert again.visit_key == first.visit_key
    assert not again.takes_punch


def test_a_kiosk_killed_between_asking_and_showing_lets_the_person_in_once(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path / "door", is_online=False)
    killed = tmp_path / "killed"

    def killed_while_asking(told: object) -> object:
        if not killed.exists():
            shutil.copytree(kiosk.folder, killed)
        raise ConnectionError

    kiosk.server.ask = killed_while_asking
    with pytest.raises(ConnectionError):
        kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.clocks.pass_by(20)
    after = reopened(killed, kiosk.clocks, type(kiosk.server)(kiosk.clocks, is_up=False), boot="boot-2")
    assert after.store.interrupted == 1
    shown = after.desk.show_card(ANAS_CARD.text)
    assert admitted(shown.decision).punches_after == 7
    after.server.is_up = True
    after.desk.sync()
    states = [(a.seq, a.state, a.outcome) for a in after.server.stored.values()]
    assert states == [
        (1, AttemptState.UNKNOWN, Outcome.ABORTED),
        (2, AttemptState.LOCAL, Outcome.WELCOME),
    ]


def test_the_server_hears_of_an_interrupted_attempt_before_it_is_asked_again(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    first = kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.server.is_up = True
    kiosk.clocks.pass_by(60)
    kiosk.desk.show_card(ANAS_CARD.text)
    assert [attempt.attempt_id for attempt in kiosk.server.asked[-1].unsent] == [first.attempt_id]


def test_what_happened_while_the_server_was_away_is_told_once(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    shown = [kiosk.desk.show_card(text) for text in (ANAS_CARD.text, STRANGERS_CARD.text, "https://example.org")]
    assert kiosk.desk.sync().why
    kiosk.server.is_up = True
    assert kiosk.desk.sync().told == 3
    assert kiosk.desk.sync().told == 0
    assert list(kiosk.server.stored) == [one.attempt_id for one in shown]
    assert kiosk.desk.health().waiting == 0


def test_an_answered_attempt_is_told_under_its_own_id(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.sync()
    assert list(kiosk.server.stored) == [shown.attempt_id] == [kiosk.server.asked[0].attempt.attempt_id]


@pytest.mark.parametrize(
    "text, why",
    [
        ("https://example.org/wifi", R.NOT_A_MEMBERSHIP_CARD),
        (b"\xff\xfe not text", R.NOT_A_MEMBERSHIP_CARD),
        (STRANGERS_CARD.text, R.CARD_NOT_ON_THIS_KIOSK),
    ],
)
def test_what_is_not_a_known_card_is_refused_for_its_own_reason(tmp_path: Path, text: str | bytes, why: R) -> None:
    assert reason(a_kiosk(tmp_path, is_online=False).desk.show_card(text).decision) is why


def test_without_a_member_list_a_kiosk_says_so(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None, is_online=False)
    assert reason(kiosk.desk.show_card(ANAS_CARD.text).decision) is R.NO_MEMBER_LIST


def test_something_else_than_a_card_leaves_a_note_without_its_text(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.desk.show_card("my secret diary")
    kiosk.desk.sync()
    (note,) = kiosk.server.stored.values()
    assert (note.kind, note.reason, note.card) == (AttemptKind.NOTE, R.NOT_A_MEMBERSHIP_CARD, "")
    assert not kiosk.server.asked
    assert b"diary" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_after_two_misses_the_server_is_left_in_peace_for_a_while(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    for _ in range(MISSES + 1):
        kiosk.desk.show_card(STRANGERS_CARD.text)
    assert len(kiosk.server.asked) == MISSES
    kiosk.clocks.pass_by(PAUSE - 0.1)
    kiosk.desk.show_card(STRANGERS_CARD.text)
    assert len(kiosk.server.asked) == MISSES
    kiosk.clocks.pass_by(0.1)
    kiosk.server.is_up = True
    kiosk.desk.show_card(STRANGERS_CARD.text)
    kiosk.desk.show_card(STRANGERS_CARD.text)
    assert len(kiosk.server.asked) == MISSES + 2


def test_one_miss_alone_does_not_stop_the_asking(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    for is_up in (False, True, False, True):
        kiosk.server.is_up = is_up
        kiosk.desk.show_card(STRANGERS_CARD.text)
    assert len(kiosk.server.asked) == 4


def test_the_member_chooses_between_two_sessions_and_it_is_one_attempt(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    asked = kiosk.desk.show_card(ANAS_CARD.text)
    assert isinstance(asked.decision, Choose)
    shown = kiosk.desk.choose(asked.attempt_id, "glazing")
    assert shown and admitted(shown.decision).session.id == "glazing"
    kiosk.server.is_up = True
    kiosk.desk.sync()
    (told,) = kiosk.server.stored.values()
    assert (told.attempt_id, told.chosen_session_id, told.outcome) == (asked.attempt_id, "glazing", Outcome.WELCOME)


def test_the_choice_is_on_the_disk_before_the_server_is_asked_about_it(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING))
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    ask, on_disk = kiosk.server.ask, []

    def ask_while_the_disk_is_looked_at(told: Ask) -> Answer:
        kept = kiosk.store.journal.attempt(shown.attempt_id)
        on_disk.append(kept and kept.chosen_session_id)
        return ask(told)

    kiosk.server.ask = ask_while_the_disk_is_looked_at
    kiosk.desk.choose(shown.attempt_id, "glazing")
    assert on_disk == ["glazing"]


def test_a_choice_is_made_once(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    asked = kiosk.desk.show_card(ANAS_CARD.text)
    assert kiosk.desk.choose(asked.attempt_id, "glazing")
    assert kiosk.desk.choose(asked.attempt_id, "wheel") is None


@pytest.mark.parametrize("how", ["waited too long", "the next card"])
def test_a_choice_not_made_is_written_down(tmp_path: Path, how: str) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    asked = kiosk.desk.show_card(ANAS_CARD.text)
    if how == "the next card":
        kiosk.desk.show_card(STRANGERS_CARD.text)
    else:
        kiosk.desk.leave()
    kept = kiosk.store.journal.attempt(asked.attempt_id)
    assert kept and (kept.outcome, kept.reason) == (Outcome.ABORTED, R.CHOICE_NOT_MADE)
    assert kiosk.desk.choose(asked.attempt_id, "glazing") is None


@pytest.mark.parametrize("after, is_undone", [(UNDO_WITHIN, True), (UNDO_WITHIN + 0.1, False)])
def test_a_member_may_undo_for_fifteen_seconds(tmp_path: Path, after: float, is_undone: bool) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.clocks.pass_by(after)
    assert kiosk.desk.undo(shown.attempt_id) is is_undone


def test_an_undone_check_in_gives_the_punch_back_and_is_told(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    first = kiosk.desk.show_card(ANAS_CARD.text)
    assert kiosk.desk.undo(first.attempt_id)
    assert not kiosk.desk.undo(first.attempt_id)
    again = admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    assert (again.again_since, again.punches_before) == (None, 8)
    kiosk.server.is_up = True
    kiosk.desk.sync()
    undo = list(kiosk.server.stored.values())[1]
    assert (undo.kind, undo.undoes, undo.reason) == (AttemptKind.UNDO, first.attempt_id, R.UNDONE_BY_MEMBER)
    assert undo.visit_key == again.visit_key
    assert undo.proof


def test_the_next_person_cannot_undo_the_one_before(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    first = kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.show_card(STRANGERS_CARD.text)
    assert not kiosk.desk.undo(first.attempt_id)


def test_a_reservation_s_hold_becomes_the_punch_also_alone(tmp_path: Path) -> None:
    last = replace(EIGHT_LEFT, punches_left=1, punches_held=1)
    kiosk = a_kiosk(tmp_path, facts=replace(ANA_RESERVED, passes=(last,)), is_online=False)
    welcome = admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    assert (welcome.visit_key, welcome.punches_after) == ("R:place", 0)
    assert admitted(kiosk.desk.show_card(ANAS_CARD.text).decision).again_since == SIX_PM


def test_offline_one_walk_in_a_day_and_pass(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    later = replace(WHEEL, id="late", starts_at=WHEEL.ends_at, ends_at=WHEEL.ends_at + timedelta(hours=1))
    kiosk.store.replica.apply(member_list(version=2, sessions=(later,)), SIX_PM)
    kiosk.clocks.pass_by(2.5 * 3600)
    assert reason(kiosk.desk.show_card(ANAS_CARD.text).decision) is R.OFFLINE_WALK_IN_LIMIT


def test_what_the_replica_already_contains_is_not_counted_twice(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    first = admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    in_record = CheckIn(
        visit_key=first.visit_key, session_id="wheel", session_ends_at=WHEEL.ends_at, checked_in_at=SIX_PM,
        pass_id="ten-punches",
    )  # fmt: skip
    seven = replace(ANA, passes=(replace(EIGHT_LEFT, punches_left=7),), check_ins=(in_record,))
    for version, at_server in enumerate((ANA, seven), start=2):
        kiosk.store.replica.apply(member_list(at_server, version=version), SIX_PM)
        (known,) = kiosk.store.replica.known_of(ANAS_CARD.fingerprint, SIX_PM).facts.passes
        assert known.punches_left == 7


@pytest.mark.parametrize("news", [None, member_list(version=2)])
def test_once_the_server_knows_the_kiosk_s_own_deeds_it_may_take_them_back(
    tmp_path: Path, news: ReplicaPart | None
) -> None:
    kiosk = a_kiosk(tmp_path)
    admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    kiosk.server.news = news
    kiosk.desk.sync()
    kiosk.server.is_up = False
    again = admitted(kiosk.desk.show_card(ANAS_CARD.text).decision)
    assert again.again_since is None, "the server's list, fetched after it was told, has no such visit"


def test_a_clock_that_went_back_lets_no_walk_in_in(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    kiosk.desk.show_card(STRANGERS_CARD.text)
    kiosk.clocks.at -= timedelta(days=2)
    after = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    assert reason(after.desk.show_card(ANAS_CARD.text).decision) is R.CLOCK_UNSURE


def test_the_server_s_time_is_carried_on_whatever_the_wall_clock_says(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.desk.sync()
    kiosk.clocks.mono += 3600
    kiosk.clocks.at -= timedelta(days=400)
    assert kiosk.desk.time().at == SIX_PM + timedelta(hours=1)
    assert kiosk.desk.time().is_sure


def numbered(kiosk: Kiosk, count: int) -> None:
    for _ in range(count):
        kiosk.desk.show_card(STRANGERS_CARD.text)


def test_a_server_restored_from_a_backup_is_told_again(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    numbered(kiosk, 5)
    kiosk.desk.sync()
    before = dict(kiosk.server.stored)
    for lost in list(before)[2:]:
        del kiosk.server.stored[lost]
    numbered(kiosk, 1)
    kiosk.desk.sync()
    assert set(before) < set(kiosk.server.stored)
    assert sorted(attempt.seq for attempt in kiosk.server.stored.values()) == [1, 2, 3, 4, 5, 6]
    assert kiosk.desk.health().waiting == 0


def test_one_attempt_that_is_too_much_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    numbered(kiosk, 9)
    kiosk.server.is_up = True
    kiosk.server.refuses_batch = lambda tell: 500 if any(a.seq == 4 for a in tell.attempts) else None
    report = kiosk.desk.sync()
    assert sorted(a.seq for a in kiosk.server.stored.values()) == [1, 2, 3, 5, 6, 7, 8, 9]
    assert len(report.stuck) == 1 and not report.is_complete
    kiosk.server.refuses_batch = lambda tell: None
    assert kiosk.desk.sync().told == 1


def test_a_batch_promises_what_will_be_true_once_it_is_told(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    numbered(kiosk, 150)
    kiosk.clocks.pass_by(600)
    kiosk.server.is_up = True
    kiosk.desk.sync()
    *earlier, last = kiosk.server.tells[:4]
    assert [(len(tell.attempts), tell.hello.nothing_unsent_before) for tell in earlier] == [
        (20, SIX_PM), (40, SIX_PM), (80, SIX_PM),
    ]  # fmt: skip
    assert (len(last.attempts), last.hello.nothing_unsent_before) == (10, SIX_PM + timedelta(minutes=10))


def test_a_server_that_is_busy_with_a_batch_is_told_less_at_once_so_that_cards_do_not_wait(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    numbered(kiosk, 400)
    kiosk.server.is_up = True

    def takes_a_while(tell: Tell) -> None:
        kiosk.clocks.pass_by(len(tell.attempts) * 0.004)

    kiosk.server.refuses_batch = takes_a_while
    kiosk.desk.sync()
    sizes = [len(tell.attempts) for tell in kiosk.server.tells if tell.attempts]
    assert sum(sizes) == 400
    assert sizes[:6] == [20, 40, 40, 40, 40, 40], "80 ms: quick; 160 ms: as many again"
    numbered(kiosk, 100)
    kiosk.server.refuses_batch = lambda tell: kiosk.clocks.pass_by(1)
    kiosk.desk.sync()
    assert max(len(tell.attempts) for tell in kiosk.server.tells[-6:]) == 20, (
        "never so few that a slow line takes for ever"
    )
