"""What the camera of a soak sees: card after card, each readable for half a second, in a time of its own.

The next frame comes when the one before has been looked at and answered, so a slow machine has no slower a kiosk.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import cv2
import numpy as np
import qrcode

from kiosk.camera.sources import Frame, SourceEnded
from kiosk.timekeeping import Moment

FRAME = 0.1
"""Seconds from one frame to the next."""
FRAMES_SHOWN = 5
"""Half a second."""
GAPS = (2, 2, 2, 2, 3)
"""Frames between two cards: a card takes 0.72 s, and 10,000 of them two hours."""
NOT_AGAIN_WITHIN = 5
"""Cards: somebody who shows a card again has first taken it away."""
MODULE = 4
WIDTH, HEIGHT = 640, 360
"""Of a simple camera: the machine's time is to go into cards, not into pixels."""


@dataclass
class Hours:
    """The clocks of everyone in a soak. Only the film moves them."""

    at: datetime
    mono: float = 1000.0

    def now(self) -> Moment:
        return Moment(self.at, self.mono)

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.mono += seconds


@dataclass
class Shown:
    """What was shown and which of it was read; filled by the film and by whoever hears the scanner."""

    cards: int = 0
    missed: list[int] = field(default_factory=list)
    """Numbers of those that were in view for half a second and not read."""
    is_over: bool = False
    """The last one has gone."""
    _in_view: bytes | None = None
    _was_read: bool = True

    def begins(self, card: str) -> None:
        self._in_view, self._was_read = card.encode("ascii"), False

    def was_read(self, payload: bytes) -> None:
        self._was_read = self._was_read or payload == self._in_view

    def ends(self) -> None:
        if not self._was_read:
            self.missed.append(self.cards)
        self._in_view, self._was_read = None, True
        self.cards += 1


class CardsAtTheDoor:
    """A camera before which `wanted` cards are held, then none. `is_done`: so many frames have been dealt with."""

    def __init__(
        self,
        cards: Sequence[str],
        wanted: int,
        *,
        hours: Hours,
        shown: Shown,
        dice: Random,
        is_done: Callable[[int], bool],
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._pictures = {card: _picture_of(card) for card in cards}
        self._wanted = wanted
        self._hours = hours
        self._shown = shown
        self._dice = dice
        self._is_done = is_done
        self._may_go_on = may_go_on
        self._lately: deque[str] = deque(maxlen=NOT_AGAIN_WITHIN)
        self._wall = _wall()
        self._given = 0
        self._film = self._frames()

    def open(self) -> None:
        """There is nothing to open."""

    def read(self) -> Frame | None:
        while not self._is_done(self._given):
            time.sleep(0.001)
        image = next(self._film, None)
        if image is None:
            raise SourceEnded
        self._hours.pass_by(FRAME)
        self._given += 1
        return Frame(image, self._hours.mono)

    def close(self) -> None:
        """There is nothing to close."""

    def _frames(self) -> Iterator[np.ndarray]:
        yield self._wall
        while self._shown.cards < self._wanted and self._may_go_on():
            card = self._dice.choice([each for each in self._pictures if each not in self._lately])
            self._lately.append(card)
            frame = self._wall.copy()
            picture = self._pictures[card]
            height, width = picture.shape[:2]
            top, left = self._dice.randint(0, HEIGHT - height), self._dice.randint(0, WIDTH - width)
            frame[top : top + height, left : left + width] = picture
            self._shown.begins(card)
            for _ in range(FRAMES_SHOWN):
                yield frame
            for number in range(self._dice.choice(GAPS)):
                yield self._wall
                if number == 0:
                    self._shown.ends()
        self._shown.is_over = True


def _wall() -> np.ndarray:
    grain = np.random.default_rng(7).normal(110, 5, (HEIGHT, WIDTH, 1))
    light = np.linspace(-25, 25, WIDTH)[None, :, None]
    return np.repeat((grain + light).clip(0, 255).astype(np.uint8), 3, axis=2)


def _picture_of(card: str) -> np.ndarray:
    code = qrcode.QRCode(version=2, error_correction=qrcode.constants.ERROR_CORRECT_Q, border=6)
    code.add_data(card)
    code.make(fit=False)
    dark = np.kron(np.array(code.get_matrix(), np.uint8), np.ones((MODULE, MODULE), np.uint8))
    paper = np.where(dark > 0, 35, 225).astype(np.uint8)
    return cv2.cvtColor(cv2.GaussianBlur(paper, (0, 0), 0.8), cv2.COLOR_GRAY2BGR)
