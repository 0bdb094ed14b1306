"""One person at a time: Waiting, Reading, an answer, Waiting. `face` is what the screen shows, whoever looks at it.

It refuses to decide and to draw: the desk answers cards, the pages draw faces.
"""

import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from threading import RLock

from core.pairing import code_in
from kiosk import faces
from kiosk.answers import STAFF, UNDONE, Staying, face_for, face_for_failure, has, lasting, patient
from kiosk.camera.health import CameraState
from kiosk.camera.reading import Corners
from kiosk.camera.reading import Hint as CameraHint
from kiosk.conversation import CARD, Opener, Opening
from kiosk.desk import UNDO_WITHIN, Desk, Shown
from kiosk.faces import Face, Modes, PairingTrouble, Stand, Stay
from kiosk.latency import Answered, Latencies
from kiosk.modes import ModeName
from kiosk.pairing import Promised
from kiosk.resting import Surroundings, reading_face, resting_face, stand_at
from kiosk.stand import stay
from kiosk.store.database import DISK_FAILURES
from kiosk.talk import Talk
from kiosk.taps import KEY, may_begin_one
from kiosk.timekeeping import Moment
from kiosk.unpaired import Unpaired

log = logging.getLogger(__name__)

FORGET_WISHES_AFTER = 60.0
"""Seconds without a card or a tap until the screen speaks its own language again."""
LOOK_AROUND_EVERY = 1.0
FOLLOW_EVERY = 0.1
"""Seconds between two looks at how things stand, and between two outlines of a code that is not read yet."""


class Greeter:
    """`serve` runs a piece of work soon, in a thread that may wait for disk and server; `now` reads both clocks.

    `pair` tries a pairing code; `languages` are those the house speaks, `language` the screen's own;
    `frame_size` gives the camera's width and height; `confirming` whom staff have still to confirm, `agree` is told
    what they said here; `why_not_paired` says what became of an earlier promise.
    """

    def __init__(
        self, desk: Desk, *, now: Callable[[], Moment], serve: Callable[[Callable[[], None]], None],
        pair: Callable[[str], PairingTrouble | None], languages: Collection[str], language: str = "en",
        frame_size: Callable[[], tuple[int, int] | None] = lambda: None,
        confirming: Callable[[], Promised | None] = lambda: None,
        agree: Callable[[bool], None] = lambda is_same: None,
        why_not_paired: Callable[[], PairingTrouble | None] = lambda: None, modes: Modes | None = None,
        openers: Sequence[Opener] = (),
    ) -> None:  # fmt: skip
        self.latencies = Latencies()
        self._desk = desk
        self._now = now
        self._serve = serve
        self._unpaired = Unpaired(pair=pair, confirming=confirming, agree=agree, why_not_paired=why_not_paired)
        self._languages = languages
        self._own_language = self._language = language
        self._frame_size = frame_size
        self._talk = Talk(openers)
        self._own_modes = self._modes = modes or Modes()
        self._camera: CameraState | None = None
        self._serving = RLock()
        """Held while the desk works, so that faces come in the order of its answers. Taken before `_lock`."""
        self._lock = RLock()
        self._version = self._began = 0
        self._attempt_id = ""
        self._number = 0
        self._undo: Stay | None = None
        self._ends_at: float | None = None
        self._touched_at = self._looked_at = self._followed_at = float("-inf")
        self._face: Face = faces.Starting(stand=self._stand())

    @property
    def face(self) -> Face:
        """What is to be seen now."""
        with self._lock:
            return self._face

    @property
    def version(self) -> int:
        """A number that changes whenever `face` does."""
        with self._lock:
            return self._version

    def on_card(self, payload: bytes, corners: Corners, seen_at: float) -> None:
        """The camera read something. `seen_at` is the frame's, in seconds of the same clock as `now().mono`."""
        decoded_at = self._now().mono
        self._serve(lambda: self._answer(payload, seen_at, decoded_at))

    def on_candidate(self, hint: CameraHint, corners: Corners) -> None:
        """A code is seen and not read."""
        with self._lock:
            mono, size = self._now().mono, self._frame_size()
            if not isinstance(self._face, (faces.Waiting, faces.Reading)) or mono - self._followed_at < FOLLOW_EVERY:
                return
            self._followed_at = mono
            self._set(reading_face(self._face, faces.Hint(hint.value), corners, size))

    def on_nothing(self) -> None:
        """Nothing is in view any more."""
        with self._lock:
            if isinstance(self._face, faces.Reading):
                self._followed_at = float("-inf")
                self._rest()

    def camera_health(self, state: CameraState) -> None:
        """How the camera is now."""
        with self._lock:
            self._camera = state
            if self._ends_at is None and not self._talk.is_on:
                self._rest()

    def tick(self) -> None:
        """Time went by: call it ten times a second."""
        mono = self._now().mono
        if self._talk.is_on:
            self._tick_talk(mono)
            return
        with self._lock:
            if self._ends_at is None and mono - self._touched_at >= FORGET_WISHES_AFTER:
                self._language, self._modes = self._own_language, self._own_modes
            has_ended = self._ends_at is not None and mono >= self._ends_at
            if has_ended:
                self._touched_at = mono
            if not has_ended and self._ends_at is None and mono - self._looked_at >= LOOK_AROUND_EVERY:
                self._look_around(mono)
        if has_ended:
            self._leave_if(lambda: self._ends_at is not None and mono >= self._ends_at)

    def tap_choose(self, session_id: str) -> None:
        """This session is meant: on Choose, or one of `also` on Welcome and AlreadyIn."""
        with self._serving:
            if self._told("choose", session_id):
                return
            face, attempt_id = self.face, self._attempt_id
            match face:
                case faces.Choose(options=options) if has(options, session_id):
                    self._while_serving(lambda: self._desk.choose(attempt_id, session_id))
                case faces.Welcome(also=also) | faces.AlreadyIn(also=also) if has(also, session_id):
                    self._while_serving(lambda: self._desk.choose_instead(attempt_id, session_id))

    def tap_undo(self) -> None:
        """Take the check-in that is shown, or was a moment ago, back."""
        with self._serving:
            if self._told("undo"):
                return
            if self._undo is None or not isinstance(self.face, (faces.Welcome, faces.Waiting, faces.OutOfOrder)):
                return
            self._undo = None
            if self._desk.undo(self._attempt_id, within=UNDO_WITHIN * self._modes.patience):
                at = self._desk.time().at
                self._show(faces.Undone(stand=self.face.stand, stay=stay(at, UNDONE)))
            else:
                self._rest()

    def tap_call_staff(self) -> None:
        """Someone wants help."""
        with self._serving:
            self._talk.end()
            self._leave_desk()
            at = self._desk.time().at
            self._show(faces.StaffIsComing(stand=self.face.stand, number=self._number, stay=stay(at, STAFF)))

    def tap_next(self) -> None:
        """Done with this face."""
        if not self._told("next"):
            self._leave_if(lambda: self._ends_at is not None)

    def tap_more_time(self) -> None:
        """The face stays for its full time once more."""
        if self._told("more_time"):
            return
        with self._lock:
            face = self._face
            if isinstance(face, Staying):
                self._touched_at = self._now().mono
                self._ends_at = self._touched_at + face.stay.seconds
                anew = stay(self._desk.time().at, face.stay.seconds)
                self._set(replace(face, stay=replace(anew, began_at=face.stay.began_at)))

    def tap(self, what: str, value: str, version: int) -> None:
        """Of a conversation, or to begin one; soon, in the order of the taps. `version`: of the drawing it was on."""
        self._serve(lambda: self._tapped(what, value, version))

    def _tapped(self, what: str, value: str, version: int) -> None:
        with self._serving:
            if version < (self._began if what.endswith(KEY) else self._version):
                return  # It was meant for what was to be seen before.
            if not may_begin_one(what):
                self._told(what, value)
            elif not self._talk.is_on:
                self._begun(what, value)

    def _told(self, what: str, value: str = "") -> bool:
        """Whether there is a conversation; then it was told of the tap."""
        with self._serving:
            was_on = self._talk.is_on
            if was_on and self._managed(lambda: self._talk.tap(what, value)):
                self._follow()
            return was_on

    def tap_pair(self, code: str) -> None:
        """Staff typed a pairing code, or showed it."""
        if isinstance(self.face, faces.NotPaired):
            self._unpaired.typed(code)
            self._rest()

    def tap_agree(self, is_same: bool) -> None:
        """Staff compared the signs of this screen and the browser's."""
        if isinstance(self.face, faces.Confirming) and not self.face.is_agreed:
            self._unpaired.agreed(is_same)
            self._rest()

    def scanner_typed(self, text: str) -> None:
        """A hand scanner read something."""
        typed_at = self._now().mono
        self._answer(text, typed_at, typed_at)

    def set_language(self, language: str) -> None:
        """The screen speaks this language until nobody has been here for a while."""
        with self._serving, self._lock:
            self._language = language
            self._wishes_changed()

    def toggle_mode(self, name: ModeName) -> None:
        """Switch one way of making the screen easier to use on or off."""
        with self._serving, self._lock:
            self._modes = self._modes.toggled(name)
            self._wishes_changed()

    def _answer(self, payload: str | bytes, seen_at: float, decoded_at: float) -> None:
        with self._serving:
            if self._unpaired.confirming() is not None:
                return
            if not self._desk.is_paired:
                if isinstance(self.face, faces.NotPaired):
                    self._unpaired.shown(payload)
                    self._rest()
                return
            if code_in(payload):
                return  # Only staff have one, and the one that paired this kiosk is often still in view: it is no card.
            if self._meant_for_talk(payload) or self._begun(CARD, payload):
                return
            if self._desk.health().is_out_of_order:
                return  # Staff said so; only they are served.
            self._undo = None
            self._while_serving(lambda: self._desk.show_card(payload))
            decided_at, version = self._now().mono, self.version
            self.latencies.answered(
                Answered(seen_at=seen_at, decoded_at=decoded_at, decided_at=decided_at, version=version)
            )

    def _begun(self, what: str, value: str | bytes) -> bool:
        """Whether a card or a tap begins a conversation, or failed at it."""
        opening = Opening(
            what=what, value=value, seen=self.face, mono=self._now().mono, stand=self._stand, greet=self._greet
        )
        if not self._managed(lambda: self._talk.begin(opening)):
            return True
        if self._talk.is_on:
            self._leave_desk()
            self._undo = None
            self._follow()
        return self._talk.is_on

    def _meant_for_talk(self, payload: str | bytes) -> bool:
        """Whether a card was meant for the conversation; if not, that is over."""
        if not self._talk.is_on:
            return False
        is_done = self._managed(lambda: self._talk.card(payload))
        if is_done and self._talk.is_on:
            self._follow()
        return not is_done or self._talk.is_on

    def _tick_talk(self, mono: float) -> None:
        """Left out while a tap or a card is being answered: time has no say in what they do."""
        if not self._serving.acquire(blocking=False):
            return
        try:
            if self._talk.is_on and self._managed(lambda: self._talk.tick(mono)):
                self._follow(is_touched=False)
        finally:
            self._serving.release()

    def _follow(self, *, is_touched: bool = True) -> None:
        """Show what the conversation has to show now, or rest when it is over."""
        if not self._talk.is_on:
            return  # It gave way to an answer, which is shown.
        face = self._talk.face
        with self._lock:
            if is_touched or face is None:
                self._touched_at = self._now().mono
            if face is not None:
                self._ends_at = None
                self._set(face)
                return
        self._talk.end()
        self._rest()

    def _greet(self, work: Callable[[], Shown | None]) -> None:
        """The conversation ends with an answer of the desk."""
        with self._serving:
            self._talk.end()
            self._while_serving(work)

    def _managed(self, work: Callable[[], object]) -> bool:
        """Whether it could be done; if not, it is over, and the person sees where help is."""
        try:
            work()
        except Exception as failure:
            self._talk.end()
            reference = secrets.token_hex(2)
            log.exception("What the kiosk was asked for failed (reference %s)", reference)
            at, is_disk = self._desk.time().at, isinstance(failure, DISK_FAILURES)
            self._show(face_for_failure(self._stand(), reference, self._number, at, is_disk=is_disk))
            return False
        return True

    def _while_serving(self, work: Callable[[], Shown | None]) -> None:
        """Let the desk work, and show what it says, or that it could not."""
        answers: list[Shown | None] = []
        if not self._managed(lambda: answers.append(work())):
            return
        shown = answers[0]
        if shown is None:
            self._rest()
            return
        self._attempt_id, self._number = shown.attempt_id, shown.number
        their_own = shown.person.language if shown.person else ""
        language = their_own if their_own in self._languages else self._language
        self._show(face_for(shown, self._stand(language)))
        self._undo = self._face.undo if isinstance(self._face, faces.Welcome) else None

    def _leave_if(self, still: Callable[[], bool]) -> None:
        with self._serving:
            with self._lock:
                if not still():
                    return
            self._leave_desk()
            self._rest()

    def _leave_desk(self) -> None:
        if isinstance(self.face, faces.Choose):
            try:
                self._desk.leave()
            except DISK_FAILURES:
                log.exception("That nobody chose could not be written down; the next start will")

    def _show(self, face: Face) -> None:
        with self._lock:
            self._touched_at = self._now().mono
            face = patient(face, self._modes.patience)
            self._ends_at = self._touched_at + lasting(face, self._modes.patience)
            self._set(face)
        if isinstance(face, faces.StaffIsComing):
            self._desk.wake()  # so that staff hear of it in a moment

    def _rest(self) -> None:
        with self._lock:
            self._ends_at = None
            self._look_around(self._now().mono)

    def _look_around(self, mono: float) -> None:
        """The face of a kiosk with nobody before it, as things stand."""
        self._looked_at = mono
        health, stand = self._desk.health(), self._stand()
        at = health.time.at
        if self._undo is not None and at > self._undo.until_at:
            self._undo = None
        face = self._face if self._now().mono - self._followed_at < 1 else None
        around = Surroundings(
            promised=self._unpaired.confirming(),
            pairing_trouble=None if health.is_paired else self._unpaired.trouble,
            camera=self._camera,
            undo=self._undo,
            following=replace(face, stand=stand) if isinstance(face, faces.Reading) else None,
        )
        self._set(resting_face(self._desk, health, stand, around))

    def _stand(self, language: str | None = None) -> Stand:
        return stand_at(self._desk, language or self._language, self._modes)

    def _wishes_changed(self) -> None:
        self._touched_at = self._now().mono
        stand = replace(self._face.stand, language=self._language, modes=self._modes)
        self._set(self._talk.face or replace(self._face, stand=stand))

    def _set(self, face: Face) -> None:
        if face != self._face:
            self._version += 1
            if type(face) is not type(self._face):
                self._began = self._version
            self._face = face
