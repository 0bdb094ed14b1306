"""The greeter: which face follows which, and for how long. Every boundary is looked at from both sides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from core.facts import Facts
from core.model import Suspension
from core.pairing import text_of
from core.protocol import Outcome
from core.refusals import RefusalReason as R
from kiosk import faces
from kiosk.camera.health import CameraState
from kiosk.camera.reading import Hint
from kiosk.faces import Face, PairingTrouble, Trouble
from kiosk.greeter import Greeter
from kiosk.on_screen import FORGET_WISHES_AFTER
from tests.kiosk.at_the_desk import (
    ANA,
    ANAS_CARD,
    GLAZING,
    SIX_PM,
    STRANGERS_CARD,
    WHEEL,
    Kiosk,
    a_kiosk,
)

CORNERS = ((128.0, 72.0), (640.0, 72.0), (640.0, 360.0), (128.0, 360.0))


def greeter_at(
    kiosk: Kiosk,
    pair: Callable[[str], PairingTrouble | None] = lambda code: None,
    why_not_paired: Callable[[], PairingTrouble | None] = lambda: None,
) -> Greeter:
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=lambda work: work(),
        pair=pair,
        languages=("en", "de"),
        frame_size=lambda: (1280, 720),
        why_not_paired=why_not_paired,
    )
    greeter.tick()
    return greeter


def show(greeter: Greeter, kiosk: Kiosk, text: str = ANAS_CARD.text) -> Face:
    greeter.on_card(text.encode("ascii"), CORNERS, kiosk.clocks.mono)
    return greeter.face


def later(greeter: Greeter, kiosk: Kiosk, seconds: float) -> Face:
    kiosk.clocks.pass_by(seconds)
    greeter.tick()
    return greeter.face


SUSPENDED = replace(
    ANA,
    suspensions=(Suspension(id="s", starts_at=SIX_PM - timedelta(days=1), ends_at=SIX_PM + timedelta(days=1)),),
)
TOMORROW = replace(WHEEL, starts_at=WHEEL.starts_at + timedelta(hours=5), ends_at=WHEEL.ends_at + timedelta(hours=5))


@pytest.mark.parametrize(
    "facts, sessions, text, kind, seconds",
    [
        (ANA, (WHEEL,), ANAS_CARD.text, faces.Welcome, 4),
        (ANA, (WHEEL, GLAZING), ANAS_CARD.text, faces.Choose, 30),
        (ANA, (TOMORROW,), ANAS_CARD.text, faces.NotYet, 8),
        (ANA, (WHEEL,), STRANGERS_CARD.text, faces.No, 8),
        (ANA, (), ANAS_CARD.text, faces.No, 8),
        (SUSPENDED, (WHEEL,), ANAS_CARD.text, faces.StaffIsComing, 60),
    ],
)
def test_each_answer_stays_for_its_time(
    tmp_path: Path, facts: Facts, sessions: tuple, text: str, kind: type, seconds: int
) -> None:
    kiosk = a_kiosk(tmp_path, facts=facts, sessions=sessions, is_online=False)
    greeter = greeter_at(kiosk)
    assert isinstance(show(greeter, kiosk, text), kind)
    assert isinstance(later(greeter, kiosk, seconds - 0.1), kind)
    assert isinstance(later(greeter, kiosk, 0.1), faces.Waiting)


def test_the_same_card_again_is_already_in_for_four_seconds(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    later(greeter, kiosk, 10)
    face = show(greeter, kiosk)
    assert isinstance(face, faces.AlreadyIn) and face.since_at == SIX_PM
    assert isinstance(later(greeter, kiosk, 3.9), faces.AlreadyIn)
    assert isinstance(later(greeter, kiosk, 0.1), faces.Waiting)


def test_the_next_card_never_waits(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    assert isinstance(show(greeter, kiosk, STRANGERS_CARD.text), faces.No)


def test_a_suspension_is_not_named_on_the_screen(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=SUSPENDED, is_online=False)
    greeter = greeter_at(kiosk)
    assert "SUSPENDED" not in repr(show(greeter, kiosk))


def test_the_member_s_own_language_from_the_card_on_and_no_longer(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    greeter = greeter_at(kiosk)
    face = show(greeter, kiosk)
    assert isinstance(face, faces.Welcome) and (face.first_name, face.stand.language) == ("Ana", "de")
    assert later(greeter, kiosk, 4).stand.language == "en"


@pytest.mark.parametrize("after, is_offered", [(14.9, True), (15.1, False)])
def test_the_undo_stays_in_the_foot_for_fifteen_seconds(tmp_path: Path, after: float, is_offered: bool) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    later(greeter, kiosk, 5)
    face = later(greeter, kiosk, after - 5)
    assert isinstance(face, faces.Waiting)
    assert (face.undo is not None) is is_offered
    greeter.tap_undo()
    assert isinstance(greeter.face, faces.Undone) is is_offered


def test_an_undo_is_gone_with_the_next_card(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    show(greeter, kiosk, STRANGERS_CARD.text)
    greeter.tap_undo()
    assert isinstance(greeter.face, faces.No)


def test_a_tap_on_a_session_checks_in_there(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    greeter.tap_choose("somewhere else")
    assert isinstance(greeter.face, faces.Choose)
    greeter.tap_choose("glazing")
    assert isinstance(greeter.face, faces.Welcome) and greeter.face.session.id == "glazing"


def test_who_does_not_choose_in_time_leaves_a_record(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    later(greeter, kiosk, 30)
    (told,) = kiosk.store.journal.next_batch(100, kiosk.clocks.at).attempts
    assert (told.outcome, told.reason) == (Outcome.ABORTED, R.CHOICE_NOT_MADE)
    greeter.tap_choose("glazing")
    assert isinstance(greeter.face, faces.Waiting)


def test_another_session_than_the_one_already_in(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    server = kiosk.server
    server.is_up = True
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    greeter.tap_choose("wheel")
    kiosk.desk.sync()
    assert isinstance(greeter.face, faces.Welcome)
    kiosk.desk.choose_instead(greeter._attempt_id, "glazing")
    kiosk.desk.sync()
    last = max(server.stored.values(), key=lambda attempt: attempt.seq)
    assert (last.chosen_session_id, last.outcome) == ("glazing", Outcome.WELCOME)
    assert [a.undoes is not None for a in sorted(server.stored.values(), key=lambda a: a.seq)] == [False, True, False]


def test_more_time_starts_the_time_anew(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk, STRANGERS_CARD.text)
    later(greeter, kiosk, 7)
    greeter.tap_more_time()
    assert isinstance(later(greeter, kiosk, 7.9), faces.No)
    assert isinstance(later(greeter, kiosk, 0.1), faces.Waiting)


def test_help_is_called_with_a_number_and_told(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    number = show(greeter, kiosk, STRANGERS_CARD.text)
    assert isinstance(number, faces.No)
    greeter.tap_call_staff()
    assert greeter.face == faces.StaffIsComing(stand=greeter.face.stand, number=1, stay=greeter.face.stay)
    greeter.tap_next()
    assert isinstance(greeter.face, faces.Waiting)


def test_a_code_in_view_is_followed_and_forgotten(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    greeter.on_candidate(Hint.CLOSER, CORNERS)
    face = greeter.face
    assert isinstance(face, faces.Reading)
    assert (face.hint, face.quad and face.quad[0], face.frame_ratio) == (faces.Hint.CLOSER, (0.1, 0.1), 1280 / 720)
    greeter.on_nothing()
    assert isinstance(greeter.face, faces.Waiting)


def test_a_code_in_view_does_not_take_the_answer_off_the_screen(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    greeter.on_candidate(Hint.CLOSER, CORNERS)
    greeter.on_nothing()
    assert isinstance(greeter.face, faces.Welcome)


@pytest.mark.parametrize(
    "state, is_trouble",
    [
        (CameraState.MISSING, True),
        (CameraState.STALLED, True),
        (CameraState.BLACK, True),
        (CameraState.WORKING, False),
        (CameraState.OFF, False),
    ],
)
def test_a_camera_that_sees_nothing_is_said_and_heals(tmp_path: Path, state: CameraState, is_trouble: bool) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    greeter.camera_health(state)
    assert isinstance(greeter.face, faces.OutOfOrder) is is_trouble
    greeter.camera_health(CameraState.WORKING)
    assert isinstance(greeter.face, faces.Waiting)


def test_without_list_and_server_the_kiosk_says_so_and_heals(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None, is_online=False)
    greeter = greeter_at(kiosk)
    assert isinstance(greeter.face, faces.OutOfOrder) and greeter.face.trouble is Trouble.NO_MEMBER_LIST
    kiosk.server.is_up = True
    kiosk.desk.sync()
    assert isinstance(later(greeter, kiosk, 1), faces.Waiting)


def test_a_failing_disk_shows_where_help_is_and_never_a_welcome(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    write = kiosk.store.journal.write_outcome

    def full(*_: object) -> None:
        raise apsw.FullError("database or disk is full")

    kiosk.store.journal.write_outcome = full
    face = show(greeter, kiosk)
    assert isinstance(face, faces.OutOfOrder) and face.trouble is Trouble.DISK and face.reference
    kiosk.store.journal.write_outcome = write
    assert isinstance(show(greeter, kiosk), faces.Welcome)


def test_a_card_that_could_not_be_answered_still_ends_the_undo_before_it(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    show(greeter, kiosk)
    assert isinstance(later(greeter, kiosk, 4), faces.Waiting)

    def broken(*_: object) -> None:
        raise ValueError("a bug")

    kiosk.desk.show_card = broken
    assert isinstance(show(greeter, kiosk, STRANGERS_CARD.text), faces.StaffIsComing)
    greeter.tap_next()
    assert isinstance(greeter.face, faces.Waiting) and greeter.face.undo is None


def test_a_kiosk_that_is_not_paired_asks_for_a_code_and_reads_no_card(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    identity = kiosk.store.identity
    kiosk.store._identity = None

    def pair(code: str) -> PairingTrouble | None:
        if code != "RIGHT":
            return PairingTrouble.CODE_NOT_VALID
        kiosk.store.remember(identity)
        return None

    greeter = greeter_at(kiosk, pair)
    assert isinstance(show(greeter, kiosk), faces.NotPaired)
    assert kiosk.store.journal.waiting() == 0
    greeter.tap_pair("WRONG")
    assert isinstance(greeter.face, faces.NotPaired) and greeter.face.trouble is PairingTrouble.CODE_NOT_VALID
    greeter.tap_pair(" RIGHT ")
    assert isinstance(greeter.face, faces.Waiting)


def test_a_kiosk_that_staff_turned_away_says_so_until_something_else_is_shown(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    why: list[PairingTrouble] = []
    greeter = greeter_at(kiosk, lambda code: PairingTrouble.CODE_NOT_VALID, lambda: why[0] if why else None)
    kiosk.store._identity = None
    later(greeter, kiosk, 2)
    assert isinstance(greeter.face, faces.NotPaired) and greeter.face.trouble is None
    why.append(PairingTrouble.TURNED_AWAY)
    later(greeter, kiosk, 2)
    assert isinstance(greeter.face, faces.NotPaired) and greeter.face.trouble is PairingTrouble.TURNED_AWAY
    greeter.tap_pair("WRONG")
    assert isinstance(greeter.face, faces.NotPaired) and greeter.face.trouble is PairingTrouble.CODE_NOT_VALID


@pytest.mark.parametrize("is_scanner", [True, False])
def test_the_code_that_paired_a_kiosk_is_no_card_to_it(tmp_path: Path, is_scanner: bool) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    before = greeter.version
    greeter.scanner_typed(text_of("K7M4PQ2X")) if is_scanner else show(greeter, kiosk, text_of("K7M4PQ2X"))
    assert isinstance(greeter.face, faces.Waiting) and greeter.version == before
    assert kiosk.store.journal.waiting() == 0, "nothing is written down"
    show(greeter, kiosk, text_of("TOO-LONG-FOR-A-CODE"))
    assert isinstance(greeter.face, faces.No) and kiosk.store.journal.waiting() == 1


def test_wishes_last_until_nobody_has_been_here_for_a_while(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    greeter.set_language("fr")
    greeter.toggle_mode("hc")
    later(greeter, kiosk, FORGET_WISHES_AFTER - 1)
    assert (greeter.face.stand.language, greeter.face.stand.modes.is_high_contrast) == ("fr", True)
    later(greeter, kiosk, 2)
    assert (greeter.face.stand.language, greeter.face.stand.modes.is_high_contrast) == ("en", False)


def test_the_version_changes_with_the_face_and_only_then(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    before = greeter.version
    later(greeter, kiosk, 2)
    assert greeter.version == before
    show(greeter, kiosk)
    assert greeter.version > before


def test_how_long_people_wait_is_measured_from_the_frame_on(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    greeter.on_card(ANAS_CARD.text.encode("ascii"), CORNERS, kiosk.clocks.mono - 0.25)
    waits = greeter.latencies.as_health()
    assert (waits["answer_ms_p50"], waits["answer_ms_p95"]) == ("250", "250")
