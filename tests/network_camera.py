"""A network camera whose picture a test decides: `with network_camera() as camera: camera.show(wall_with(card))`."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import cv2
import numpy as np

EVERY = 0.1
"""Seconds from picture to picture."""
WALL = np.random.default_rng(1).normal(110, 6, (720, 1280, 3)).clip(0, 255).astype(np.uint8)
"""What the camera sees while nobody is there."""
CARD_WIDTH = 760


class NetworkCamera:
    """`address` is where a kiosk finds it; it shows the wall until told otherwise."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.show(WALL)

    def show(self, picture: np.ndarray) -> None:
        """From now on: BGR (h, w, 3)."""
        self.jpeg = cv2.imencode(".jpg", picture)[1].tobytes()


def wall_with(card: Path | np.ndarray, *, width: int = CARD_WIDTH, thumb: int = 0) -> np.ndarray:
    """A card held before the wall, `width` pixels wide. `thumb`: of how many pixels, on the middle."""
    picture = cv2.imread(str(card)) if isinstance(card, Path) else card
    assert picture is not None, card
    height = min(680, round(width * picture.shape[0] / picture.shape[1]))
    width = round(height * picture.shape[1] / picture.shape[0])
    held = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    top, left = (WALL.shape[0] - height) // 2, (WALL.shape[1] - width) // 2
    shown = WALL.copy()
    shown[top : top + height, left : left + width] = held
    if thumb:
        cv2.circle(shown, (WALL.shape[1] // 2, WALL.shape[0] // 2), thumb, (150, 170, 210), -1)
    return shown


@contextmanager
def network_camera() -> Iterator[NetworkCamera]:
    """Sends its picture ten times a second to whoever looks."""
    over = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            try:
                while not over.wait(EVERY):
                    jpeg = camera.jpeg
                    self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                    self.wfile.write(f"Content-Length: {len(jpeg)}\r\n\r\n".encode() + jpeg + b"\r\n")
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    camera = NetworkCamera(f"http://127.0.0.1:{server.server_port}/video")
    thread = Thread(target=server.serve_forever, args=(EVERY,))
    thread.start()
    try:
        yield camera
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
