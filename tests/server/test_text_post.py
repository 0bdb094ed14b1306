"""Text messages through a real service on loopback, by way of apprise."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from core.errors import Invalid
from core.posting import Delivered, TextMessage, TryLater
from server.post.text import ApprisePost, text_post

MESSAGE = TextMessage(to="+4930123456", text="Kiln: Wheel begins at 18:00. https://kiln.example.org/my")


class Service(HTTPServer):
    """Answers with `status` and remembers what it was sent."""

    status = 200
    taken: list[tuple[str, dict[str, object]]]


class _Answers(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(("127.0.0.1", 0), _Answers)
    running.taken = []
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def test_a_message_goes_to_its_number_and_a_no_is_for_later(service: Service) -> None:
    post = ApprisePost(f"json://127.0.0.1:{service.server_port}/sms/{{to}}")
    assert post.send(MESSAGE) == Delivered()
    ((path, body),) = service.taken
    assert path.rstrip("/") == "/sms/+4930123456" or path.rstrip("/") == "/sms/%2B4930123456"
    assert body["message"] == MESSAGE.text
    service.status = 503
    assert isinstance(post.send(MESSAGE), TryLater)


@pytest.mark.parametrize("url", ["json://127.0.0.1/sms", "nobody-knows://{to}", "{to}"])
def test_a_setting_that_reaches_nobody_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        ApprisePost(url)
    assert refused.value.values == {"name": "TESSERA_SMS_URL", "given": "…"}


def test_without_a_setting_there_is_no_post() -> None:
    assert text_post("") is None
