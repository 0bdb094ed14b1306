"""The screen while nobody is answered: looked at anew each second, with the undo of who just went in, and a code that
comes into view followed. It refuses to know whether somebody is answered; the greeter does."""

from collections.abc import Callable
from dataclasses import replace

from kiosk import faces
from kiosk.camera.health import CameraState
from kiosk.camera.reading import Corners
from kiosk.camera.reading import Hint as CameraHint
from kiosk.desk import Desk
from kiosk.faces import Stand, Stay
from kiosk.on_screen import OnScreen
from kiosk.resting import Surroundings, reading_face, resting_face, stand_at
from kiosk.unpaired import Unpaired

LOOK_AROUND_EVERY = 1.0
FOLLOW_EVERY = 0.1
"""Seconds between two looks at how things stand, and between two outlines of a code that is not read yet."""
OFFER_UNDO = (faces.Welcome, faces.Waiting, faces.OutOfOrder)
"""Faces on which who just went in may take it back."""
FOLLOWED_FOR = 1.0
"""Seconds without an outline until the code is taken to have gone."""


class AtRest:
    """`mono` counts seconds; `frame_size` gives the camera's width and height."""

    def __init__(
        self, desk: Desk, screen: OnScreen, unpaired: Unpaired, *, mono: Callable[[], float],
        frame_size: Callable[[], tuple[int, int] | None],
    ) -> None:  # fmt: skip
        self.undo: Stay | None = None
        """Of the check-in that was shown last; None once it is over or somebody else is there."""
        self.camera: CameraState | None = None
        self._desk = desk
        self._screen = screen
        self._unpaired = unpaired
        self._mono = mono
        self._frame_size = frame_size
        self._looked_at = self._followed_at = float("-inf")

    def stand(self, language: str | None = None) -> Stand:
        """In the language somebody asked for, if it is not to be another."""
        with self._screen.lock:
            return stand_at(self._desk, language or self._screen.language, self._screen.modes)

    def rest(self) -> None:
        """The face of a kiosk with nobody before it, as things stand."""
        with self._screen.lock:
            self._looked_at = self._mono()
            health, stand = self._desk.health(), self.stand()
            if self.undo is not None and health.time.at > self.undo.until_at:
                self.undo = None
            face = self._screen.face
            is_followed = isinstance(face, faces.Reading) and self._looked_at - self._followed_at < FOLLOWED_FOR
            around = Surroundings(
                promised=self._unpaired.confirming(),
                pairing_trouble=None if health.is_paired else self._unpaired.trouble,
                camera=self.camera,
                undo=self.undo,
                following=replace(face, stand=stand) if is_followed and isinstance(face, faces.Reading) else None,
            )
            self._screen.put(resting_face(self._desk, health, stand, around))

    def tick(self, mono: float) -> None:
        """Time went by, and nobody is answered."""
        if mono - self._looked_at >= LOOK_AROUND_EVERY:
            self.rest()

    def follow(self, hint: CameraHint, corners: Corners) -> None:
        """A code is seen and not read."""
        with self._screen.lock:
            mono, size, face = self._mono(), self._frame_size(), self._screen.face
            if not isinstance(face, (faces.Waiting, faces.Reading)) or mono - self._followed_at < FOLLOW_EVERY:
                return
            self._followed_at = mono
            self._screen.put(reading_face(face, faces.Hint(hint.value), corners, size))

    def nothing_in_view(self) -> None:
        with self._screen.lock:
            if isinstance(self._screen.face, faces.Reading):
                self._followed_at = float("-inf")
                self.rest()
