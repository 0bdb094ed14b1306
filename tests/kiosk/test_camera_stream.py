"""A network camera, for real: a small server sends pictures one after another, and they are read."""

from collections.abc import Iterator
from random import Random
from time import monotonic

import numpy as np
import pytest
import qrcode

from kiosk.camera.decoder import Decoder
from kiosk.camera.named import source_named
from kiosk.camera.sources import CameraMissing, StreamSource, Timing
from tests.network_camera import network_camera, wall_with


@pytest.fixture
def address() -> Iterator[str]:
    code = qrcode.QRCode(border=4)
    code.add_data("ALICE")
    code.make()
    printed = np.where(np.kron(np.array(code.get_matrix()), np.ones((8, 8))) > 0, 25, 230).astype(np.uint8)
    with network_camera() as camera:
        camera.show(wall_with(np.dstack([printed] * 3), width=len(printed)))
        yield camera.address


def timing() -> Timing:
    return Timing(clock=monotonic, sleep=lambda seconds: None)


def test_a_network_camera_is_read(address):
    source = source_named(address, timing(), random=Random(1))
    assert isinstance(source, StreamSource)
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    assert [code.text for code in Decoder().read(frame.image).codes] == ["ALICE"]
    assert source.read() is None


def test_a_network_camera_that_is_not_there_is_missing():
    with pytest.raises(CameraMissing, match=r"127\.0\.0\.1 does not answer\."):
        StreamSource("http://127.0.0.1:9/video", timing()).open()
