"""The line between kiosk and server, for a demo and tests: it carries bytes, and breaks in every way a network does.

It knows nothing of what it carries beyond where an HTTP request ends, and changes nothing on the way.
"""

import contextlib
import select
import socket
import struct
from enum import Enum
from threading import Event, Lock, Thread

PATIENCE = 30.0
"""Seconds that a connection may lie silent."""
A_PORTAL = b"<!doctype html><title>Free WiFi</title><h1>Welcome! Accept the terms to go online.</h1>"


class Weather(Enum):
    """How the line is."""

    WELL = "well"
    PULLED = "nothing gets through"
    HANGS = "connections open and nobody answers"
    DROPS = "the server hears, and its answer is lost"
    HALVES = "the server hears, and half of its answer arrives"
    PORTAL = "a captive portal answers everything with its own page"
    GATEWAY = "a proxy answers 502"
    CROWDED = "a proxy answers 429"


_SAID_BY_OTHERS = {Weather.PORTAL: b"200 OK", Weather.GATEWAY: b"502 Bad Gateway", Weather.CROWDED: b"429 Slow Down"}


class Line:
    """Listens on a port of this machine (`port`) and leads to another one, until `end`."""

    def __init__(self, leads_to: int) -> None:
        self._leads_to = leads_to
        self._weather = Weather.WELL
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._ended = Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._listen, name="line", daemon=True).start()

    @property
    def weather(self) -> Weather:
        return self._weather

    def become(self, weather: Weather) -> None:
        """From now on; what is under way is cut off."""
        with self._lock:
            self._weather, cut = weather, list(self._open)
        for one in cut:
            _reset(one)

    def end(self) -> None:
        self._ended.set()
        self.become(Weather.PULLED)
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            Thread(target=self._carry, args=(near,), name="line-carries", daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        near.settimeout(PATIENCE)
        with self._lock:
            self._open.add(near)
            weather = self._weather
        try:
            self._as_it_is(weather, near)
        except OSError:
            pass  # cut off at one end or the other: so is this connection
        finally:
            with self._lock:
                self._open.discard(near)
            _reset(near)

    def _as_it_is(self, weather: Weather, near: socket.socket) -> None:
        if weather is Weather.PULLED:
            return
        if weather is Weather.HANGS:
            self._wait_for_the_end(near)
        elif weather in _SAID_BY_OTHERS:
            _request(near)
            near.sendall(_reply(_SAID_BY_OTHERS[weather]))
            near.shutdown(socket.SHUT_WR)
            self._wait_for_the_end(near)
        else:
            with socket.create_connection(("127.0.0.1", self._leads_to), PATIENCE) as far:
                if weather is Weather.WELL:
                    _both_ways(near, far)
                    return
                far.sendall(_request(near))
                answer = far.recv(65536)
                if weather is Weather.HALVES:
                    near.sendall(answer[: len(answer) // 2])

    def _wait_for_the_end(self, near: socket.socket) -> None:
        while near.recv(65536):
            pass


def _both_ways(near: socket.socket, far: socket.socket) -> None:
    other = {near: far, far: near}
    while True:
        readable, _, _ = select.select([near, far], [], [], PATIENCE)
        if not readable:
            return
        for one in readable:
            if not (content := one.recv(65536)):
                return
            other[one].sendall(content)


def _request(near: socket.socket) -> bytes:
    """One whole HTTP request."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += _more(near)
    head, _, body = said.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body) if lengths else 0
    while missing > 0:
        more = _more(near)
        said, missing = said + more, missing - len(more)
    return said


def _more(near: socket.socket) -> bytes:
    if not (content := near.recv(65536)):
        raise ConnectionResetError("the kiosk hung up")
    return content


def _reply(status: bytes) -> bytes:
    length = str(len(A_PORTAL)).encode()
    return b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\nContent-Length: " + length + b"\r\n\r\n" + A_PORTAL


def _reset(one: socket.socket) -> None:
    """As a cable does it: without a goodbye."""
    with contextlib.suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.shutdown(socket.SHUT_RDWR)
    one.close()
