"""One person at a time: Waiting, Reading, an answer, Waiting. `face` is what the screen shows, whoever looks at it.

It refuses to decide and to draw: the desk answers cards, the pages draw faces.
"""

import logging
import secrets
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from threading import RLock

from core import cards
from core.cards import NotACard
from core.facts import is_near
from core.model import Method, Session
from core.pairing import code_in
from kiosk import faces
from kiosk.answers import NO, STAFF, UNDONE, Staying, face_for, patient, seconds_of, stay
from kiosk.camera.health import CameraState
from kiosk.camera.reading import Corners
from kiosk.camera.reading import Hint as CameraHint
from kiosk.desk import UNDO_WITHIN, Desk, DeskHealth, Shown
from kiosk.faces import Face, Line, Modes, PairingTrouble, Stand, Stay, Trouble, Upcoming
from kiosk.latency import Latencies
from kiosk.modes import ModeName
from kiosk.pairing import Promised
from kiosk.store.database import DISK_FAILURES
from kiosk.timekeeping import Moment
from kiosk.troubles import trouble_of

log = logging.getLogger(__name__)

FORGET_WISHES_AFTER = 60.0
"""Seconds without a card or a tap until the screen speaks its own language again."""
LOOK_AROUND_EVERY = 1.0
FOLLOW_EVERY = 0.1
"""Seconds between two looks at how things stand, and between two outlines of a code that is not read yet."""
SHOWN_AT_ONCE = 3


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
    ) -> None:  # fmt: skip
        self.latencies = Latencies()
        self._desk = desk
        self._now = now
        self._serve = serve
        self._pair = pair
        self._languages = languages
        self._own_language = self._language = language
        self._frame_size = frame_size
        self._confirming = confirming
        self._agree = agree
        self._why_not_paired = why_not_paired
        self._own_modes = self._modes = modes or Modes()
        self._camera: CameraState | None = None
        self._serving = RLock()
        """Held while the desk works, so that faces come in the order of its answers. Taken before `_lock`."""
        self._lock = RLock()
        self._version = 0
        self._attempt_id = ""
        self._number = 0
        self._undo: Stay | None = None
        self._ends_at: float | None = None
        self._touched_at = self._looked_at = self._followed_at = float("-inf")
        self._pairing_trouble: PairingTrouble | None = None
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
        self._serve(lambda: self._answer(payload, seen_at))

    def on_candidate(self, hint: CameraHint, corners: Corners) -> None:
        """A code is seen and not read."""
        with self._lock:
            mono, size = self._now().mono, self._frame_size()
            if not isinstance(self._face, (faces.Waiting, faces.Reading)) or mono - self._followed_at < FOLLOW_EVERY:
                return
            self._followed_at = mono
            width, height = size or (16, 9)
            a, b, c, d = ((x / width, y / height) for x, y in corners)
            self._set(
                faces.Reading(
                    stand=self._face.stand,
                    hint=faces.Hint(hint.value),
                    quad=(a, b, c, d) if size else None,
                    frame_ratio=width / height,
                    upcoming=self._face.upcoming,
                )
            )

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
            if self._ends_at is None:
                self._rest()

    def tick(self) -> None:
        """Time went by: call it ten times a second."""
        mono = self._now().mono
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
            face, attempt_id = self.face, self._attempt_id
            match face:
                case faces.Choose(options=options) if _has(options, session_id):
                    self._while_serving(lambda: self._desk.choose(attempt_id, session_id))
                case faces.Welcome(also=also) | faces.AlreadyIn(also=also) if _has(also, session_id):
                    self._while_serving(lambda: self._desk.choose_instead(attempt_id, session_id))

    def tap_undo(self) -> None:
        """Take the check-in that is shown, or was a moment ago, back."""
        with self._serving:
            if self._undo is None or not isinstance(self.face, (faces.Welcome, faces.Waiting)):
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
            self._leave_desk()
            at = self._desk.time().at
            self._show(faces.StaffIsComing(stand=self.face.stand, number=self._number, stay=stay(at, STAFF)))

    def tap_next(self) -> None:
        """Done with this face."""
        self._leave_if(lambda: self._ends_at is not None)

    def tap_more_time(self) -> None:
        """The face stays for its full time once more."""
        with self._lock:
            face = self._face
            if isinstance(face, Staying):
                self._touched_at = self._now().mono
                self._ends_at = self._touched_at + face.stay.seconds
                self._set(replace(face, stay=stay(self._desk.time().at, face.stay.seconds)))

    def tap_pair(self, code: str) -> None:
        """Staff typed a pairing code, or showed it."""
        if not isinstance(self.face, faces.NotPaired):
            return
        self._tried(self._pair(code.strip()))

    def tap_agree(self, is_same: bool) -> None:
        """Staff compared the signs of this screen and the browser's."""
        if isinstance(self.face, faces.Confirming) and not self.face.is_agreed:
            self._agree(is_same)
            self._tried(None)

    def _tried(self, trouble: PairingTrouble | None) -> None:
        with self._lock:
            self._pairing_trouble = trouble
            self._rest()

    def scanner_typed(self, text: str) -> None:
        """A hand scanner read something."""
        self._answer(text, self._now().mono)

    def set_language(self, language: str) -> None:
        """The screen speaks this language until nobody has been here for a while."""
        with self._lock:
            self._language = language
            self._wishes_changed()

    def toggle_mode(self, name: ModeName) -> None:
        """Switch one way of making the screen easier to use on or off."""
        with self._lock:
            self._modes = self._modes.toggled(name)
            self._wishes_changed()

    def _answer(self, payload: str | bytes, seen_at: float) -> None:
        with self._serving:
            if self._confirming() is not None:
                return
            if not self._desk.is_paired:
                self._shown_unpaired(payload)
                return
            if code_in(payload):
                return  # Only staff have one, and the one that paired this kiosk is often still in view: it is no card.
            self._undo = None
            self._while_serving(lambda: self._desk.show_card(payload))
            self.latencies.add(self._now().mono - seen_at)

    def _shown_unpaired(self, payload: str | bytes) -> None:
        """A pairing code is meant; for a card or anything else the screen says what is missing."""
        if not isinstance(self.face, faces.NotPaired):
            return
        if code := code_in(payload):
            self._tried(self._pair(code))
        elif isinstance(cards.read(payload), NotACard):
            self._tried(PairingTrouble.OTHER_CODE)
        else:
            self._tried(PairingTrouble.A_CARD)

    def _while_serving(self, work: Callable[[], Shown | None]) -> None:
        """Let the desk work, and show what it says, or that it could not."""
        try:
            shown = work()
        except Exception as failure:
            # A person is standing here: they see where help is, the log says the rest.
            reference = secrets.token_hex(2)
            log.exception("The desk could not answer (reference %s)", reference)
            self._show_failure(failure, reference)
            return
        if shown is None:
            self._rest()
            return
        self._attempt_id, self._number = shown.attempt_id, shown.number
        their_own = shown.person.language if shown.person else ""
        language = their_own if their_own in self._languages else self._language
        face = face_for(shown, self._stand(language))
        self._show(face)
        self._undo = self._face.undo if isinstance(self._face, faces.Welcome) else None

    def _show_failure(self, failure: Exception, reference: str) -> None:
        stand = self._stand()
        if isinstance(failure, DISK_FAILURES):
            self._show(faces.OutOfOrder(stand=stand, trouble=Trouble.DISK, reference=reference), seconds=NO)
        else:
            at = self._desk.time().at
            self._show(faces.StaffIsComing(stand=stand, number=self._number, stay=stay(at, STAFF)))

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

    def _show(self, face: Face, seconds: float | None = None) -> None:
        with self._lock:
            self._touched_at = self._now().mono
            patience = self._modes.patience
            face = patient(face, patience)
            lasts = seconds * patience if seconds is not None else seconds_of(face)
            self._ends_at = self._touched_at + lasts if lasts is not None else None
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
        if promised := self._confirming():
            self._set(
                faces.Confirming(
                    stand=stand,
                    sign=promised.sign,
                    organization=promised.organization,
                    venue=promised.venue,
                    is_agreed=promised.is_agreed,
                )
            )
        elif not health.is_paired:
            self._set(faces.NotPaired(stand=stand, trouble=self._pairing_trouble or self._why_not_paired()))
        elif trouble := trouble_of(health, self._camera):
            may_scan = trouble not in (Trouble.REVOKED, Trouble.NO_MEMBER_LIST)
            self._set(faces.OutOfOrder(stand=stand, trouble=trouble, may_scan=may_scan))
        elif isinstance(self._face, faces.Reading) and self._now().mono - self._followed_at < 1:
            self._set(replace(self._face, stand=stand))
        else:
            waiting = faces.Waiting(stand=stand, upcoming=self._upcoming(), undo=self._undo)
            self._set(replace(waiting, out_of_touch=self._out_of_touch(health)))

    def _out_of_touch(self, health: DeskHealth) -> faces.OutOfTouch | None:
        """After as many hours as the server itself would call it silent."""
        silence = timedelta(seconds=health.last_contact_seconds or 0)
        if silence < self._desk.store.replica.policy.silent_kiosk_after:
            return None
        since_at = (health.time.at - silence).replace(second=0, microsecond=0)
        return faces.OutOfTouch(since_at=since_at, waiting=health.waiting)

    def _upcoming(self) -> tuple[Upcoming, ...]:
        replica, at = self._desk.store.replica, self._desk.time().at
        policy = replica.policy
        found = [
            Upcoming(session=session, window=policy.window(session, Method.SELF))
            for session in sorted(replica.sessions, key=lambda session: (session.starts_at, session.id))
            if at < session.ends_at and is_near(session, at) and not session.is_cancelled
        ]
        return tuple(found[:SHOWN_AT_ONCE])

    def _stand(self, language: str | None = None) -> Stand:
        venue = self._desk.store.replica.venue
        return Stand(
            organization=venue.organization_name or venue.name,
            zone=venue.zone,
            language=language or self._language,
            colour=venue.colour,
            line=Line.CONNECTED if self._desk.is_online else Line.ALONE,
            modes=self._modes,
        )

    def _wishes_changed(self) -> None:
        self._touched_at = self._now().mono
        self._set(replace(self._face, stand=replace(self._face.stand, language=self._language, modes=self._modes)))

    def _set(self, face: Face) -> None:
        if face != self._face:
            self._face = face
            self._version += 1


def _has(sessions: tuple[Session, ...], session_id: str) -> bool:
    return any(session.id == session_id for session in sessions)
