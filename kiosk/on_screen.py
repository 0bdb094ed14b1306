"""What is on the screen: a face, until when it stays, and the language and ease that somebody asked for.

It refuses to know what a face means and which comes next: the greeter does. It can be asked by any thread.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import RLock

from kiosk.answers import Staying, lasting, patient
from kiosk.faces import Face
from kiosk.modes import ModeName, Modes
from kiosk.stand import stay
from kiosk.taps import LEAVES, is_meant_for_the_face

FORGET_WISHES_AFTER = 60.0
"""Seconds without a card or a tap until the screen speaks its own language again."""


class OnScreen:
    """`mono` counts seconds; `language` and `modes` are the screen's own, which wishes change for a while."""

    def __init__(self, face: Face, *, mono: Callable[[], float], language: str, modes: Modes) -> None:
        self.lock = RLock()
        """For whoever looks and changes in one step. Held for a moment; whoever lets the desk work waits outside."""
        self._mono = mono
        self._face = face
        self._version = self._began = 0
        self._ends_at: float | None = None
        self._touched_at = float("-inf")
        self._own_language = self._language = language
        self._own_modes = self._modes = modes

    @property
    def face(self) -> Face:
        with self.lock:
            return self._face

    @property
    def version(self) -> int:
        """A number that changes whenever `face` does."""
        with self.lock:
            return self._version

    @property
    def language(self) -> str:
        with self.lock:
            return self._language

    @property
    def modes(self) -> Modes:
        with self.lock:
            return self._modes

    @property
    def is_leaving(self) -> bool:
        """Whether the face leaves by itself; else it stays until another comes."""
        with self.lock:
            return self._ends_at is not None

    def has_ended(self, mono: float) -> bool:
        """Whether the face was there for its time."""
        with self.lock:
            return self._ends_at is not None and mono >= self._ends_at

    def is_meant(self, what: str, version: int) -> bool:
        """Whether a tap on the drawing `version` was on what is to be seen now.

        For keys it is enough that the kind of face is the same; who wants to leave may have seen any.
        """
        with self.lock:
            return what in LEAVES or version >= (self._began if is_meant_for_the_face(what) else self._version)

    def show(self, face: Face) -> None:
        """An answer, for as long as it stays by itself, and longer for those who need it."""
        with self.lock:
            self.touch()
            face = patient(face, self._modes.patience)
            self._ends_at = self._touched_at + lasting(face, self._modes.patience)
            self._set(face)

    def put(self, face: Face) -> None:
        """Until another comes."""
        with self.lock:
            self._ends_at = None
            self._set(face)

    def more_time(self, at: datetime) -> None:
        """The face stays for its full time once more, counted from `at`. It is no new occasion."""
        with self.lock:
            face = self._face
            if isinstance(face, Staying):
                self.touch()
                self._ends_at = self._touched_at + face.stay.seconds
                anew = stay(at, face.stay.seconds)
                self._set(replace(face, stay=replace(anew, began_at=face.stay.began_at)))

    def touch(self) -> None:
        """Somebody is there."""
        with self.lock:
            self._touched_at = self._mono()

    def wish_for_language(self, language: str) -> None:
        """Until nobody has been here for a while."""
        with self.lock:
            self._language = language
            self.touch()

    def toggle(self, name: ModeName) -> None:
        """One way of making the screen easier to use, on or off."""
        with self.lock:
            self._modes = self._modes.toggled(name)
            self.touch()

    def put_anew(self) -> None:
        """The same face, as it is wished now. It stays no longer."""
        with self.lock:
            stand = replace(self._face.stand, language=self._language, modes=self._modes)
            self._set(replace(self._face, stand=stand))

    def forget_wishes(self, mono: float) -> None:
        """Those of somebody who has gone."""
        with self.lock:
            if mono - self._touched_at >= FORGET_WISHES_AFTER:
                self._language, self._modes = self._own_language, self._own_modes

    def _set(self, face: Face) -> None:
        if face != self._face:
            self._version += 1
            if type(face) is not type(self._face):
                self._began = self._version
            self._face = face
