"""A kiosk looks at itself: in the morning alone, with staff when they hold the test card, and never before a member."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from core import selftest
from core.errors import Invalid
from core.health import HealthWord
from core.selftest import TEST_CARD, Check, SelfTest, Verdict, key_of_token
from kiosk import faces
from kiosk.camera.health import CameraState
from kiosk.camera.sources import Frame
from kiosk.door import Doorkeeper
from kiosk.door_settings import NO_DOOR
from kiosk.faces_selftest import SelfTesting
from kiosk.greeter import Greeter
from kiosk.selftest import MORNING, OPEN, Plugs, SelfTests
from kiosk.settings import KioskSettings
from kiosk.store.store import KioskStore
from kiosk.terminal.printed_test_card import drawn, write_test_card
from tests.kiosk.at_the_desk import ANAS_CARD, Kiosk, a_kiosk


def picture(image: Image.Image) -> np.ndarray:
    frame = np.full((720, 1280, 3), 90, np.uint8)
    frame[50:670, 420:860] = cv2.resize(np.asarray(image)[:, :, ::-1], (440, 620), interpolation=cv2.INTER_AREA)
    return frame


@dataclass
class Morning:
    """A kiosk with its greeter and its self-tests, and what its camera sees."""

    kiosk: Kiosk
    sees: Frame | None = None
    state: CameraState | None = CameraState.WORKING
    free: int = 41_000_000_000
    work: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        kiosk = self.kiosk
        keeper = Doorkeeper(NO_DOOR, {}, clock=lambda: kiosk.clocks.mono)
        self.tests = SelfTests(
            Plugs(
                desk=kiosk.desk, door=keeper, now=kiosk.clocks.now, state=lambda: self.state,
                newest=lambda: self.sees, disk_free=lambda: self.free,
                ask_to_open=lambda: self.greeter.tap(OPEN, MORNING, self.greeter.version),
            )
        )  # fmt: skip
        self.greeter = Greeter(
            kiosk.desk, now=kiosk.clocks.now, serve=lambda work: work(), pair=lambda code: None,
            languages=("en", "de"), openers=(self.tests.opener,),
        )  # fmt: skip
        self.look_at(np.full((720, 1280, 3), 120, np.uint8))
        self.greeter.tick()

    def look_at(self, image: np.ndarray) -> None:
        self.sees = Frame(image, self.kiosk.clocks.mono)

    def show_test_card(self) -> None:
        self.look_at(picture(drawn("en")))
        self.greeter.scanner_typed(TEST_CARD)

    def tap(self, what: str, value: str = "") -> None:
        self.greeter.tap(what, value, self.greeter.version)

    def pass_by(self, seconds: float) -> None:
        """As in life: what is due asks to begin every second, whatever goes on."""
        for half in range(round(seconds * 2)):
            self.kiosk.clocks.pass_by(0.5)
            self.greeter.tick()
            if half % 2:
                self.tests.look()

    @property
    def face(self) -> SelfTesting:
        face = self.greeter.face
        assert isinstance(face, SelfTesting), face
        return face

    def found(self, check: Check) -> tuple[Verdict, str]:
        return next((each.verdict, each.word) for each in self.face.findings if each.check is check)

    def kept(self) -> list[SelfTest]:
        self.tests.look()
        identity = self.kiosk.store.identity
        assert identity is not None
        key = key_of_token(identity.token)
        return [selftest.from_text(text, identity.device_id, key) for text in self.kiosk.store.self_tests.all()]


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    kiosk = a_kiosk(tmp_path)
    kiosk.desk.sync()
    return Morning(kiosk)


def test_staff_hold_the_test_card_hear_the_sound_and_all_is_kept_and_signed(morning: Morning) -> None:
    morning.show_test_card()
    assert morning.found(Check.CAMERA)[1] == "read" and not morning.face.wants_card
    assert morning.found(Check.SOUND) == (Verdict.UNTRIED, "waiting") and morning.face.asks_whether_heard
    morning.tap("test.sound.key", "played")
    assert morning.found(Check.SOUND) == (Verdict.FINE, "played")
    morning.tap("test.heard", "yes")
    assert morning.found(Check.SOUND) == (Verdict.FINE, "heard") and not morning.face.asks_whether_heard
    morning.tap("test.done")
    assert isinstance(morning.greeter.face, faces.Waiting)
    (kept,) = morning.kept()
    assert kept.is_attended and kept.verdict is Verdict.FINE
    assert [each.check for each in kept.findings] == [check for check in Check if check is not Check.DOOR]
    told = morning.tests.as_health()[HealthWord.SELF_TEST]
    assert selftest.from_text(told, "door-1", key_of_token("let me in")) == kept
    with pytest.raises(Invalid):
        selftest.from_text(told, "door-1", key_of_token("let me out"))


def test_nobody_is_there_in_the_morning_and_the_kiosk_looks_at_itself_all_the_same(morning: Morning) -> None:
    morning.kiosk.clocks.pass_by(-60 * 16)
    morning.kiosk.desk.sync()
    assert not morning.tests.is_due(), "46 minutes before the first session"
    morning.kiosk.clocks.pass_by(60)
    assert morning.tests.is_due()
    morning.tests.look()
    assert morning.face.wants_card and not morning.face.asks_whether_heard
    morning.tap("test.sound.key", "played")
    morning.pass_by(20.5)
    assert isinstance(morning.greeter.face, faces.Waiting)
    (kept,) = morning.kept()
    assert not kept.is_attended and kept.verdict is Verdict.FINE, "what nobody could try is no fault"
    assert not morning.tests.is_due(), "once a morning"


def test_a_browser_that_plays_nothing_and_a_covered_camera_are_found_without_anybody(morning: Morning) -> None:
    morning.state = CameraState.BLACK
    morning.tap(OPEN, MORNING)
    morning.pass_by(20.5)
    (kept,) = morning.kept()
    failed = {each.check: each.word for each in kept.findings if each.verdict is Verdict.FAILED}
    assert failed == {Check.CAMERA: "black", Check.LIGHT: "dark", Check.SOUND: "silent"}


def test_a_member_comes_first(morning: Morning) -> None:
    morning.tap(OPEN, MORNING)
    morning.greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(morning.greeter.face, faces.Welcome)
    assert len(morning.kept()) == 1, "as far as it had come"


def test_the_morning_waits_while_somebody_is_answered(morning: Morning) -> None:
    morning.greeter.scanner_typed(ANAS_CARD.text)
    morning.tap(OPEN, MORNING)
    assert isinstance(morning.greeter.face, faces.Welcome)


def test_a_card_that_is_put_away_was_seen_all_the_same_and_the_test_can_be_made_again(morning: Morning) -> None:
    morning.tap(OPEN)
    assert morning.found(Check.CAMERA) == (Verdict.UNTRIED, "unread")
    morning.show_test_card()
    assert morning.found(Check.CAMERA)[1] == "read"
    morning.look_at(np.full((720, 1280, 3), 120, np.uint8))
    morning.greeter.scanner_typed(TEST_CARD)
    assert morning.found(Check.CAMERA)[1] == "read"
    morning.free = 1_000
    played = morning.face.played
    morning.tap("test.again")
    assert morning.found(Check.CAMERA)[1] == "unread" and morning.found(Check.DISK) == (Verdict.FAILED, "full")
    assert morning.face.played == played + 1, "and the sound is heard again"


def test_a_finger_counts_though_the_face_was_drawn_anew_as_it_came_down(morning: Morning) -> None:
    morning.tap(OPEN)
    seen = morning.greeter.version
    morning.tap("test.sound.key", "played")
    assert morning.greeter.version > seen
    morning.greeter.tap("test.done", "", seen)
    assert isinstance(morning.greeter.face, faces.Waiting)
    morning.tap(OPEN)
    morning.greeter.tap("test.done", "", seen)
    assert isinstance(morning.greeter.face, SelfTesting), "that was another test"


def test_staff_who_walk_away_leave_a_record(morning: Morning) -> None:
    morning.tap(OPEN)
    morning.pass_by(89)
    assert isinstance(morning.greeter.face, SelfTesting)
    morning.tap("test.heard", "no")
    morning.pass_by(91)
    (kept,) = morning.kept()
    assert kept.is_attended and kept.verdict is Verdict.FAILED


def test_a_kiosk_that_nobody_paired_does_not_test_itself(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.forget_identity()
    morning = Morning(kiosk)
    assert not morning.tests.is_due()
    morning.show_test_card()
    assert isinstance(morning.greeter.face, faces.NotPaired)


def test_the_last_test_is_told_again_after_a_new_start_and_old_ones_are_forgotten(morning: Morning) -> None:
    store, at = morning.kiosk.store, morning.kiosk.clocks.at
    store.self_tests.keep(at - timedelta(days=401), "ancient")
    store.self_tests.keep(at, "newest")
    assert store.self_tests.all() == ("newest",)
    store.close()
    again = KioskStore(morning.kiosk.folder, at=at, random_bits=lambda bits: 7)
    assert again.self_tests.newest() == "newest"
    again.close()


def test_a_disk_that_fails_meanwhile_keeps_the_server_informed(morning: Morning) -> None:
    test = SelfTest(device_id="door-1", at=morning.kiosk.clocks.at, is_attended=True, findings=())
    morning.tests.conclude(test.findings, is_attended=True, at=test.at)
    morning.kiosk.store.close()
    morning.tests.look()
    assert morning.tests.newest() == test


@pytest.mark.parametrize("kind", [".png", ".pdf"])
def test_the_test_card_is_printed(kind: str, tmp_path: Path) -> None:
    said = write_test_card(tmp_path / f"card{kind}", "de")
    assert f"card{kind}" in said and (tmp_path / f"card{kind}").stat().st_size > 10_000
    with pytest.raises(Invalid):
        write_test_card(tmp_path / "card.gif", "en")


@pytest.mark.parametrize("at, fixed, wanted", [("07:15", "07:15", True), ("", None, True), ("never", None, False)])
def test_the_settings_say_when(at: str, fixed: str | None, wanted: bool) -> None:
    settings = KioskSettings.from_environment(environment={"TESSERA_SELF_TEST_AT": at})
    assert (settings.self_test_at and f"{settings.self_test_at:%H:%M}") == fixed
    assert settings.is_self_tested is wanted
    with pytest.raises(Invalid):
        KioskSettings.from_environment(environment={"TESSERA_SELF_TEST_AT": "a quarter past seven"})


def test_a_test_of_this_kiosk_as_it_was_before_it_was_paired_anew_is_not_told_as_its_own(morning: Morning) -> None:
    test = SelfTest(device_id="door-0", at=morning.kiosk.clocks.at, is_attended=True, findings=())
    morning.kiosk.store.self_tests.keep(test.at, selftest.to_text(test, key_of_token("old")))
    assert replace(morning, work=[]).tests.newest() is None
