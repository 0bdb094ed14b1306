"""A real HTTP server on loopback that receives webhooks, well behaved or hostile as a test wants."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are given in turn, the last again and again: a status, or a way to behave."""

    port: int
    answers: list[int | Behaviour] = field(default_factory=lambda: [200])
    received: list[Received] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def next_answer(self) -> int | Behaviour:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def listening(*answers: int | Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """It listens until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            heard = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, heard, body))
            answer = receiver.next_answer()
            if callable(answer):
                answer(self)
                return
            self.send_response(answer)
            self.send_header("content-length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Nothing: a test looks at what was received."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever sends hangs up on hostile answers; that is what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(port=server.server_address[1], answers=list(answers or (200,)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
