"""The virtual camera shows every card in turn, so that the real decoder reads it."""

from itertools import groupby, islice
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest
import qrcode

from core import cards
from kiosk.camera.decoder import Decoder
from kiosk.camera.demo import DemoSource, film, shots, write_film
from kiosk.camera.files import film_in
from kiosk.camera.sources import CameraSourceInvalid, Timing

FPS = 15.0


def card(number: int) -> np.ndarray:
    """A card as it is printed: 1012 x 638 pixels, the code in its middle third, 12 pixels a module."""
    code = qrcode.QRCode(version=2, error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0)
    code.add_data(code_of(number))
    code.make(fit=False)
    dark = np.kron(np.array(code.get_matrix(), np.uint8), np.ones((12, 12), np.uint8))
    face = np.full((638, 1012, 3), 250, np.uint8)
    face[:, :250] = (61, 85, 200)
    face[169:469, 356:656][dark > 0] = 20
    return face


def code_of(number: int) -> str:
    return cards.new_code(Random(number).getrandbits).text


@pytest.fixture(scope="module")
def card_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("cards")
    paths = [folder / f"{number}.png" for number in (1, 2)]
    for path in paths:
        cv2.imwrite(str(path), card(int(path.stem)))
    return paths


def test_each_card_comes_in_turn_is_held_and_leaves_a_pause():
    play = [(shot.card, len(list(run))) for shot, run in groupby(islice(shots(3, Random(4), fps=FPS), 1200), key=_who)]
    assert [who for who, _ in play[:9]] == [None, 0, None, 1, None, 2, None, 0, None]
    assert all(frames >= 1.5 * FPS for who, frames in play[1:-1] if who is not None)
    assert all(2.0 * FPS <= frames <= 3.0 * FPS for who, frames in play[1:-1] if who is None)


def _who(shot):
    return type(shot)(shot.card)


def test_each_card_that_is_held_is_really_read_and_nothing_else_is():
    decoder, seen = Decoder(), []
    for frame in islice(film([card(1), card(2)], Random(5), fps=FPS), 170):
        seen.append(tuple(code.text for code in decoder.read(frame).codes))
    runs = [(codes, len(list(run))) for codes, run in groupby(seen)]
    assert [codes for codes, _ in runs] == [(), (code_of(1),), (), (code_of(2),), ()]
    assert all(frames >= 1.2 * FPS for codes, frames in runs if codes)


def test_the_same_seed_is_the_same_play_and_another_is_not():
    def some(seed: int) -> list[np.ndarray]:
        return list(islice(film([card(1)], Random(seed), fps=FPS), 24, 27))

    assert all(np.array_equal(one, two) for one, two in zip(some(9), some(9), strict=True))
    assert not any(np.array_equal(one, two) for one, two in zip(some(9), some(8), strict=True))


def test_frames_come_at_their_pace_and_a_sleeping_computer_misses_nothing():
    now = 50.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    source = DemoSource([card(1)], Random(1), Timing(clock=lambda: now, sleep=sleep), fps=10)
    assert source.read() is None
    source.open()
    assert [source.read().seen_at for _ in range(3)] == pytest.approx([50.0, 50.1, 50.2])
    now += 3600
    assert source.read().seen_at == pytest.approx(3650.2)
    assert source.read().seen_at == pytest.approx(3650.3)


def codes_in_film(path: Path) -> list[str]:
    decoder, found, reader = Decoder(), {}, film_in(path)
    while True:
        came, frame = reader.read()
        if not came:
            return list(found)
        assert frame.shape == (720, 1280, 3)
        found.update(dict.fromkeys(code.text for code in decoder.read(frame).codes))


@pytest.mark.parametrize("name", ["play.avi", "play.mjpeg"])
def test_a_film_of_cards_shows_each_once(name, card_files, tmp_path):
    length = write_film(tmp_path / name, card_files, random=Random(6), fps=8)
    assert codes_in_film(tmp_path / name) == [code_of(1), code_of(2)]
    assert length < 8 * 14


def test_a_film_for_a_browser_is_jpegs_one_after_another(card_files, tmp_path):
    assert write_film(tmp_path / "play.mjpeg", card_files, random=Random(6), fps=10, seconds=0.5) == 5
    data = (tmp_path / "play.mjpeg").read_bytes()
    assert data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9")
    assert data.count(b"\xff\xd9\xff\xd8") == 4


def test_a_film_with_another_ending_or_without_cards_is_refused(card_files, tmp_path):
    with pytest.raises(CameraSourceInvalid, match=r"ends in \.avi or \.mjpeg"):
        write_film(tmp_path / "play.mp4", card_files, random=Random(6), seconds=1)
    with pytest.raises(CameraSourceInvalid, match="at least one card"):
        write_film(tmp_path / "play.avi", [], random=Random(6))
    with pytest.raises(CameraSourceInvalid, match=r"nobody\.png"):
        write_film(tmp_path / "play.avi", [tmp_path / "nobody.png"], random=Random(6))
