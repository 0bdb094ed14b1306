"""What counts as the server's answer: our JSON, in time, about this attempt. Everything else is no answer at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import monotonic

import pytest

from core import wire
from core.decisions import Refused
from core.protocol import Answer, Ask, Attempt, Unpaired
from core.refusals import RefusalReason as R
from kiosk.server_client import DeviceRejected, HttpServerClient, ServerUnreachable
from tests.kiosk.at_the_desk import SIX_PM

ATTEMPT = Attempt(attempt_id="a1", device_id="door-1", epoch="e", seq=1, t_mono=1, boot="b", t_wall=2)
ANSWER = wire.to_json(Answer(attempt_id="a1", decision=Refused(reason=R.NO_PASS), server_at=SIX_PM))
JSON = "application/json"


@contextmanager
def answering(
    status: int, body: str, content_type: str = JSON, *, headers: tuple[tuple[str, str], ...] = (), short_by: int = 0,
    is_slow: bool = False,
) -> Iterator[tuple[HttpServerClient, list[str]]]:  # fmt: skip
    """A client whose server always says the same; and what was asked with."""
    asked: list[str] = []
    never = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.headers["Authorization"])
            self.rfile.read(int(self.headers["Content-Length"]))
            if is_slow:
                never.wait(5)
            content = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[: len(content) - short_by])
            if short_by:
                self.wfile.flush()
                self.connection.close()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    client = HttpServerClient(
        f"http://127.0.0.1:{server.server_port}/", lambda: "secret", clock=monotonic,
        ask_deadline=0.3 if is_slow else 5.0,
    )  # fmt: skip
    try:
        yield client, asked
    finally:
        never.set()
        client.close()
        server.shutdown()
        server.server_close()


def test_our_answer_is_taken() -> None:
    with answering(200, ANSWER) as (client, asked):
        assert client.ask(Ask(attempt=ATTEMPT)).decision == Refused(reason=R.NO_PASS)
        assert asked == ["Bearer secret"]


@pytest.mark.parametrize(
    "status, body, content_type",
    [
        (200, "<html>Welcome to Hotel Wi-Fi. Please accept.</html>", "text/html"),
        (200, ANSWER, "text/html"),
        (200, "<html>", JSON),
        (200, "", JSON),
        (200, "null", JSON),
        (200, "[]", JSON),
        (200, '{"attempt_id": "a1"}', JSON),
        (200, ANSWER.replace("a1", "a2"), JSON),
        (200, "[" * 100_000, JSON),
        (204, "", JSON),
        (302, ANSWER, JSON),
        (401, "who are you", "text/plain"),
        (403, "<html>forbidden by the firewall</html>", "text/html"),
        (403, '{"error": "forbidden"}', JSON),
        (403, '{"error": {"code": "proxy.closed"}}', JSON),
        (404, "not found", "text/plain"),
        (404, '{"detail": "Not Found"}', JSON),
        (413, "too large", "text/plain"),
        (429, '{"error": {"code": "too_many"}}', JSON),
        (500, '{"error": {"code": "failure"}}', JSON),
        (502, "bad gateway", "text/html"),
        (503, ANSWER, JSON),
    ],
)
def test_whatever_else_is_said_is_no_answer(status: int, body: str, content_type: str) -> None:
    headers = (("Location", "http://127.0.0.1:9/portal"),) if status == 302 else ()
    with answering(status, body, content_type, headers=headers) as (client, _), pytest.raises(ServerUnreachable) as no:
        client.ask(Ask(attempt=ATTEMPT))
    assert no.value.status == status


def test_half_an_answer_is_no_answer() -> None:
    with answering(200, ANSWER, short_by=10) as (client, _), pytest.raises(ServerUnreachable):
        client.ask(Ask(attempt=ATTEMPT))


def test_an_answer_after_the_deadline_is_no_answer() -> None:
    with answering(200, ANSWER, is_slow=True) as (client, _), pytest.raises(ServerUnreachable):
        client.ask(Ask(attempt=ATTEMPT))


def test_nobody_listening_is_no_answer() -> None:
    with answering(200, ANSWER) as (client, _):
        pass
    client = HttpServerClient("http://127.0.0.1:1", lambda: "", clock=monotonic, ask_deadline=5.0)
    with pytest.raises(ServerUnreachable):
        client.ask(Ask(attempt=ATTEMPT))


def test_a_promise_is_given_back_by_its_token() -> None:
    with answering(200, '{"was_waiting": true}') as (client, said):
        assert client.unpair("t1") == Unpaired(was_waiting=True)
    assert said, "the server was asked"


@pytest.mark.parametrize("code, is_revoked", [("device.revoked", True), ("device.unknown", False)])
def test_the_server_itself_may_say_that_this_device_is_nobody(code: str, is_revoked: bool) -> None:
    body = f'{{"error": {{"code": "{code}"}}}}'
    with answering(401, body) as (client, _), pytest.raises(DeviceRejected) as no:
        client.ask(Ask(attempt=ATTEMPT))
    assert no.value.is_revoked is is_revoked
