"""What the decoder reads in pictures of codes: as printed, turned, tilted, dark, inverted, small, and not at all."""

import cv2
import numpy as np
import pytest
import qrcode
import zxingcpp

from kiosk.camera.decoder import Decoder
from kiosk.camera.reading import Hint, Reading, middle_of, side_of

CODE = "T1ALICEALICEALICEALICEALICEAB"


def picture_of(text: str | bytes, *, module: int = 6, paper: int = 230, ink: int = 25) -> np.ndarray:
    """A 720p frame, grey wall, with the code on white paper in its middle."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    code.make()
    dark = np.array(code.get_matrix(), np.uint8)
    printed = np.where(np.kron(dark, np.ones((module, module), np.uint8)) > 0, ink, paper).astype(np.uint8)
    frame = np.full((720, 1280), 90, np.uint8)
    height, width = printed.shape
    top, left = (720 - height) // 2, (1280 - width) // 2
    frame[top : top + height, left : left + width] = printed
    return frame


def texts(reading: Reading) -> list[str]:
    return [code.text for code in reading.codes]


def blurred(frame: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(frame, (0, 0), sigma)


def turned(frame: np.ndarray, degrees: float) -> np.ndarray:
    matrix = cv2.getRotationMatrix2D((640, 360), degrees, 1)
    return cv2.warpAffine(frame, matrix, (1280, 720), borderValue=90)


def tilted(frame: np.ndarray) -> np.ndarray:
    before = np.array([[540, 260], [740, 260], [740, 460], [540, 460]], np.float32)
    after = np.array([[560, 280], [720, 250], [720, 470], [560, 440]], np.float32)
    return cv2.warpPerspective(frame, cv2.getPerspectiveTransform(before, after), (1280, 720), borderValue=90)


def in_the_dark(frame: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(1).normal(0, 2, frame.shape)
    return np.clip(frame * 0.12 + noise, 0, 255).astype(np.uint8)


def half_in_shadow(frame: np.ndarray) -> np.ndarray:
    light = np.linspace(1.1, 0.15, frame.shape[1])[None, :]
    return np.clip(frame * light, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(lambda frame: frame, id="as printed"),
        pytest.param(lambda frame: cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR), id="in colour"),
        pytest.param(lambda frame: turned(frame, 37), id="turned"),
        pytest.param(lambda frame: turned(frame, 180), id="upside down"),
        pytest.param(tilted, id="tilted"),
        pytest.param(in_the_dark, id="in the dark"),
        pytest.param(half_in_shadow, id="half in shadow"),
        pytest.param(lambda frame: 255 - frame, id="light on dark"),
        pytest.param(lambda frame: blurred(frame, 2.5), id="out of focus"),
    ],
)
def test_a_card_is_read_however_it_is_held(seen):
    reading = Decoder().read(seen(picture_of(CODE)))
    assert texts(reading) == [CODE]
    assert [code.payload for code in reading.codes] == [CODE.encode()]
    assert reading.candidates == ()


def test_a_code_of_two_pixels_a_module_is_read():
    assert texts(Decoder().read(picture_of(CODE, module=2))) == [CODE]


def test_corners_are_in_frame_pixels_and_follow_the_code_round():
    upright = Decoder().read(picture_of(CODE)).codes[0].corners
    assert middle_of(upright) == pytest.approx((640, 360), abs=3)
    assert side_of(upright) == pytest.approx(25 * 6, abs=6)
    assert upright[0][0] < upright[1][0] and upright[0][1] < upright[3][1]
    over = Decoder().read(turned(picture_of(CODE), 180)).codes[0].corners
    assert over[0][0] > over[1][0] and over[0][1] > over[3][1]


def test_corners_in_a_large_photograph_are_in_its_own_pixels():
    small = picture_of(CODE)
    large = cv2.resize(small, None, fx=3, fy=3, interpolation=cv2.INTER_NEAREST)
    corners = Decoder().read(large).codes[0].corners
    assert middle_of(corners) == pytest.approx((1920, 1080), abs=9)
    assert side_of(corners) == pytest.approx(25 * 6 * 3, abs=18)


def test_two_cards_side_by_side_are_two_codes():
    frame = picture_of(CODE)
    frame = np.hstack([frame[:, 400:880], picture_of("ANOTHER CARD ALTOGETHER")[:, 400:880]])
    assert sorted(texts(Decoder().read(frame))) == sorted([CODE, "ANOTHER CARD ALTOGETHER"])


def test_a_wall_of_squares_stripes_and_noise_is_no_code():
    numbers = np.random.default_rng(7)
    squares = np.kron(numbers.integers(0, 2, (45, 80), np.uint8), np.full((16, 16), 255, np.uint8))
    stripes = np.tile(np.repeat(np.array([0, 255], np.uint8), 8), 80)[None, :].repeat(720, axis=0)
    noise = numbers.integers(0, 256, (720, 1280)).astype(np.uint8)
    for frame in (squares, stripes, noise, np.zeros((720, 1280), np.uint8)):
        assert Decoder().read(frame, thorough=True).codes == ()


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (15, 4000), (16, 16), (17, 17, 3), (3, 1280, 3)])
def test_a_frame_of_any_size_is_looked_at(shape):
    assert Decoder().read(np.zeros(shape, np.uint8), thorough=True) == Reading()


def through_a_bad_lens(frame: np.ndarray, radius: int) -> np.ndarray:
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)).astype(float)
    return cv2.filter2D(frame, -1, disk / disk.sum())


def stained(frame: np.ndarray) -> np.ndarray:
    """More ink over the code's middle than its error correction makes good."""
    spoilt = frame.copy()
    spoilt[350:374, 630:654] = 25
    return spoilt


def veiled(frame: np.ndarray) -> np.ndarray:
    """A lamp mirrored in the card's lower half: its centre is white, around it contrast is pressed together."""
    down, across = np.mgrid[0:720, 0:1280].astype(np.float32)
    far = ((across - 665) ** 2 + (down - 375) ** 2) / 62**2
    return np.clip(frame + 900 * np.exp(-3 * far) + 40 * np.exp(-0.3 * far), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "frame, hint",
    [
        pytest.param(lambda: through_a_bad_lens(picture_of(CODE, module=8), 7), Hint.HOLD_STILL, id="not sharp"),
        pytest.param(lambda: veiled(picture_of(CODE)), Hint.TILT_OUT_OF_LIGHT, id="a lamp in it"),
        pytest.param(lambda: blurred(stained(picture_of(CODE, module=2)), 0.6), Hint.CLOSER, id="far away"),
    ],
)
def test_a_code_that_is_only_seen_comes_with_what_would_help(frame, hint):
    reading = Decoder().read(frame())
    assert reading.codes == ()
    assert len(reading.candidates) == 1
    assert middle_of(reading.candidates[0]) == pytest.approx((640, 360), abs=25)
    assert reading.hint is hint


def test_a_thorough_look_reads_what_a_quick_one_only_sees():
    frame = blurred(picture_of(CODE, module=2), 1.2)
    assert texts(Decoder().read(frame)) == []
    assert texts(Decoder().read(frame, thorough=True)) == [CODE]


def test_micro_qr_and_other_symbols_are_not_cards():
    for kind in (zxingcpp.BarcodeFormat.MicroQRCode, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Code128):
        symbol = np.array(zxingcpp.create_barcode("12345", kind).to_image(scale=6))
        frame = np.full((720, 1280), 255, np.uint8)
        frame[200 : 200 + symbol.shape[0], 200 : 200 + symbol.shape[1]] = symbol
        assert Decoder().read(frame, thorough=True).codes == ()


def under_a_finger(frame: np.ndarray, corner: tuple[int, int], radius: int = 52) -> np.ndarray:
    """Skin, a little darker than paper, over one corner of the code and what is near it."""
    covered = frame.copy()
    cv2.circle(covered, corner, radius, 120, -1)
    return blurred(covered, 0.8)


LEFT_TOP, RIGHT_TOP, LEFT_BOTTOM = (565, 285), (715, 285), (565, 435)


@pytest.mark.parametrize("corner", [LEFT_TOP, RIGHT_TOP, LEFT_BOTTOM], ids=["left top", "right top", "left bottom"])
@pytest.mark.parametrize("seen", [pytest.param(lambda frame: frame, id="straight"), pytest.param(tilted, id="tilted")])
def test_a_finger_on_a_corner_square_hides_nothing_that_is_needed(seen, corner):
    frame = under_a_finger(seen(picture_of(CODE)), corner, 42)
    assert zxingcpp.read_barcodes(frame) == []
    reading = Decoder().read(frame, thorough=True)
    assert texts(reading) == [CODE]
    assert middle_of(reading.codes[0].corners) == pytest.approx((640, 360), abs=8)
    assert side_of(reading.codes[0].corners) == pytest.approx(25 * 6, abs=22)


def test_a_hand_over_half_of_the_code_hides_it():
    frame = under_a_finger(picture_of(CODE), LEFT_TOP, 110)
    assert texts(Decoder().read(frame, thorough=True)) == []


def test_two_corner_squares_with_nothing_between_them_are_no_code():
    frame = np.full((720, 1280), 200, np.uint8)
    for left in (400, 550):
        for inset, shade in ((0, 20), (6, 220), (12, 20)):
            frame[300 + inset : 342 - inset, left + inset : left + 42 - inset] = shade
    reading = Decoder().read(frame, thorough=True)
    assert reading.codes == ()
