"""From frames to events: a card once, hints while it cannot be read, and the camera's own health.

The clock is the test's; only the threads are real, and the test waits for what they say.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Event, active_count
from time import monotonic

import cv2
import numpy as np
import pytest
import qrcode

from kiosk.camera.health import CameraState
from kiosk.camera.reading import Hint, middle_of
from kiosk.camera.scanner import Scanner, ScannerEvents
from kiosk.camera.sources import CameraMissing, Frame, NoSource, Source, SourceEnded

LONG_ENOUGH = 10.0
"""Seconds a test waits for an event before it fails. Events come in milliseconds."""

WALL = np.full((720, 1280, 3), 90, np.uint8)
BLACK = np.zeros((720, 1280, 3), np.uint8)


def frame_with(text: str, *, module: int = 6, blur: float = 0.0) -> np.ndarray:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    code.make()
    printed = np.where(np.kron(np.array(code.get_matrix()), np.ones((module, module))) > 0, 25, 230)
    frame = WALL.copy()
    top, left = (720 - printed.shape[0]) // 2, 200
    frame[top : top + printed.shape[0], left : left + printed.shape[1]] = printed[:, :, None]
    return cv2.GaussianBlur(frame, (0, 0), blur) if blur else frame


@dataclass
class Stage:
    """A camera whose frames the test hands in, and everything the scanner said about them."""

    now: float = 1000.0
    frames: Queue[Frame | None] = field(default_factory=Queue)
    cards: Queue[bytes] = field(default_factory=Queue)
    candidates: Queue[Hint] = field(default_factory=Queue)
    nothings: Queue[bool] = field(default_factory=Queue)
    states: Queue[CameraState] = field(default_factory=Queue)
    opened: Queue[float] = field(default_factory=Queue)
    unplugged: bool = False
    closed: int = 0

    def open(self) -> None:
        self.opened.put(self.now)
        if self.unplugged:
            raise CameraMissing("There is no camera at 0.")

    def read(self) -> Frame | None:
        try:
            frame = self.frames.get(timeout=0.02)
        except Empty:
            return None
        if frame is None:
            raise SourceEnded
        return frame

    def close(self) -> None:
        self.closed += 1

    def show(self, image: np.ndarray, *, after: float = 0.0) -> None:
        """Hand in a frame and wait until it was taken."""
        self.now += after
        self.frames.put(Frame(image, self.now))
        until(self.frames.empty)

    @property
    def events(self) -> ScannerEvents:
        return ScannerEvents(
            on_card=lambda payload, corners, at: self.cards.put(payload),
            on_candidate=lambda hint, corners: self.candidates.put(hint),
            on_nothing=lambda: self.nothings.put(True),
            on_health=self.states.put,
        )


def until(is_so: Callable[[], bool]) -> None:
    nap, limit = Event(), monotonic() + LONG_ENOUGH
    while not is_so():
        assert monotonic() < limit, "it never came to be"
        nap.wait(0.005)


def heard(queue: Queue):
    return queue.get(timeout=LONG_ENOUGH)


@contextmanager
def scanning(stage: Stage, source: Source | None = None) -> Iterator[Scanner]:
    scanner = Scanner(source or stage, stage.events, clock=lambda: stage.now)
    scanner.start()
    try:
        yield scanner
    finally:
        scanner.stop()


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_card_in_view_is_told_once_and_another_at_once(stage):
    with scanning(stage):
        for _ in range(5):
            stage.show(frame_with("ALICE"), after=0.1)
        assert heard(stage.cards) == b"ALICE"
        stage.show(frame_with("BOB"), after=0.1)
        assert heard(stage.cards) == b"BOB"
        stage.show(WALL, after=1.3)
        stage.show(frame_with("ALICE"), after=0.1)
        assert heard(stage.cards) == b"ALICE"
    assert stage.cards.empty()


def test_where_and_when_a_card_was_seen_is_told(stage):
    told: Queue[tuple[tuple[float, float], float]] = Queue()
    events = ScannerEvents(on_card=lambda payload, corners, at: told.put((middle_of(corners), at)))
    scanner = Scanner(stage, events, clock=lambda: stage.now)
    scanner.start()
    stage.show(frame_with("ALICE"))
    (x, y), at = heard(told)
    scanner.stop()
    assert (x, y) == pytest.approx((200 + 6 * 29 / 2, 360), abs=8)
    assert at == 1000.0


def test_a_code_that_is_only_seen_is_a_candidate_and_a_harder_look_reads_it(stage):
    with scanning(stage):
        stage.show(frame_with("T1ALICEALICEALICEALICEALICEAB", module=6, blur=3.82), after=5.0)
        assert heard(stage.candidates) is Hint.HOLD_STILL
        assert heard(stage.cards) == b"T1ALICEALICEALICEALICEALICEAB"


def test_nothing_is_said_once_and_not_for_one_blurred_frame(stage):
    with scanning(stage):
        stage.show(frame_with("ALICE"))
        heard(stage.cards)
        stage.show(WALL, after=0.4)
        stage.show(frame_with("ALICE"), after=0.05)
        stage.show(WALL, after=0.45)
        stage.show(WALL, after=0.1)
        assert heard(stage.nothings)
        for _ in range(3):
            stage.show(WALL, after=1.0)
        stage.show(frame_with("BOB"))
        assert heard(stage.cards) == b"BOB"
    assert stage.nothings.empty()


def test_a_camera_that_stalls_is_told_of_opened_anew_and_forgiven(stage):
    with scanning(stage):
        stage.show(WALL)
        assert heard(stage.states) is CameraState.WORKING
        assert heard(stage.opened) == 1000.0
        stage.now += 4.0
        assert heard(stage.states) is CameraState.STALLED
        assert heard(stage.opened) == 1004.0
        stage.show(WALL)
        assert heard(stage.states) is CameraState.WORKING
    assert stage.closed >= 2


def test_a_camera_that_hangs_in_its_driver_is_told_of_all_the_same(stage):
    released = Event()

    class Hanging:
        def open(self) -> None:
            released.wait(LONG_ENOUGH)

        def read(self) -> Frame | None:
            return None

        def close(self) -> None: ...

    with scanning(stage, Hanging()):
        stage.now += 4.0
        assert heard(stage.states) is CameraState.STALLED
        released.set()


def test_a_covered_camera_is_black(stage):
    with scanning(stage):
        stage.show(WALL)
        assert heard(stage.states) is CameraState.WORKING
        stage.show(BLACK, after=2.9)
        stage.show(BLACK, after=0.2)
        assert heard(stage.states) is CameraState.BLACK
        stage.show(WALL, after=0.1)
        assert heard(stage.states) is CameraState.WORKING


def test_a_camera_that_is_plugged_in_later_is_found(stage):
    stage.unplugged = True
    with scanning(stage):
        assert heard(stage.states) is CameraState.MISSING
        stage.unplugged = False
        stage.show(WALL)
        assert heard(stage.states) is CameraState.WORKING


def test_a_camera_that_is_pulled_out_is_missed_and_found_when_it_is_back(stage):
    with scanning(stage):
        stage.show(frame_with("ALICE"))
        assert heard(stage.states) is CameraState.WORKING
        assert heard(stage.cards) == b"ALICE"
        stage.unplugged = True
        stage.now += 2.9
        assert stage.states.empty()
        stage.now += 0.2
        assert heard(stage.states) is CameraState.STALLED
        assert heard(stage.states) is CameraState.MISSING
        stage.unplugged = False
        stage.show(WALL, after=5.0)
        assert heard(stage.states) is CameraState.WORKING
        stage.show(frame_with("ALICE"), after=0.1)
        assert heard(stage.cards) == b"ALICE", "the card was away as long as the camera was"


def test_no_camera_is_off_and_not_broken(stage):
    with scanning(stage, NoSource()) as scanner:
        assert heard(stage.states) is CameraState.OFF
        assert scanner.preview_jpeg() is None


def test_a_film_that_ended_is_off(stage):
    with scanning(stage):
        stage.show(frame_with("ALICE"))
        assert heard(stage.cards) == b"ALICE"
        stage.frames.put(None)
        assert heard(stage.states) is CameraState.WORKING
        assert heard(stage.states) is CameraState.OFF


def test_a_greeter_that_stumbles_does_not_blind_the_camera(stage, caplog):
    heard_of: Queue[bytes] = Queue()

    def greet(payload: bytes, corners: object, at: float) -> None:
        heard_of.put(payload)
        if payload == b"ALICE":
            raise RuntimeError("the greeter has a bug")

    scanner = Scanner(stage, ScannerEvents(on_card=greet), clock=lambda: stage.now)
    scanner.start()
    stage.show(frame_with("ALICE"))
    assert heard(heard_of) == b"ALICE"
    stage.show(frame_with("BOB"), after=0.1)
    assert heard(heard_of) == b"BOB"
    scanner.stop()
    assert "the greeter has a bug" in caplog.text


def test_the_preview_is_the_newest_frame_mirrored_and_small(stage):
    frame = WALL.copy()
    frame[:, :640] = (0, 0, 200)
    with scanning(stage) as scanner:
        assert scanner.preview_jpeg() is None
        stage.show(frame)
        until(lambda: scanner.preview_jpeg() is not None)
        shown = cv2.imdecode(np.frombuffer(scanner.preview_jpeg(), np.uint8), cv2.IMREAD_COLOR)
        assert scanner.preview_jpeg() is scanner.preview_jpeg()
    assert shown.shape == (270, 480, 3)
    assert shown[135, 400, 2] > 150 > shown[135, 80, 2]


def test_stopping_ends_every_thread(stage):
    before = active_count()
    with scanning(stage) as scanner:
        assert active_count() == before + 3
        stage.show(WALL)
    assert scanner.is_stopped
    assert active_count() == before
