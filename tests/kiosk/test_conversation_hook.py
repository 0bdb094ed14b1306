"""Several faces in a row with one person: who is asked, which tap hits, and what a card does in between."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread, current_thread

import apsw
import pytest

from kiosk import faces
from kiosk.camera.health import CameraState
from kiosk.conversation import CARD, Conversation, Opening
from kiosk.faces import Face
from kiosk.greeter import Greeter
from kiosk.pages.page import take
from kiosk.pages.screen import Tap
from kiosk.store.database import DISK_FAILURES
from kiosk.taps import CALL_STAFF
from kiosk.timekeeping import Moment
from tests.kiosk.at_the_desk import ANAS_CARD, STRANGERS_CARD, Kiosk, a_kiosk
from tests.kiosk.fake_greeter import FakeGreeter, is_a_greeter

CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
KEYRING = b"somebody's keyring"


@dataclass
class Counting:
    """Shows how many keys were tapped; "household.done" ends it, the keyring belongs to it, ten seconds are enough."""

    opening: Opening
    keys: str = ""
    is_over: bool = False
    heard: list[str] = field(default_factory=list)

    @property
    def face(self) -> Face | None:
        if self.is_over:
            return None
        return faces.NotPaired(stand=replace(self.opening.stand(), organization=self.keys))

    def tap(self, what: str, value: str) -> None:
        self.heard.append(what)
        match what:
            case "household.key":
                self.keys += value
            case "household.done":
                self.is_over = True
            case "household.full_disk":
                raise apsw.FullError("the disk is full")

    def card(self, payload: bytes | str) -> bool:
        return payload == KEYRING

    def tick(self, mono: float) -> None:
        self.is_over = self.is_over or mono - self.opening.mono >= 10


def opened_by_keyring(opening: Opening) -> Conversation | None:
    begins = opening.what == "household.open" or (opening.what == CARD and opening.value == KEYRING)
    return Counting(opening) if begins else None


def greeter_at(kiosk: Kiosk) -> Greeter:
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=lambda work: work(),
        pair=lambda code: None,
        languages=("en", "de"),
        openers=(lambda opening: None, opened_by_keyring),
    )
    greeter.tick()
    return greeter


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return a_kiosk(tmp_path, is_online=False)


@pytest.fixture
def greeter(kiosk: Kiosk) -> Greeter:
    greeter = greeter_at(kiosk)
    greeter.on_card(KEYRING, CORNERS, kiosk.clocks.mono)
    assert isinstance(greeter.face, faces.NotPaired)
    return greeter


def tap(greeter: Greeter, what: str, value: str = "", *, seen: int | None = None) -> Face:
    greeter.tap(what, value, greeter.version if seen is None else seen)
    return greeter.face


def test_a_tap_opens_a_conversation_and_the_last_word_ends_it(kiosk: Kiosk) -> None:
    greeter = greeter_at(kiosk)
    assert isinstance(tap(greeter, "household.open"), faces.NotPaired)
    assert isinstance(tap(greeter, "household.done"), faces.Waiting)


def test_a_tap_that_nobody_opens_with_changes_nothing(kiosk: Kiosk) -> None:
    greeter = greeter_at(kiosk)
    assert isinstance(tap(greeter, "find.open"), faces.Waiting)
    assert isinstance(tap(greeter, "choose", "x"), faces.Waiting)


def test_keys_count_though_they_come_faster_than_the_screen_and_no_other_tap_does(greeter: Greeter) -> None:
    seen = greeter.version
    for digit in "123":
        tap(greeter, "household.key", digit, seen=seen)
    assert greeter.face.stand.organization == "123"
    assert isinstance(tap(greeter, "household.done", seen=seen), faces.NotPaired)
    assert isinstance(tap(greeter, "household.done"), faces.Waiting)


def test_a_key_of_the_conversation_before_is_not_typed_into_this_one(greeter: Greeter, kiosk: Kiosk) -> None:
    seen = greeter.version
    tap(greeter, "household.done")
    greeter.on_card(KEYRING, CORNERS, kiosk.clocks.mono)
    tap(greeter, "household.key", "7", seen=seen)
    assert greeter.face.stand.organization == ""


def test_a_conversation_that_begins_while_time_goes_by_is_not_taken_for_a_kiosk_at_rest(kiosk: Kiosk) -> None:
    """The thread of time is held up after it saw that nobody talks, until somebody does."""
    has_come, waiter = Event(), ""

    def now() -> Moment:
        if current_thread().name == waiter:
            has_come.set()
        return kiosk.clocks.now()

    greeter = Greeter(
        kiosk.desk, now=now, serve=lambda work: work(), pair=lambda code: None, languages=("en",),
        openers=(opened_by_keyring,),
    )  # fmt: skip
    greeter.tick()
    kiosk.clocks.pass_by(2)
    waiter = "time"
    time = Thread(target=greeter.tick, name=waiter)
    with greeter._screen.lock:
        time.start()
        assert has_come.wait(10)
        time.join(0.2)
        assert time.is_alive()
        greeter.tap("household.open", "", greeter.version)
    time.join(10)
    assert isinstance(greeter.face, faces.NotPaired)


def test_a_members_card_ends_it_and_is_answered_at_once(greeter: Greeter, kiosk: Kiosk) -> None:
    greeter.on_card(KEYRING, CORNERS, kiosk.clocks.mono)
    assert isinstance(greeter.face, faces.NotPaired)
    greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.Welcome)
    kiosk.clocks.pass_by(4)
    greeter.tick()
    assert isinstance(greeter.face, faces.Waiting)


def test_it_knows_when_time_is_up_and_the_camera_does_not_disturb_it(greeter: Greeter, kiosk: Kiosk) -> None:
    kiosk.clocks.pass_by(9.9)
    greeter.tick()
    greeter.on_nothing()
    assert isinstance(greeter.face, faces.NotPaired)
    kiosk.clocks.pass_by(0.1)
    greeter.tick()
    assert isinstance(greeter.face, faces.Waiting)


def test_language_and_modes_change_while_it_goes_on(greeter: Greeter) -> None:
    tap(greeter, "household.key", "4")
    greeter.set_language("de")
    greeter.toggle_mode("hc")
    stand = greeter.face.stand
    assert (stand.language, stand.modes.is_high_contrast, stand.organization) == ("de", True, "4")


def test_what_is_tapped_on_its_face_goes_to_it(kiosk: Kiosk) -> None:
    begun: list[Counting] = []

    def opener(opening: Opening) -> Conversation:
        begun.append(Counting(opening))
        return begun[0]

    greeter = Greeter(
        kiosk.desk, now=kiosk.clocks.now, serve=lambda work: work(), pair=lambda code: None, languages=("en",),
        openers=(opener,),
    )  # fmt: skip
    greeter.tick()
    tap(greeter, "find.open")
    greeter.tap_undo()
    greeter.tap_next()
    greeter.tap_more_time()
    greeter.tap_choose("x")
    assert begun[0].heard == ["undo", "next", "more_time", "choose"]
    greeter.tap_call_staff()
    assert isinstance(greeter.face, faces.StaffIsComing)


def test_when_the_disk_fails_it_is_over_and_the_screen_says_so(greeter: Greeter) -> None:
    assert issubclass(apsw.FullError, DISK_FAILURES)
    face = tap(greeter, "household.full_disk")
    assert isinstance(face, faces.OutOfOrder) and face.trouble is faces.Trouble.DISK and face.reference


@pytest.mark.parametrize("fails_twice", [False, True])
def test_what_fails_is_ended_as_if_help_was_called(kiosk: Kiosk, fails_twice: bool) -> None:
    begun: list[Counting] = []

    @dataclass
    class Failing(Counting):
        def __post_init__(self) -> None:
            begun.append(self)

        def tap(self, what: str, value: str) -> None:
            super().tap(what, value)
            if what == CALL_STAFF and fails_twice:
                raise apsw.FullError("the disk is still full")

    greeter = Greeter(
        kiosk.desk, now=kiosk.clocks.now, serve=lambda work: work(), pair=lambda code: None, languages=("en",),
        openers=(Failing,),
    )  # fmt: skip
    greeter.tick()
    tap(greeter, "find.open")
    face = tap(greeter, "household.full_disk")
    assert begun[0].heard == ["household.full_disk", CALL_STAFF], "so that staff are signed out and nothing stays open"
    assert isinstance(face, faces.OutOfOrder) and face.reference
    tap(greeter, "household.key", "1")
    assert len(begun[0].heard) == 2


def test_it_can_end_with_an_answer_of_the_desk(kiosk: Kiosk) -> None:
    @dataclass
    class Greeting(Counting):
        def tap(self, what: str, value: str) -> None:
            self.opening.greet(lambda: kiosk.desk.show_card(ANAS_CARD.text))

    greeter = Greeter(
        kiosk.desk, now=kiosk.clocks.now, serve=lambda work: work(), pair=lambda code: None, languages=("en",),
        openers=(Greeting,),
    )  # fmt: skip
    greeter.tick()
    tap(greeter, "find.open")
    assert isinstance(tap(greeter, "find.this"), faces.Welcome)
    assert isinstance(tap(greeter, "find.this", seen=0), faces.Welcome)
    greeter.tap_undo()
    assert isinstance(greeter.face, faces.Undone)


def test_a_strangers_card_is_refused_as_ever_when_no_conversation_wants_it(kiosk: Kiosk) -> None:
    greeter = greeter_at(kiosk)
    greeter.scanner_typed(STRANGERS_CARD.text)
    assert isinstance(greeter.face, faces.No)


@pytest.mark.parametrize("what", ["staff.key", "find.open", "household.all", "test.again"])
def test_the_page_passes_taps_of_conversations_on_with_what_was_seen(what: str) -> None:
    fake = FakeGreeter(faces.Starting(stand=faces.Stand(organization="", zone="UTC")))
    take(Tap(what=what, value="5", version=4), is_a_greeter(fake))
    assert fake.taps == [(what, "5", "4")]


def test_where_only_the_hand_scanner_reads_a_check_in_can_be_undone_for_as_long(kiosk: Kiosk) -> None:
    greeter = greeter_at(kiosk)
    greeter.camera_health(CameraState.MISSING)
    greeter.scanner_typed(ANAS_CARD.text)
    kiosk.clocks.pass_by(14.9)
    greeter.tick()
    assert isinstance(greeter.face, faces.OutOfOrder) and greeter.face.undo is not None
    greeter.tap_undo()
    assert isinstance(greeter.face, faces.Undone)


def test_after_fifteen_seconds_the_foot_offers_no_undo_there_either(kiosk: Kiosk) -> None:
    greeter = greeter_at(kiosk)
    greeter.camera_health(CameraState.MISSING)
    greeter.scanner_typed(ANAS_CARD.text)
    kiosk.clocks.pass_by(4)
    greeter.tick()
    kiosk.clocks.pass_by(11.1)
    greeter.tick()
    assert isinstance(greeter.face, faces.OutOfOrder) and greeter.face.undo is None
