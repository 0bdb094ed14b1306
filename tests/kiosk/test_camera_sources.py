"""Cameras by their names, and films that keep their own pace. The clock is the test's."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest

from kiosk.camera.browser import BrowserSource
from kiosk.camera.demo import DemoSource
from kiosk.camera.files import FileSource, picture_in
from kiosk.camera.named import source_named
from kiosk.camera.preview import preview_parts
from kiosk.camera.sources import (
    CameraMissing,
    CameraSourceInvalid,
    DeviceSource,
    NoSource,
    SourceEnded,
    StreamSource,
    Timing,
)


class Clock:
    """Time passes only when somebody sleeps, or the test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def timing(self) -> Timing:
        return Timing(clock=self, sleep=self.sleep)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Twenty frames at ten a second, each brighter than the one before."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(20):
        writer.write(np.full((48, 64, 3), 10 + 10 * number, np.uint8))
    writer.release()
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    cv2.imwrite(str(path), np.full((48, 64, 3), 77, np.uint8))
    return path


def named(text: str, clock: Clock, **more: object):
    return source_named(text, clock.timing, random=Random(1), **more)


def number_of(image: np.ndarray) -> int:
    return round((float(image.mean()) - 10) / 10)


@pytest.mark.parametrize(
    "text, kind",
    [
        ("0", DeviceSource),
        (" 2 ", DeviceSource),
        ("/dev/null", DeviceSource),
        ("rtsp://camera.example/stream", StreamSource),
        ("http://192.0.2.7:8080/video", StreamSource),
        ("none", NoSource),
        ("NONE", NoSource),
        ("browser", BrowserSource),
    ],
)
def test_a_camera_is_known_by_its_name(text, kind, clock):
    assert isinstance(named(text, clock), kind)


def test_files_and_cards_are_cameras_too(film, picture, clock):
    assert isinstance(named(str(film), clock), FileSource)
    assert isinstance(named(str(picture), clock), FileSource)
    assert isinstance(named("demo", clock, demo_cards=picture.parent), DemoSource)


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "No camera is named"),
        ("camera.avi", "There is no file camera.avi"),
        ("-1", "There is no file -1"),
        ("¹", "There is no file"),
        ("100", "not a camera number"),
        ("/dev/video99", "There is no device /dev/video99"),
        ("ftp://camera.example/", "starts with rtsp://"),
        ("rtsp://", "names a host"),
        ("http://[::1", "cannot be read"),
        ("demo", "needs a folder"),
        ("a\0b", "no file or device"),
        (".", "is not a file"),
    ],
)
def test_what_cannot_be_a_camera_is_told_in_a_sentence(text, says, clock):
    with pytest.raises(CameraSourceInvalid, match=says) as told:
        named(text, clock)
    assert str(told.value).endswith((".", "?"))


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"\0" * 50, b"RIFF\0\0\0\0AVI "]
)
def test_a_file_that_is_neither_picture_nor_film_is_told_in_a_sentence(content, tmp_path, clock):
    path = tmp_path / "thing.bin"
    path.write_bytes(content)
    with pytest.raises(CameraSourceInvalid, match=r"thing\.bin .*\.$"):
        named(str(path), clock)


def test_a_demo_without_cards_is_told_in_a_sentence(tmp_path, clock):
    with pytest.raises(CameraSourceInvalid, match="has no pictures of cards"):
        named("demo", clock, demo_cards=tmp_path)
    (tmp_path / "1.png").write_bytes(b"not a picture")
    with pytest.raises(CameraSourceInvalid, match=r"1\.png is not a picture of a card"):
        named("demo", clock, demo_cards=tmp_path)
    with pytest.raises(CameraSourceInvalid, match="There is no folder"):
        named("demo", clock, demo_cards=tmp_path / "gone")


def test_a_device_that_is_no_camera_is_missing_and_does_not_crash(clock):
    source = DeviceSource("/dev/null", clock.timing)
    with pytest.raises(CameraMissing, match="no camera at /dev/null"):
        source.open()
    assert source.read() is None
    source.close()


def test_the_password_of_a_stream_is_not_told(clock):
    source = StreamSource("http://user:secret@127.0.0.1:9/video", clock.timing)
    with pytest.raises(CameraMissing) as told:
        source.open()
    assert "secret" not in str(told.value) and "127.0.0.1" in str(told.value)


def test_no_camera_has_ended_before_it_began():
    with pytest.raises(SourceEnded):
        NoSource().open()


def test_a_film_is_paced_by_its_own_frame_rate(film, clock):
    source = FileSource(film, clock.timing)
    source.open()
    frames = [source.read() for _ in range(5)]
    assert [number_of(frame.image) for frame in frames] == [0, 1, 2, 3, 4]
    assert [frame.seen_at for frame in frames] == pytest.approx([100.0, 100.1, 100.2, 100.3, 100.4])


def test_a_late_reader_gets_the_frame_that_is_due(film, clock):
    source = FileSource(film, clock.timing)
    source.open()
    source.read()
    clock.now += 1.0
    assert number_of(source.read().image) == 10
    assert number_of(source.read().image) == 11


def test_a_looped_film_begins_anew_and_a_film_played_once_ends(film, clock):
    looped = FileSource(film, clock.timing, looped=True)
    looped.open()
    assert [number_of(looped.read().image) for _ in range(22)] == [*range(20), 0, 1]
    once = FileSource(film, clock.timing, looped=False)
    once.open()
    assert [number_of(once.read().image) for _ in range(20)] == [*range(20)]
    for ask in (once.read, once.read, once.open):
        with pytest.raises(SourceEnded):
            ask()


def test_a_picture_is_held_before_the_camera_ten_times_a_second(picture, clock):
    source = FileSource(picture, clock.timing)
    source.open()
    assert [source.read().seen_at for _ in range(3)] == pytest.approx([100.0, 100.1, 100.2])
    once = FileSource(picture, clock.timing, looped=False)
    once.open()
    assert once.read() is not None
    with pytest.raises(SourceEnded):
        once.read()


def test_a_file_that_vanished_is_missing(film, clock):
    source = FileSource(film, clock.timing)
    film.unlink()
    with pytest.raises(CameraMissing, match="is gone"):
        source.open()


def test_transparent_deep_and_grey_pictures_are_seen_as_on_white_paper(tmp_path):
    see_through = np.zeros((20, 20, 4), np.uint8)
    see_through[5:10, 5:10, 3] = 255
    deep = np.full((20, 20), 60000, np.uint16)
    for name, image in (("alpha", see_through), ("deep", deep), ("grey", np.full((20, 20), 200, np.uint8))):
        cv2.imwrite(str(tmp_path / f"{name}.png"), image)
    alpha = picture_in(tmp_path / "alpha.png")
    assert alpha.shape == (20, 20, 3) and alpha[0, 0, 0] == 255 and alpha[7, 7, 0] == 0
    assert picture_in(tmp_path / "deep.png")[0, 0, 0] == 233
    assert picture_in(tmp_path / "grey.png").shape == (20, 20, 3)


class Mirror:
    """A scanner as a preview sees it: a picture now and then, and stopped at some point."""

    def __init__(self, pictures: list[bytes | None]) -> None:
        self._pictures: Iterator[bytes | None] = iter(pictures)
        self.is_stopped = False

    def preview_jpeg(self) -> bytes | None:
        jpeg = next(self._pictures, b"over")
        self.is_stopped = jpeg == b"over"
        return None if self.is_stopped else jpeg


def test_the_preview_has_no_empty_part_and_ends_with_the_scanner():
    async def parts() -> list[bytes]:
        return [part async for part in preview_parts(Mirror([None, b"one", b"two"]))]

    one, two = asyncio.run(parts())
    assert one == b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n\r\none\r\n"
    assert two.endswith(b"\r\n\r\ntwo\r\n")
