"""The browser's own camera: frames from its page, one page at a time, and what is no picture does no harm."""

from io import BytesIO

import cv2
import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image

from kiosk.camera.browser import LARGEST_FRAME_BYTES, BrowserSource
from kiosk.camera.sources import CameraMissing, Timing
from kiosk.pages.filming import FRAMES, add_filming
from kiosk.pages.guard import OnlyThisMachine

HERE = {"host": "127.0.0.1:8090", "origin": "http://127.0.0.1:8090", "content-type": "image/jpeg", "x-page": "one"}


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(clock: Clock) -> BrowserSource:
    return BrowserSource(Timing(clock=clock, sleep=lambda seconds: None))


@pytest.fixture
def kiosk(source: BrowserSource) -> TestClient:
    app = FastAPI()
    app.add_middleware(OnlyThisMachine, hosts={"127.0.0.1:8090"})
    add_filming(app, source, largest=LARGEST_FRAME_BYTES)
    return TestClient(app)


def jpeg(grey: int, size: tuple[int, int] = (48, 64)) -> bytes:
    return cv2.imencode(".jpg", np.full((*size, 3), grey, np.uint8))[1].tobytes()


def test_the_newest_frame_is_seen_once_and_as_old_as_it_is(source, clock):
    assert source.put("one", jpeg(10)) and source.put("one", jpeg(200), age=0.04)
    frame = source.read()
    assert frame.image.shape == (48, 64, 3) and abs(int(frame.image[0, 0, 0]) - 200) < 4
    assert frame.seen_at == pytest.approx(99.96)
    assert source.read() is None


@pytest.mark.parametrize("age, seen_at", [(-5.0, 100.0), (1.0, 99.0), (3600.0, 99.0)])
def test_a_page_cannot_send_frames_from_the_future_or_from_long_ago(age, seen_at, source):
    source.put("one", jpeg(10), age=age)
    assert source.read().seen_at == seen_at


def test_one_page_films_at_a_time_and_another_takes_over_when_it_is_silent(source, clock):
    source.put("one", jpeg(10))
    source.read()
    clock.now += 1.9
    assert source.put("two", jpeg(20)) and source.read() is None
    clock.now += 0.1
    source.put("two", jpeg(20))
    assert source.read() is not None
    source.failed("one", "NotAllowedError")
    assert source.read() is None, "the page that films has no trouble"


def test_why_a_page_cannot_film_is_told_until_it_can(source):
    source.open()
    source.failed("one", "NotAllowedError")
    for ask in (source.read, source.open, source.open):
        with pytest.raises(CameraMissing, match="does not let this page"):
            ask()
    source.failed("one", "<script>")
    with pytest.raises(CameraMissing, match="gives no picture"):
        source.open()
    source.put("one", jpeg(10))
    source.open()
    source.put("one", jpeg(10))
    assert source.read() is not None


def bomb() -> bytes:
    """Claims a hundred million pixels in a few bytes."""
    small = bytearray(jpeg(10))
    at = small.index(b"\xff\xc0") + 5
    small[at : at + 4] = (10_000).to_bytes(2, "big") * 2
    return bytes(small)


def other_format() -> bytes:
    png = BytesIO()
    Image.new("RGB", (64, 48)).save(png, "PNG")
    return png.getvalue()


@pytest.mark.parametrize(
    "body",
    [b"", b"not a picture", b"\xff\xd8\xff\xe0", jpeg(10)[:50], bomb(), other_format()],
    ids=["empty", "text", "four bytes", "cut short", "claims too much", "another format"],
)
def test_what_is_no_frame_is_refused_and_does_no_harm(body, kiosk, source):
    assert kiosk.post(FRAMES, content=body, headers=HERE).status_code == 400
    assert source.read() is None
    assert kiosk.post(FRAMES, content=jpeg(90), headers={**HERE, "x-age-ms": "20"}).status_code == 204
    assert source.read().seen_at == pytest.approx(99.98)


def test_a_frame_is_at_most_two_megabytes(kiosk, source):
    assert kiosk.post(FRAMES, content=b"x" * (LARGEST_FRAME_BYTES + 1), headers=HERE).status_code == 413
    assert kiosk.post(FRAMES, content=b"x" * LARGEST_FRAME_BYTES, headers=HERE).status_code == 400
    assert source.read() is None


def test_no_other_page_can_show_the_kiosk_a_card(kiosk, source):
    for foreign in ({"origin": "http://evil.example"}, {"host": "evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert kiosk.post(FRAMES, content=jpeg(10), headers={**HERE, **foreign}).status_code == 403
    assert source.read() is None


def test_a_page_tells_that_it_has_no_camera(kiosk, source):
    assert kiosk.post(FRAMES, content="NotFoundError", headers={**HERE, "content-type": "text/plain"}).is_success
    with pytest.raises(CameraMissing, match="finds no camera"):
        source.read()
