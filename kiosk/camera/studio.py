"""The picture in front of the virtual camera: a pottery studio, and a hand that holds a card into it.

Everything is drawn here by code; the only picture that comes from outside is the card.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from kiosk.camera.sources import HEIGHT, WIDTH

CARD_WIDTH, CARD_HEIGHT = 506, 319
"""Pixels of a card in the texture: half of a 300 dpi print, so that the modules of its code stay whole pixels."""
MARGIN = 420
"""Pixels around the card in the texture, for the hand."""
LENS = 1100.0
"""Focal length in pixels: about 60 degrees across, as webcams have."""

WALL, WINDOW_WALL, GLASS, BOARD = (106, 88, 72), (124, 104, 86), (186, 166, 142), (82, 65, 50)
TERRACOTTA, CLAY, CREAM, BLUE = (96, 118, 168), (82, 100, 146), (158, 176, 188), (166, 134, 102)
TABLE, TABLE_EDGE = (74, 58, 46), (60, 46, 36)
SKIN, SKIN_LIGHT, NAIL, SLEEVE = (104, 144, 196), (122, 160, 210), (158, 184, 226), (62, 74, 132)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pose:
    """Where a card is held: its middle and width in frame pixels, its turn in the picture, its tilts; in degrees."""

    x: float
    y: float
    width: float
    turn: float = 0.0
    tilt_sideways: float = 0.0
    tilt_back: float = 0.0
    motion: float = 0.0
    """Pixels it moves while the shutter is open, sideways."""


class Studio:
    """The scene, drawn once, and any card in it."""

    @cached_property
    def empty(self) -> np.ndarray:
        """The studio with nobody in front of the camera: BGR, 720 rows, 1280 columns."""
        scene = np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
        _window(scene)
        _shelf(scene, top=228)
        _vase(scene, 628, 228, 48, 104, TERRACOTTA)
        _bowl(scene, 790, 228, 78, 52, CREAM)
        _jug(scene, 960, 228, 50, 88, BLUE)
        _vase(scene, 1130, 228, 40, 84, CREAM)
        _shelf(scene, top=432)
        _jug(scene, 640, 432, 40, 72, CREAM)
        _bowl(scene, 810, 432, 84, 46, BLUE)
        _vase(scene, 1010, 432, 60, 120, TERRACOTTA)
        _bowl(scene, 1170, 432, 62, 44, CLAY)
        cv2.rectangle(scene, (0, 560), (WIDTH, HEIGHT), TABLE, -1)
        cv2.rectangle(scene, (0, 560), (WIDTH, 574), TABLE_EDGE, -1)
        _vase(scene, 1040, 566, 74, 112, CLAY)
        cv2.rectangle(scene, (920, 560), (1160, 584), (120, 138, 150), -1)
        return _lit(cv2.GaussianBlur(scene, (0, 0), 3.2))

    def with_card(self, card: "CardInHand", pose: Pose) -> np.ndarray:
        """The studio with a hand that holds this card into the picture."""
        frame = self.empty.copy()
        homography = _homography(pose)
        height, width = card.colour.shape[:2]
        outline = np.array([[[0, 0]], [[width, 0]], [[width, height]], [[0, height]]], np.float32)
        box = cv2.perspectiveTransform(outline, homography)[:, 0]
        left, top = (int(v) for v in np.clip(np.floor(box.min(axis=0)), 0, (WIDTH, HEIGHT)))
        right, bottom = (int(v) for v in np.clip(np.ceil(box.max(axis=0)), 0, (WIDTH, HEIGHT)))
        if right - left < 2 or bottom - top < 2:
            return frame
        shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
        size = (right - left, bottom - top)
        # Colour and cover are warped together; the colour is already multiplied by the cover.
        seen = cv2.warpPerspective(card.colour, shift @ homography, size, flags=cv2.INTER_LINEAR)
        cover = cv2.warpPerspective(card.cover, shift @ homography, size, flags=cv2.INTER_LINEAR)
        if pose.motion >= 1:
            across = (int(pose.motion) + 1, 1)
            seen, cover = cv2.blur(seen, across), cv2.blur(cover, across)
        part = frame[top:bottom, left:right]
        part[:] = cv2.add(seen, cv2.multiply(part, cv2.merge([255 - cover] * 3), scale=1 / 255))
        return frame


class CardInHand:
    """A card's picture (BGR, any size with a card's proportions) as something that is held: colour and cover."""

    def __init__(self, card: np.ndarray) -> None:
        size = (CARD_WIDTH + 2 * MARGIN, CARD_HEIGHT + 2 * MARGIN)
        colour = np.zeros((size[1], size[0], 3), np.uint8)
        cover = np.zeros((size[1], size[0]), np.uint8)
        for outline, shade in _hand_behind():
            _paint(colour, cover, outline, shade)
        face = cv2.resize(card, (CARD_WIDTH, CARD_HEIGHT), interpolation=cv2.INTER_AREA)
        # White paper in a room is not as white as the white of a screen.
        face = cv2.convertScaleAbs(face, alpha=0.84, beta=6)
        shape = _rounded(CARD_WIDTH, CARD_HEIGHT, 19)
        area = (slice(MARGIN, MARGIN + CARD_HEIGHT), slice(MARGIN, MARGIN + CARD_WIDTH))
        part = cv2.merge([shape] * 3)
        colour[area] = cv2.add(
            cv2.multiply(face, part, scale=1 / 255), cv2.multiply(colour[area], 255 - part, scale=1 / 255)
        )
        cover[area] = cv2.max(cover[area], shape)
        for outline, shade in _hand_in_front():
            _paint(colour, cover, outline, shade)
        self.colour, self.cover = colour, cover


def _homography(pose: Pose) -> np.ndarray:
    turn, sideways, back = np.deg2rad([pose.turn, pose.tilt_sideways, pose.tilt_back])
    about_z = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(sideways), 0, np.sin(sideways)], [0, 1, 0], [-np.sin(sideways), 0, np.cos(sideways)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(back), -np.sin(back)], [0, np.sin(back), np.cos(back)]])
    rotation = about_z @ about_y @ about_x
    scale = pose.width / CARD_WIDTH
    centred = np.array(
        [[scale, 0, -scale * (MARGIN + CARD_WIDTH / 2)], [0, scale, -scale * (MARGIN + CARD_HEIGHT / 2)], [0, 0, 1.0]]
    )
    placed = np.column_stack([rotation[:, 0], rotation[:, 1], [0, 0, LENS]])
    camera = np.array([[LENS, 0, pose.x], [0, LENS, pose.y], [0, 0, 1.0]])
    homography = camera @ placed @ centred
    return np.asarray(homography / homography[2, 2])


def _hand_behind() -> list[tuple[list[tuple[float, float]], tuple[int, int, int]]]:
    """Sleeve, palm and the fingers behind the card, in pixels from the card's top left."""
    return [
        ([(330, 640), (590, 640), (700, 900), (320, 900)], SLEEVE),
        ([(352, 270), (420, 236), (520, 250), (590, 330), (600, 450), (580, 660), (350, 660), (318, 470)], SKIN),
        ([(306, 300), (322, 272), (350, 262), (386, 300), (390, 430), (330, 440), (306, 390)], SKIN),
    ]


def _hand_in_front() -> list[tuple[list[tuple[float, float]], tuple[int, int, int]]]:
    """The thumb, over the card's lower right where no code is."""
    return [
        (
            [
                (592, 470),
                (560, 380),
                (520, 318),
                (470, 262),
                (430, 236),
                (404, 244),
                (404, 270),
                (446, 322),
                (480, 400),
                (500, 500),
            ],
            SKIN_LIGHT,
        ),
        ([(412, 246), (428, 242), (450, 258), (458, 274), (446, 280), (424, 268)], NAIL),
    ]


def _paint(
    colour: np.ndarray, cover: np.ndarray, outline: list[tuple[float, float]], shade: tuple[int, int, int]
) -> None:
    points = (_smooth(np.array(outline, float) + MARGIN) * 8).round().astype(np.int32)
    cv2.fillPoly(colour, [points], shade, cv2.LINE_AA, shift=3)
    cv2.fillPoly(cover, [points], 255, cv2.LINE_AA, shift=3)


def _smooth(corners: np.ndarray) -> np.ndarray:
    """A closed curve through the corners (Catmull-Rom)."""
    before, here, after, beyond = (np.roll(corners, shift, axis=0) for shift in (1, 0, -1, -2))
    steps = np.linspace(0, 1, 12, endpoint=False)[None, :, None]
    a, b, c, d = (points[:, None, :] for points in (before, here, after, beyond))
    curve = 0.5 * (
        2 * b + (c - a) * steps + (2 * a - 5 * b + 4 * c - d) * steps**2 + (3 * b - a - 3 * c + d) * steps**3
    )
    return np.asarray(curve.reshape(-1, 2))


def _rounded(width: int, height: int, radius: int) -> np.ndarray:
    shape = np.zeros((height, width), np.uint8)
    cv2.rectangle(shape, (radius, 0), (width - radius - 1, height), 255, -1)
    cv2.rectangle(shape, (0, radius), (width, height - radius - 1), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(shape, (x, y), radius, 255, -1, cv2.LINE_AA)
    return shape


def _window(scene: np.ndarray) -> None:
    cv2.rectangle(scene, (0, 0), (430, 470), WINDOW_WALL, -1)
    for left, top in ((60, 24), (226, 24), (60, 236), (226, 236)):
        cv2.rectangle(scene, (left, top), (left + 146, top + 190), GLASS, -1)


def _shelf(scene: np.ndarray, *, top: int) -> None:
    cv2.rectangle(scene, (530, top), (WIDTH, top + 16), BOARD, -1)


def _vase(scene: np.ndarray, x: int, foot: int, half: int, height: int, shade: tuple[int, int, int]) -> None:
    profile = [(0.5, 0.0), (0.95, 0.32), (0.95, 0.5), (0.5, 0.78), (0.42, 0.88), (0.55, 1.0)]
    _turned(scene, x, foot, half, height, shade, profile)


def _bowl(scene: np.ndarray, x: int, foot: int, half: int, height: int, shade: tuple[int, int, int]) -> None:
    _turned(scene, x, foot, half, height, shade, [(0.4, 0.0), (0.75, 0.3), (0.95, 0.7), (1.0, 1.0)])


def _jug(scene: np.ndarray, x: int, foot: int, half: int, height: int, shade: tuple[int, int, int]) -> None:
    _turned(scene, x, foot, half, height, shade, [(1.0, 0.0), (0.9, 0.4), (0.8, 0.8), (0.74, 1.0)])


def _turned(
    scene: np.ndarray, x: int, foot: int, half: int, height: int, shade: tuple[int, int, int],
    profile: list[tuple[float, float]],
) -> None:  # fmt: skip
    """A pot from its profile: how wide, at which height, from its foot up."""
    at = np.interp(np.linspace(0, 1, 24), [up for _, up in profile], [out for out, _ in profile]) * half
    up = foot - np.linspace(0, 1, 24) * height
    outline = np.concatenate([np.column_stack([x - at, up]), np.column_stack([x + at, up])[::-1]])
    cv2.fillPoly(scene, [outline.round().astype(np.int32)], shade, cv2.LINE_AA)
    darker = tuple(int(c * 0.86) for c in shade)
    right = np.concatenate([np.column_stack([x + at * 0.35, up]), np.column_stack([x + at, up])[::-1]])
    cv2.fillPoly(scene, [right.round().astype(np.int32)], darker, cv2.LINE_AA)


def _lit(scene: np.ndarray) -> np.ndarray:
    """Light from the window, less of it to the right and below."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    light = 1.16 - 0.34 * (across / WIDTH) - 0.16 * (down / HEIGHT)
    glow = 0.22 * np.exp(-(((across - 220) / 420) ** 2 + ((down - 220) / 300) ** 2))
    lit: np.ndarray = np.clip(scene * (light + glow)[:, :, None], 0, 255).astype(np.uint8)
    return lit
