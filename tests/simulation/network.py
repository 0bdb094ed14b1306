"""What lies between kiosk and server: it loses, doubles, delays, reorders, cuts short, answers in others' names."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from kiosk.server_client import Reply, ServerUnreachable
from tests.simulation.faults import Stopped

JSON = "application/json"
PORTAL = b"<html><body>Welcome to Cafe WiFi. Please accept our terms.</body></html>"


class Net(StrEnum):
    """What can become of one exchange."""

    FINE = "fine"
    LOST_REQUEST = "request lost"
    LOST_ANSWER = "answer lost"
    DOUBLED = "request doubled"
    LATE = "request arrives long after the deadline"
    PORTAL = "captive portal"
    PROXY_404 = "proxy 404"
    TOO_LARGE = "proxy 413"
    TOO_MANY = "proxy 429"
    BAD_GATEWAY = "proxy 502"
    REDIRECT = "redirect"
    TRUNCATED = "answer truncated"
    EMPTY_JSON = "empty json"
    KIOSK_STOPS = "kiosk stops while it waits"


FOREIGN = {
    Net.PORTAL: Reply(200, "text/html", PORTAL),
    Net.PROXY_404: Reply(404, "text/html", b"not found"),
    Net.TOO_LARGE: Reply(413, "text/html", b"too large"),
    Net.TOO_MANY: Reply(429, "text/plain", b"slow down"),
    Net.BAD_GATEWAY: Reply(502, "text/html", b"bad gateway"),
    Net.REDIRECT: Reply(302, "text/html", b""),
    Net.EMPTY_JSON: Reply(200, JSON, b"{}"),
}


@dataclass(frozen=True)
class Request:
    verb: str
    path: str
    body: bytes
    token: str

    @property
    def name(self) -> str:
        return self.path.split("?")[0].rsplit("/", 1)[-1]


@dataclass
class Weather:
    """What the network does meanwhile. `dice` is the operation's own, so that leaving one out changes no other."""

    dice: Random
    kinds: Sequence[Net] = (Net.FINE,)
    weights: Sequence[int] = (1,)

    def next(self) -> Net:
        return self.dice.choices(list(self.kinds), list(self.weights))[0]


@dataclass
class Network:
    """`serve` is the server's front; `pass_time` moves the clock by seconds."""

    serve: Callable[[Request], Reply]
    pass_time: Callable[[float], None]
    seen: Counter[str]
    say: Callable[[str], None]
    weather: Weather
    underway: list[Request] = field(default_factory=list)
    """Requests that will arrive when nobody waits for them any more."""
    cannot_pass: set[str] = field(default_factory=set)
    """Attempt ids with which no request gets through some proxy."""

    def exchange(self, request: Request, deadline: float) -> Reply:
        self.deliver_late()
        fault = self.weather.next()
        if self.is_refused(request.body.decode()):
            fault = Net.TOO_LARGE
        self.seen[f"net: {fault}"] += 1
        if fault is not Net.FINE:
            self.say(f"    net {request.name}: {fault}")
        if fault in FOREIGN:
            if self.weather.dice.random() < 0.3:
                self._serve(request)
            return FOREIGN[fault]
        match fault:
            case Net.LOST_REQUEST:
                self._no_answer(deadline)
            case Net.LATE:
                self.underway.append(request)
                self._no_answer(deadline)
            case Net.LOST_ANSWER:
                self._serve(request)
                self._no_answer(deadline)
            case Net.DOUBLED:
                self._serve(request)
            case Net.KIOSK_STOPS:
                if self.weather.dice.random() < 0.7:
                    self._serve(request)
                raise Stopped("kiosk, waiting for the server")
        reply = self._serve(request)
        self.pass_time(0.05)
        if fault is Net.TRUNCATED:
            return Reply(reply.status, reply.content_type, reply.body[: len(reply.body) // 2])
        return reply

    def is_refused(self, text: str) -> bool:
        """Whether something in it displeases somebody on the way."""
        return any(attempt_id in text for attempt_id in self.cannot_pass)

    def deliver_late(self) -> None:
        """Most recent first: the order on the way is nobody's promise."""
        while self.underway:
            late = self.underway.pop()
            self.say(f"    net {late.name}: arrives late")
            self._serve(late)

    def _serve(self, request: Request) -> Reply:
        return self.serve(request)

    def _no_answer(self, deadline: float) -> None:
        self.pass_time(deadline)
        raise ServerUnreachable(f"No answer within {deadline:g} s.")
