"""How many cards a second the server answers over HTTP, beside an empty route and one that writes three small rows.

Same server process, same client, turn by turn: `python -m tests.bench.bench_ask`. It judges ratios, never seconds.
"""

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter, sleep

from rich.console import Console
from rich.table import Table

LIMIT = 12.0
"""Times the cost of a request that writes three small rows that an ask may have: it is 35 small statements."""
CLIENTS = 4
REQUESTS = 200
ROUNDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One of the routes compared: its path, and what each round sends."""

    name: str
    path: str
    rounds: Sequence[Sequence[str]]


def main() -> float:
    """Print the table; the ratio of costs, an ask to three small durable writes, is returned."""
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as folder:
        port = _free_port()
        command = [sys.executable, "-m", "tests.bench.asked_server", folder, str(port), str(REQUESTS * (ROUNDS + 1))]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            told = json.loads(server.stdout.readline())  # type: ignore[union-attr]
            _wait_for(port)
            seconds = _measured(port, told["token"], told["asks"])
        finally:
            server.terminate()
            server.wait()
    return _shown(seconds)


def _measured(port: int, token: str, asks: list[str]) -> dict[str, float]:
    """The best round of each way, taken turn by turn: whatever else this computer does then falls on all alike."""
    nothing = [["{}"] * REQUESTS] * (ROUNDS + 1)
    ways = (
        Way(name="nothing", path="/bench/empty", rounds=nothing),
        Way(name="three small rows, one commit", path="/bench/three-writes", rounds=nothing),
        Way(name="an ask, each of another member", path="/api/kiosk/ask", rounds=_in_rounds(asks)),
    )
    best = {way.name: float("inf") for way in ways}
    for number in range(ROUNDS + 1):
        for way in ways:
            cost = _cost(port, token, way.path, way.rounds[number])
            if number:  # the first one warms
                best[way.name] = min(best[way.name], cost)
    return best


def _cost(port: int, token: str, path: str, bodies: Sequence[str]) -> float:
    shares = [bodies[start::CLIENTS] for start in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        begun = perf_counter()
        for done in [clients.submit(_send, port, token, path, share) for share in shares]:
            done.result()
        return perf_counter() - begun


def _send(port: int, token: str, path: str, bodies: Sequence[str]) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in bodies:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        is_right = answer.status == 200 and (b"/ask" not in path.encode() or b'"Admitted"' in said)
        if not is_right:
            raise RuntimeError(f"{path} answered {answer.status}: {said[:300]!r}")
    connection.close()


def _shown(seconds: dict[str, float]) -> float:
    empty, writes, asked = seconds.values()
    table = Table(title=f"{REQUESTS} requests over HTTP, {CLIENTS} at once, one server process, SQLite on this disk")
    for heading in ("What the server does", "A second", "Beside nothing", "Beside three rows"):
        table.add_column(heading, justify="left" if heading.startswith("What") else "right")
    for name, cost in seconds.items():
        table.add_row(name, f"{REQUESTS / cost:.0f}", f"{cost / empty:.1f} x", f"{cost / writes:.1f} x")
    console = Console()
    console.print(table)
    console.print(f"An ask costs {asked / writes:.1f} times three small durable rows; the limit is {LIMIT:.0f}.")
    return asked / writes


def _in_rounds(asks: list[str]) -> Sequence[Sequence[str]]:
    return [asks[start : start + REQUESTS] for start in range(0, len(asks), REQUESTS)]


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not come up")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(0 if main() <= LIMIT else 1)
