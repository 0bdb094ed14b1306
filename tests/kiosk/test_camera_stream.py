"""A network camera, for real: a small server sends pictures one after another, and they are read."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event, Thread
from time import monotonic

import cv2
import numpy as np
import pytest
import qrcode

from kiosk.camera.decoder import Decoder
from kiosk.camera.named import source_named
from kiosk.camera.sources import CameraMissing, StreamSource, Timing


def picture() -> bytes:
    code = qrcode.QRCode(border=4)
    code.add_data("ALICE")
    code.make()
    printed = np.where(np.kron(np.array(code.get_matrix()), np.ones((8, 8))) > 0, 25, 230).astype(np.uint8)
    frame = np.full((480, 640, 3), 90, np.uint8)
    frame[100 : 100 + len(printed), 200 : 200 + len(printed)] = printed[:, :, None]
    return cv2.imencode(".jpg", frame)[1].tobytes()


class NetworkCamera(BaseHTTPRequestHandler):
    """Sends the same picture twenty times a second, for as long as anybody looks."""

    over = Event()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        jpeg = picture()
        try:
            while not self.over.wait(0.05):
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(f"Content-Length: {len(jpeg)}\r\n\r\n".encode() + jpeg + b"\r\n")
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def address() -> Iterator[str]:
    NetworkCamera.over.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), NetworkCamera)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/video"
    NetworkCamera.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


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
