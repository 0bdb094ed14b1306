"""A demo studio and its processes, for journeys: started as a person would, on free ports, ended for certain."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 60.0
"""Seconds for anything to come true on a busy machine of two cores."""


@dataclass
class Running:
    """One `tessera` process, its words kept in a file."""

    arguments: list[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tessera", *self.arguments],
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As a power cut does it."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def end(self, number: int = signal.SIGTERM) -> int:
        """As an init system or Ctrl-C does it; the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.kill()

    @property
    def words(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class Studio:
    """A running demo: `facts` is its demo.json."""

    folder: Path
    demo: Running
    facts: dict[str, Any]

    def card(self, first_name: str) -> dict[str, Any]:
        return next(card for card in self.facts["cards"] if card["member"].startswith(first_name))

    def api(self, path: str, **parameters: str) -> Any:
        answer = httpx.get(
            self.facts["server"] + path,
            params=parameters,
            headers={"Authorization": f"Bearer {self.facts['api_token']}"},
            timeout=20,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def punches_left(self, card: dict[str, Any]) -> int:
        return int(self.api(f"/api/registrations/{card['registration_id']}/ledger")["balance"])

    def kiosk(self, folder: Path, camera: str, **environment: str) -> "KioskAtTheDoor":
        port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        running = Running(
            ["kiosk", "--server", self.facts["server"], "--camera", camera, "--port", str(port), "--data", str(folder)],
            environment,
            folder.with_suffix(".log"),
        )
        return KioskAtTheDoor(running, f"http://127.0.0.1:{port}")


@dataclass
class KioskAtTheDoor:
    running: Running
    address: str

    def start(self) -> None:
        self.running.start()
        eventually(lambda: _answers(f"{self.address}/health"), "the kiosk to answer", self.running)


@contextmanager
def demo(folder: Path, *arguments: str) -> Iterator[Studio]:
    """`tessera demo` in `folder`, up and answering; Ctrl-C at the end."""
    port = free_port()
    running = Running(
        ["demo", "--data", str(folder), "--port", str(port), "--no-browser", *arguments],
        {},
        folder.with_suffix(".log"),
    )
    running.start()
    try:
        written = folder / "demo.json"
        eventually(written.exists, "demo.json to be written", running)
        facts = json.loads(written.read_text())
        for address in (f"{facts['server']}/api/health", f"{facts['kiosk']}/health"):
            eventually(lambda address=address: _answers(address), f"{address} to answer", running)
        yield Studio(folder, running, facts)
    finally:
        running.end(signal.SIGINT)


def eventually(holds: Callable[[], object], what: str, *running: Running) -> Any:
    """What `holds` returns once it is true. Fails with the processes' words if it does not come true in time."""
    deadline = time.monotonic() + PATIENCE
    while not (found := holds()):
        if time.monotonic() > deadline:
            words = "\n".join(one.words[-4000:] for one in running)
            raise AssertionError(f"waited {PATIENCE:.0f} s for {what}\n{words}")
        time.sleep(0.1)
    return found


def free_port() -> int:
    """A port that is free, as is the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
