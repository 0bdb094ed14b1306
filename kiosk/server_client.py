"""The server as a kiosk sees it: it answers in our JSON before the deadline, or it did not answer at all.

It refuses to take a captive portal, a proxy or half an answer for the server, and to wait longer than it was told.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

import httpx

from core import wire
from core.errors import TesseraError
from core.protocol import Answer, Ask, Heard, Pair, Paired, ReplicaPart, Tell, Unpair, Unpaired

log = logging.getLogger(__name__)
T = TypeVar("T")

TELL_DEADLINE = 20.0
NOES = ("application/json", "application/problem+json")
"""What a server calls its own errors: today's the first to kiosks, and one to come perhaps the second."""
LONGEST_ANSWER = 32_000_000
"""Bytes. A whole member list of a large venue is a tenth of it."""


class ServerUnreachable(Exception):
    """No answer of ours came in time. `status` is what somebody's HTTP said, if anybody said anything."""

    def __init__(self, why: str, status: int | None = None) -> None:
        super().__init__(why)
        self.status = status


class DeviceRejected(Exception):
    """The server itself says that this device may not ask. `code` says why, as in `core.errors`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def is_revoked(self) -> bool:
        return self.code == "device.revoked"


class ServerClient(Protocol):
    """What a desk needs of a server. Each raises ServerUnreachable or DeviceRejected."""

    def ask(self, ask: Ask) -> Answer: ...

    def tell(self, tell: Tell) -> Heard: ...

    def replica(self, since: int, mark: str) -> ReplicaPart: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody's HTTP said; whether it was our server is still to be found out."""

    status: int
    content_type: str
    body: bytes


class Exchange(Protocol):
    """Sends one request and waits for its whole reply, at most `deadline` seconds. Raises ServerUnreachable."""

    def __call__(self, verb: str, path: str, body: str | None, deadline: float) -> Reply: ...


class JsonServerClient:
    """The server in our JSON, over whatever carries a request. Anything that is not ours is no answer."""

    def __init__(self, exchange: Exchange, *, ask_deadline: float, tell_deadline: float = TELL_DEADLINE) -> None:
        self._exchange = exchange
        self._ask_deadline = ask_deadline
        self._tell_deadline = tell_deadline

    def ask(self, ask: Ask) -> Answer:
        answer = self._said(Answer, "POST", "/api/kiosk/ask", wire.to_json(ask), self._ask_deadline)
        if answer.attempt_id != ask.attempt.attempt_id:
            raise ServerUnreachable("The answer is about another attempt.", 200)
        return answer

    def tell(self, tell: Tell) -> Heard:
        return self._said(Heard, "POST", "/api/kiosk/tell", wire.to_json(tell), self._tell_deadline)

    def replica(self, since: int, mark: str) -> ReplicaPart:
        path = f"/api/kiosk/replica?since={since}&mark={quote(mark)}"
        return self._said(ReplicaPart, "GET", path, None, self._tell_deadline)

    def pair(self, pair: Pair) -> Paired:
        """Raises DeviceRejected for a code that is wrong, used or too old."""
        return self._said(Paired, "POST", "/api/kiosk/pair", wire.to_json(pair), self._tell_deadline)

    def unpair(self, token: str) -> Unpaired:
        """Give a token back that staff have not confirmed yet."""
        return self._said(Unpaired, "POST", "/api/kiosk/unpair", wire.to_json(Unpair(token=token)), self._tell_deadline)

    def said(self, kind: type[T], verb: str, path: str, body: str | None, deadline: float) -> T:
        """One question of those who have their own, in our JSON. Raises ServerUnreachable and DeviceRejected."""
        return self._said(kind, verb, path, body, deadline)

    def _said(self, kind: type[T], verb: str, path: str, body: str | None, deadline: float) -> T:
        reply = self._exchange(verb, path, body, deadline)
        called = reply.content_type.split(";")[0].strip().lower()
        if reply.status in (401, 403, 404, 409, 422) and called in NOES:
            _raise_if_rejected(reply)
        if reply.status != 200 or called != "application/json":
            raise ServerUnreachable(f"Somebody answered with {reply.status}, not with our JSON.", reply.status)
        try:
            return wire.from_json(kind, reply.body.decode("utf-8"))
        except (TesseraError, ValueError, RecursionError) as error:
            raise ServerUnreachable("The answer is not one of ours.", reply.status) from error


class HttpServerClient(JsonServerClient):
    """A server at an address such as `https://studio.example`. One may serve several threads.

    `token` is asked for each time, because pairing happens while the kiosk runs; `clock` gives monotonic seconds.
    """

    def __init__(
        self,
        address: str,
        token: Callable[[], str],
        *,
        clock: Callable[[], float],
        ask_deadline: float,
        tell_deadline: float = TELL_DEADLINE,
    ) -> None:
        super().__init__(self._reply_in_time, ask_deadline=ask_deadline, tell_deadline=tell_deadline)
        self._token = token
        self._clock = clock
        # Nothing from the environment: a proxy meant for something else must not stand between kiosk and server.
        self._http = httpx.Client(base_url=address.rstrip("/"), follow_redirects=False, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def _reply_in_time(self, verb: str, path: str, body: str | None, deadline: float) -> Reply:
        """The whole exchange in a thread of its own: looking up a name can hang for longer than any timeout says."""
        outcome: SimpleQueue[Reply | Exception] = SimpleQueue()
        ends_at = self._clock() + deadline

        def exchange() -> None:
            try:
                outcome.put(self._over_http(verb, path, body, deadline, ends_at))
            except Exception as error:
                outcome.put(error)

        Thread(target=exchange, name="server-exchange", daemon=True).start()
        try:
            reply = outcome.get(timeout=deadline)
        except Empty:
            raise ServerUnreachable(f"No answer within {deadline:g} s.") from None
        if isinstance(reply, ServerUnreachable):
            raise reply
        if isinstance(reply, Exception):
            raise ServerUnreachable(f"No answer: {type(reply).__name__}.") from reply
        return reply

    def _over_http(self, verb: str, path: str, body: str | None, deadline: float, ends_at: float) -> Reply:
        headers = {"Accept": "application/json"}
        if token := self._token():
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        with self._http.stream(verb, path, content=body, headers=headers, timeout=deadline) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LONGEST_ANSWER or self._clock() > ends_at:
                    raise ServerUnreachable("The answer is too long or too slow.", response.status_code)
            return Reply(response.status_code, response.headers.get("Content-Type", ""), bytes(content))


def _raise_if_rejected(reply: Reply) -> None:
    """Only our own error, with a code that is about devices or pairing, says anything about this device."""
    code = _error_code(reply.body)
    if code.startswith(("device.", "pairing.")):
        raise DeviceRejected(code)


def _error_code(body: bytes) -> str:
    try:
        told: Any = wire.parsed(body.decode("utf-8"))
        return str(told["error"]["code"])
    except (TesseraError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def own_health(port: int, deadline: float = 2.0) -> dict[str, object] | None:
    """What a kiosk that runs on this machine says at `/health`; None: nobody answers there, or it is no kiosk."""
    try:
        reply = httpx.get(f"http://127.0.0.1:{port}/health", timeout=deadline, trust_env=False)
        told = wire.parsed(reply.content)
    except (httpx.HTTPError, TesseraError):
        return None
    return told if reply.status_code == 200 and isinstance(told, dict) and "face" in told else None
