"""From a camera to events: a thread that grabs, one that reads every newest frame, one that looks harder.

Only the newest frame is ever kept; what is too late is dropped, so a card is answered while it is shown.
This module refuses to know what a card opens: it hands on what was read, once for each time it is shown.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Event, Lock, Thread

import cv2

from kiosk.camera.debounce import Debounce
from kiosk.camera.decoder import Decoder
from kiosk.camera.health import NOTICED_AFTER, CameraState, Health, is_black
from kiosk.camera.reading import Corners, Hint, Reading
from kiosk.camera.sources import CameraMissing, Frame, Source, SourceEnded

log = logging.getLogger(__name__)

SLOW_EVERY = 0.2
"""Seconds from one harder look at a code that is seen and not read to the next."""
SLOW_WHEN_EMPTY = 1.0
"""Seconds from one harder look to the next where nothing is seen at all."""
NOTHING_AFTER = 0.5
"""Seconds without any code before `on_nothing`: a face must not flicker because one frame was blurred."""
REOPEN_AFTER = (1.0, 2.0, 5.0, 10.0)
"""Seconds until a camera that failed is opened again; the last goes on for ever."""
REOPEN_BLACK_AFTER = 10.0
TICK = 0.1
PREVIEW_WIDTH = 480
JOIN_TIMEOUT = 2.0


def _ignore(*_: object) -> None:
    """An event nobody asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannerEvents:
    """Whom to tell. All are called from the scanner's threads, one at a time; they should return soon."""

    on_card: Callable[[bytes, Corners, float], None]
    """What was read, where, and when the frame came (monotonic seconds). Once for each time a code is shown."""
    on_candidate: Callable[[Hint, Corners], None] = _ignore
    """A code is seen and could not be read; for each frame."""
    on_nothing: Callable[[], None] = _ignore
    """Nothing is in view any more; once."""
    on_health: Callable[[CameraState], None] = _ignore
    """The state of the camera changed."""


class Scanner:
    """One camera being read. `clock` gives monotonic seconds."""

    def __init__(self, source: Source, events: ScannerEvents, *, clock: Callable[[], float]) -> None:
        self._source = source
        self._clock = clock
        self._decoder = Decoder()
        self._teller = _Teller(events)
        self._newest = _Newest()
        self._wanted_again = _Newest()
        self._health = Health(clock())
        self._health_lock = Lock()
        self._stopping = Event()
        self._threads: list[Thread] = []
        self._preview: tuple[Frame, bytes] | None = None
        self._looked_at = 0

    def start(self) -> None:
        """Begin, once."""
        for name, work in (("grab", self._grab), ("read", self._read), ("read-harder", self._read_harder)):
            thread = Thread(target=self._surviving, args=(work,), name=f"camera-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End all threads. A camera that hangs in its driver is left behind after two seconds."""
        self._stopping.set()
        self._newest.wake()
        self._wanted_again.wake()
        for thread in self._threads:
            thread.join(JOIN_TIMEOUT)

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping.is_set()

    @property
    def state(self) -> CameraState | None:
        """How the camera is now; None until it first answers or fails."""
        with self._health_lock:
            return self._health.state(self._clock())

    @property
    def frames_looked_at(self) -> int:
        """How many frames were read so far, and what was in them told; those that came too fast are not among them."""
        return self._looked_at

    @property
    def frame_size(self) -> tuple[int, int] | None:
        """Width and height of the newest frame in pixels; None before the first."""
        frame = self._newest.peek()
        return (frame.image.shape[1], frame.image.shape[0]) if frame else None

    def preview_jpeg(self) -> bytes | None:
        """The newest frame as a JPEG, mirrored, 480 pixels wide; None before the first. Encoded only when asked."""
        frame = self._newest.peek()
        if frame is None:
            return None
        known = self._preview
        if known is None or known[0] is not frame:
            known = self._preview = (frame, _mirrored_jpeg(frame))
        return known[1]

    def _surviving(self, work: Callable[[], None]) -> None:
        """Work until it is done, whatever it stumbles over: without its threads the camera is blind."""
        while not self._stopping.is_set():
            try:
                work()
                return
            except Exception:
                log.exception("The camera's thread for %s stumbled and goes on", work.__name__.strip("_"))
                self._stopping.wait(REOPEN_AFTER[0])

    def _grab(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                self._source.open()
                with self._health_lock:
                    self._health.opened()
                failures = 0 if self._grab_frames() else failures
            except SourceEnded:
                with self._health_lock:
                    self._health.switched_off()
                return
            except CameraMissing as missing:
                log.warning("%s", missing)
                with self._health_lock:
                    self._health.missing()
            finally:
                self._source.close()
            self._stopping.wait(REOPEN_AFTER[min(failures, len(REOPEN_AFTER) - 1)])
            failures += 1

    def _grab_frames(self) -> bool:
        """Until the camera should be opened anew, because nothing or only black comes; True when a frame came."""
        came = False
        frame_at = light_at = self._clock()
        while not self._stopping.is_set():
            frame = self._source.read()
            now = self._clock()
            if frame is None:
                if now - frame_at >= NOTICED_AFTER:
                    return came
                self._stopping.wait(TICK / 2)
                continue
            came, frame_at = True, now
            dark = is_black(frame.image)
            with self._health_lock:
                self._health.frame(now, dark=dark)
            self._newest.put(frame)
            light_at = light_at if dark else now
            if now - light_at >= REOPEN_BLACK_AFTER:
                return came
        return came

    def _read(self) -> None:
        slow_at = self._clock()
        while not self._stopping.is_set():
            frame = self._newest.take(TICK)
            self._tell_health()
            if frame is None:
                continue
            reading = self._decoder.read(frame.image)
            self._teller.tell(reading, frame.seen_at)
            self._looked_at += 1
            patience = SLOW_EVERY if reading.candidates else SLOW_WHEN_EMPTY
            if not reading.codes and self._clock() - slow_at >= patience:
                slow_at = self._clock()
                self._wanted_again.put(frame)

    def _read_harder(self) -> None:
        while not self._stopping.is_set():
            frame = self._wanted_again.take(TICK)
            if frame is not None:
                self._teller.tell_codes(self._decoder.read(frame.image, thorough=True), frame.seen_at)

    def _tell_health(self) -> None:
        state = self.state
        if state is not None and self._teller.tell_state(state):
            log.info("The camera is %s", state.value.lower())


class _Newest:
    """Holds one frame: a newer one takes its place, whether it was used or not."""

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._is_fresh = False
        self._changed = Condition()

    def put(self, frame: Frame) -> None:
        with self._changed:
            self._frame, self._is_fresh = frame, True
            self._changed.notify_all()

    def take(self, timeout: float) -> Frame | None:
        """A frame not taken before, waited for at most `timeout` seconds."""
        with self._changed:
            if not self._is_fresh:
                self._changed.wait(timeout)
            fresh, self._is_fresh = self._is_fresh, False
            return self._frame if fresh else None

    def peek(self) -> Frame | None:
        return self._frame

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()


class _Teller:
    """Tells each thing once, and one at a time."""

    def __init__(self, events: ScannerEvents) -> None:
        self._events = events
        self._debounce = Debounce()
        self._lock = Lock()
        self._state: CameraState | None = None
        self._in_view_at: float | None = None

    def tell(self, reading: Reading, at: float) -> None:
        with self._lock:
            self._tell_codes(reading, at)
            for candidate in reading.candidates:
                self._debounce.seen_unread(candidate, at)
            if reading.codes or reading.candidates:
                self._in_view_at = at
            if reading.candidates and not reading.codes:
                self._events.on_candidate(reading.hint, reading.candidates[0])
            if self._in_view_at is not None and at - self._in_view_at >= NOTHING_AFTER:
                self._in_view_at = None
                self._events.on_nothing()

    def tell_codes(self, reading: Reading, at: float) -> None:
        with self._lock:
            self._tell_codes(reading, at)

    def tell_state(self, state: CameraState) -> bool:
        """True when this is news."""
        with self._lock:
            if state is self._state:
                return False
            self._state = state
            self._events.on_health(state)
            return True

    def _tell_codes(self, reading: Reading, at: float) -> None:
        for code in reading.codes:
            self._in_view_at = max(at, self._in_view_at or at)
            if self._debounce.is_new_attempt(code.payload, code.corners, at):
                self._events.on_card(code.payload, code.corners, at)


def _mirrored_jpeg(frame: Frame) -> bytes:
    height, width = frame.image.shape[:2]
    size = (PREVIEW_WIDTH, max(1, round(height * PREVIEW_WIDTH / width)))
    small = cv2.flip(cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA), 1)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return data.tobytes()
