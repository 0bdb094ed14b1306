"""A virtual camera: people bring one card after another into view, hold it, take it away, without end.

It makes real frames for the real decoder and refuses to know a shortcut. Also writes such frames as a film.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice
from math import sin, tau
from pathlib import Path
from random import Random

import cv2
import numpy as np

from kiosk.camera.files import picture_in
from kiosk.camera.sources import HEIGHT, WIDTH, CameraMissing, CameraSourceInvalid, Frame, Timing
from kiosk.camera.studio import CardInHand, Pose, Studio

DEMO_PACE = 15.0
"""Frames a second: enough for the eye, half the work for a small computer."""
FIRST_PAUSE, COMING, HELD, LEAVING = 1.0, 0.9, 1.5, 0.7
PAUSES = (2.0, 3.0)
"""Seconds. How long nobody is there, a card comes, is held, and leaves; between two cards, from and to."""
NOISE = 3.0
"""Of 255, standard deviation: a webcam in a lit room."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What is in front of the camera at one moment: a card (by its place in the row) and its pose, or nobody."""

    card: int | None = None
    pose: Pose | None = None


def shots(cards: int, random: Random, *, fps: float) -> Iterator[Shot]:
    """The endless play, frame by frame: each of the cards in turn, each time a little differently."""
    yield from [Shot()] * round(FIRST_PAUSE * fps)
    for card in cycle(range(cards)):
        yield from (Shot(card, pose) for pose in _one_visit(random, fps))
        yield from [Shot()] * round(random.uniform(*PAUSES) * fps)


def film(cards: Sequence[np.ndarray], random: Random, *, fps: float = DEMO_PACE) -> Iterator[np.ndarray]:
    """Frames (BGR, 720 x 1280) without end. `cards` are pictures of cards, BGR, 85.6 to 54 in proportion."""
    stage = _Stage(cards, random)
    for shot in shots(len(cards), random, fps=fps):
        yield stage.frame(shot)


class DemoSource:
    """The virtual camera. The same cards and the same random generator give the same frames."""

    def __init__(self, cards: Sequence[np.ndarray], random: Random, timing: Timing, *, fps: float = DEMO_PACE) -> None:
        self._stage = _Stage(cards, random)
        self._shots = shots(len(cards), random, fps=fps)
        self._timing = timing
        self._fps = fps
        self._begun_at: float | None = None
        self._shown = 0

    def open(self) -> None:
        """Go on where it was: people do not start anew because a camera did."""
        self._begun_at = self._timing.clock() - self._shown / self._fps

    def read(self) -> Frame | None:
        if self._begun_at is None:
            return None
        early = self._begun_at + self._shown / self._fps - self._timing.clock()
        if early > 0:
            self._timing.sleep(early)
        elif early < -1.0:
            # The computer slept or was very busy. Nobody missed the play; it goes on from here.
            self._begun_at -= early
        shot = next(self._shots)
        self._shown += 1
        return Frame(self._stage.frame(shot), self._timing.clock())

    def close(self) -> None:
        self._begun_at = None


def cards_in(folder: Path) -> list[np.ndarray]:
    """The pictures of cards (*.png) in a folder, by name. Raises CameraSourceInvalid when there is none."""
    if not folder.is_dir():
        raise CameraSourceInvalid(f"There is no folder {folder} with cards for the demo camera.")
    pictures = []
    for path in sorted(folder.glob("*.png")):
        try:
            picture = picture_in(path)
        except CameraMissing as error:
            raise CameraSourceInvalid(str(error)) from error
        if picture is None:
            raise CameraSourceInvalid(f"{path.name} is not a picture of a card.")
        pictures.append(picture)
    if not pictures:
        raise CameraSourceInvalid(f"The folder {folder} has no pictures of cards (*.png) for the demo camera.")
    return pictures


def write_film(
    path: Path, card_pngs: Iterable[Path], *, random: Random, fps: float = DEMO_PACE, seconds: float | None = None
) -> int:
    """Write the play as a film: `.avi` (Motion JPEG), or `.mjpeg` (JPEGs one after another, as Chromium takes for a
    camera). Without `seconds`: until each card was shown once. Gives the number of frames.

    Raises CameraSourceInvalid for another ending, a card that is no picture, or a file that cannot be written.
    """
    pictures = [_card_in(png) for png in card_pngs]
    if not pictures:
        raise CameraSourceInvalid("A film needs at least one card.")
    stage, play = _Stage(pictures, random), shots(len(pictures), random, fps=fps)
    scenes = list(islice(play, round(seconds * fps)) if seconds is not None else _once(play, len(pictures), fps))
    frames = (stage.frame(shot) for shot in scenes)
    match path.suffix.lower():
        case ".avi":
            _write_avi(path, frames, fps)
        case ".mjpeg":
            with path.open("wb") as file:
                file.writelines(_jpeg(frame) for frame in frames)
        case _:
            raise CameraSourceInvalid(f"{path.name}: a film's name ends in .avi or .mjpeg.")
    return len(scenes)


class _Stage:
    """Draws shots, and films them with a noisy sensor."""

    def __init__(self, cards: Sequence[np.ndarray], random: Random) -> None:
        if not cards:
            raise CameraSourceInvalid("The demo camera needs at least one card.")
        self._studio = Studio()
        self._cards = [CardInHand(card) for card in cards]
        numbers = np.random.default_rng(random.getrandbits(64))
        self._noise = [
            cv2.merge([numbers.normal(0, NOISE, (HEIGHT, WIDTH)).round().astype(np.int8)] * 3) for _ in range(4)
        ]
        self._turn = count()

    def frame(self, shot: Shot) -> np.ndarray:
        clean = self._studio.empty
        if shot.card is not None and shot.pose is not None:
            clean = self._studio.with_card(self._cards[shot.card], shot.pose)
        return cv2.add(clean, self._noise[next(self._turn) % len(self._noise)], dtype=cv2.CV_8U)


def _one_visit(random: Random, fps: float) -> Iterator[Pose]:
    """A card comes from below, grows as it nears the camera, is held not quite still, and goes."""
    held = Pose(
        x=WIDTH / 2 + random.uniform(-70, 70),
        y=HEIGHT / 2 + random.uniform(-50, 10),
        width=random.uniform(500, 620),
        turn=random.uniform(-9, 9),
        tilt_sideways=random.uniform(-14, 14),
        tilt_back=random.uniform(-14, 14),
    )
    aside = random.choice((-1, 1)) * random.uniform(120, 260)
    sway = random.uniform(0, tau)
    for step in range(round(COMING * fps)):
        yield _between(held, step / (COMING * fps), aside, sway, fps)
    for step in range(round(HELD * fps)):
        yield _between(held, 1.0, aside, sway + 5 * step / fps, fps)
    for step in range(1, round(LEAVING * fps) + 1):
        yield _between(held, 1 - step / (LEAVING * fps), aside, sway + 5 * HELD, fps)


def _between(held: Pose, nearness: float, aside: float, sway: float, fps: float) -> Pose:
    """The pose on the way: 0 is out of sight below, 1 is held before the camera."""
    eased = nearness * nearness * (3 - 2 * nearness)
    hurry = 6 * nearness * (1 - nearness)
    return Pose(
        x=held.x + aside * (1 - eased) + 5 * sin(sway),
        y=held.y + (HEIGHT + 60 - held.y) * (1 - eased) + 3 * sin(1.7 * sway),
        width=held.width * (0.62 + 0.38 * eased),
        turn=held.turn + 10 * (1 - eased) + 0.8 * sin(0.9 * sway),
        tilt_sideways=held.tilt_sideways + 1.5 * sin(1.3 * sway),
        tilt_back=held.tilt_back - 22 * (1 - eased),
        motion=hurry * 10 + 1.5 * abs(sin(sway)),
    )


def _once(play: Iterator[Shot], cards: int, fps: float) -> Iterator[Shot]:
    """The play until the last card has left, and a second of nobody."""
    latest, alone = None, 0
    for shot in play:
        latest, alone = (latest, alone + 1) if shot.card is None else (shot.card, 0)
        yield shot
        if latest == cards - 1 and alone >= fps:
            return


def _card_in(png: Path) -> np.ndarray:
    try:
        picture = picture_in(png)
    except CameraMissing as error:
        raise CameraSourceInvalid(str(error)) from error
    if picture is None:
        raise CameraSourceInvalid(f"{png.name} is not a picture of a card.")
    return picture


def _write_avi(path: Path, frames: Iterable[np.ndarray], fps: float) -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (WIDTH, HEIGHT))
    if not writer.isOpened():
        raise CameraSourceInvalid(f"The film {path} cannot be written.")
    try:
        for frame in frames:
            writer.write(frame)
    finally:
        writer.release()


def _jpeg(frame: np.ndarray) -> bytes:
    _, data = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return data.tobytes()
