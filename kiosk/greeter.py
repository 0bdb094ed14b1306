"""One person at a time: Waiting, Reading, an answer, Waiting. `face` is what the screen shows, whoever looks at it.

It refuses to decide and to draw: the desk answers cards, the pages draw faces.
"""

import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from threading import RLock

from core.pairing import code_in
from kiosk import faces
from kiosk.answers import STAFF, UNDONE, face_for, face_for_failure, has
from kiosk.at_rest import OFFER_UNDO, AtRest
from kiosk.camera.health import CameraState
from kiosk.camera.reading import Corners
from kiosk.camera.reading import Hint as CameraHint
from kiosk.conversation import CARD, Opener, Opening
from kiosk.desk import UNDO_WITHIN, Desk, Shown
from kiosk.faces import Face, Modes, PairingTrouble
from kiosk.latency import Answered, Latencies
from kiosk.modes import ModeName
from kiosk.on_screen import OnScreen
from kiosk.pairing import Promised
from kiosk.resting import stand_at
from kiosk.stand import stay
from kiosk.store.database import DISK_FAILURES
from kiosk.talk import Talk
from kiosk.taps import CALL_STAFF, may_begin_one
from kiosk.timekeeping import Moment
from kiosk.unpaired import Unpaired

log = logging.getLogger(__name__)


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
        self._talk = Talk(openers)
        self._serving = RLock()
        """Held while the desk works, so that faces come in the order of its answers. Taken before the screen's lock."""
        self._attempt_id = ""
        mono, modes = lambda: now().mono, modes or Modes()
        starting = faces.Starting(stand=stand_at(desk, language, modes))
        self._screen = OnScreen(starting, mono=mono, language=language, modes=modes)
        self._at_rest = AtRest(desk, self._screen, self._unpaired, mono=mono, frame_size=frame_size)

    @property
    def face(self) -> Face:
        """What is to be seen now."""
        return self._screen.face

    @property
    def version(self) -> int:
        """A number that changes whenever `face` does."""
        return self._screen.version

    def on_card(self, payload: bytes, corners: Corners, seen_at: float) -> None:
        """The camera read something. `seen_at` is the frame's, in seconds of the same clock as `now().mono`."""
        decoded_at = self._now().mono
        self._serve(lambda: self._answer(payload, seen_at, decoded_at))

    def on_candidate(self, hint: CameraHint, corners: Corners) -> None:
        """A code is seen and not read."""
        self._at_rest.follow(hint, corners)

    def on_nothing(self) -> None:
        """Nothing is in view any more."""
        self._at_rest.nothing_in_view()

    def camera_health(self, state: CameraState) -> None:
        """How the camera is now."""
        with self._screen.lock:
            self._at_rest.camera = state
            if not self._screen.is_leaving and not self._talk.is_on:
                self._at_rest.rest()

    def tick(self) -> None:
        """Time went by: call it ten times a second."""
        mono = self._now().mono
        if self._talk.is_on:
            self._tick_talk(mono)
            return
        with self._screen.lock:
            has_ended = self._screen.has_ended(mono)
            if has_ended:
                self._screen.touch()
            elif not self._screen.is_leaving and not self._talk.is_on:  # one may have begun just now
                self._screen.forget_wishes(mono)
                self._at_rest.tick(mono)
        if has_ended:
            self._leave_if(lambda: self._screen.has_ended(mono))

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
            if self._at_rest.undo is None or not isinstance(self.face, OFFER_UNDO):
                return
            self._at_rest.undo = None
            if self._desk.undo(self._attempt_id, within=UNDO_WITHIN * self._screen.modes.patience):
                self._show(faces.Undone(stand=self.face.stand, stay=stay(self._desk.time().at, UNDONE)))
            else:
                self._at_rest.rest()

    def tap_call_staff(self) -> None:
        """Someone wants help."""
        with self._serving:
            self._managed(lambda: self._talk.tap(CALL_STAFF, ""))
            self._talk.end()
            self._leave_desk()
            stays = stay(self._desk.time().at, STAFF)
            self._show(faces.StaffIsComing(stand=self.face.stand, number=self._desk.number, stay=stays))

    def tap_next(self) -> None:
        """Done with this face."""
        if not self._told("next"):
            self._leave_if(lambda: self._screen.is_leaving)

    def tap_more_time(self) -> None:
        """The face stays for its full time once more."""
        if not self._told("more_time"):
            self._screen.more_time(self._desk.time().at)

    def tap(self, what: str, value: str, version: int) -> None:
        """Of a conversation, or to begin one; soon, in the order of the taps. `version`: of the drawing it was on."""
        self._serve(lambda: self._tapped(what, value, version))

    def _tapped(self, what: str, value: str, version: int) -> None:
        with self._serving:
            if not self._screen.is_meant(what, version):
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
            self._at_rest.rest()

    def tap_agree(self, is_same: bool) -> None:
        """Staff compared the signs of this screen and the browser's."""
        if isinstance(self.face, faces.Confirming) and not self.face.is_agreed:
            self._unpaired.agreed(is_same)
            self._at_rest.rest()

    def scanner_typed(self, text: str) -> None:
        """A hand scanner read something."""
        typed_at = self._now().mono
        self._answer(text, typed_at, typed_at)

    def set_language(self, language: str) -> None:
        """The screen speaks this language until nobody has been here for a while."""
        with self._serving, self._screen.lock:
            self._screen.wish_for_language(language)
            self._wishes_changed()

    def toggle_mode(self, name: ModeName) -> None:
        """Switch one way of making the screen easier to use on or off."""
        with self._serving, self._screen.lock:
            self._screen.toggle(name)
            self._wishes_changed()

    def _answer(self, payload: str | bytes, seen_at: float, decoded_at: float) -> None:
        with self._serving:
            if self._unpaired.confirming() is not None:
                return
            if not self._desk.is_paired:
                if isinstance(self.face, faces.NotPaired):
                    self._unpaired.shown(payload)
                    self._at_rest.rest()
                return
            if code_in(payload):
                return  # Only staff have one, and the one that paired this kiosk is often still in view: it is no card.
            if self._meant_for_talk(payload) or self._begun(CARD, payload):
                return
            if self._desk.health().is_out_of_order:
                return  # Staff said so; only they are served.
            self._at_rest.undo = None
            self._while_serving(lambda: self._desk.show_card(payload))
            decided_at, version = self._now().mono, self.version
            self.latencies.answered(
                Answered(seen_at=seen_at, decoded_at=decoded_at, decided_at=decided_at, version=version)
            )

    def _begun(self, what: str, value: str | bytes) -> bool:
        """Whether a card or a tap begins a conversation, or failed at it."""
        opening = Opening(
            what=what, value=value, seen=self.face, mono=self._now().mono, stand=self._at_rest.stand, greet=self._greet
        )
        if not self._managed(lambda: self._talk.begin(opening)):
            return True
        if self._talk.is_on:
            self._leave_desk()
            self._at_rest.undo = None
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
        if is_touched or face is None:
            self._screen.touch()
        if face is not None:
            self._screen.put(face)
        else:
            self._talk.end()
            self._at_rest.rest()

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
            self._talk.broken()
            reference = secrets.token_hex(2)
            log.exception("What the kiosk was asked for failed (reference %s)", reference)
            at, is_disk = self._desk.time().at, isinstance(failure, DISK_FAILURES)
            self._show(face_for_failure(self._at_rest.stand(), reference, self._desk.number, at, is_disk=is_disk))
            return False
        return True

    def _while_serving(self, work: Callable[[], Shown | None]) -> None:
        """Let the desk work, and show what it says, or that it could not."""
        answers: list[Shown | None] = []
        if not self._managed(lambda: answers.append(work())):
            return
        if (shown := answers[0]) is None:
            self._at_rest.rest()
            return
        self._attempt_id = shown.attempt_id
        their_own = shown.person.language if shown.person else ""
        language = their_own if their_own in self._languages else self._screen.language
        self._show(face_for(shown, self._at_rest.stand(language)))
        self._at_rest.undo = self._screen.face.undo if isinstance(self._screen.face, faces.Welcome) else None

    def _leave_if(self, still: Callable[[], bool]) -> None:
        with self._serving:
            if still():
                self._leave_desk()
                self._at_rest.rest()

    def _leave_desk(self) -> None:
        if isinstance(self.face, faces.Choose):
            try:
                self._desk.leave()
            except DISK_FAILURES:
                log.exception("That nobody chose could not be written down; the next start will")

    def _show(self, face: Face) -> None:
        self._screen.show(face)
        if isinstance(face, faces.StaffIsComing):
            self._desk.wake()  # so that staff hear of it in a moment

    def _wishes_changed(self) -> None:
        if (face := self._talk.face) is not None:
            self._screen.put(face)
        else:
            self._screen.put_anew()
