"""A kiosk's real page in a process of its own, for tests with a browser: `screen_of(module, given)` starts one.

A process, because NiceGUI is one application for each: the page of one test must not be that of another.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from kiosk import pages
from kiosk.greeter import Greeter
from kiosk.running import Serving, every_tick, started
from kiosk.timekeeping import Moment
from tests.journeys.running import free_port

PATIENCE = 60.0
"""Seconds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """Where it is, and what it says that it wrote down."""

    address: str

    def told(self) -> Any:
        return httpx.get(f"{self.address}/told").json()

    def do(self, what: str) -> Any:
        """One of the `doings` it was served with."""
        answer = httpx.post(f"{self.address}/do/{what}", timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def screen_of(module: str, given: dict[str, Any]) -> Iterator[Screen]:
    """`module` is run with a port and `given`, which it finds by `asked_for()`; ended afterwards."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", module, json.dumps({"port": port, **given})])
    address = f"http://127.0.0.1:{port}"
    try:
        gives_up_at = time.monotonic() + PATIENCE
        while time.monotonic() < gives_up_at and process.poll() is None:
            try:
                httpx.get(f"{address}/told")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield Screen(address=address)
    finally:
        process.terminate()
        process.wait()


def asked_for() -> dict[str, Any]:
    """In the process: what `screen_of` was given."""
    given: dict[str, Any] = json.loads(sys.argv[1])
    return given


def serve(
    greeter_with: Callable[[Serving], Greeter],
    *,
    now: Callable[[], Moment],
    port: int,
    told: Callable[[], object],
    doings: dict[str, Callable[[], object]] | None = None,
) -> None:
    """In the process: the greeter's threads and its page, until it is ended."""
    serving, stopping = Serving(), Event()
    greeter = greeter_with(serving)
    started("cards", stopping, lambda: serving.run(stopping))
    started("time", stopping, lambda: every_tick(greeter.tick, stopping))
    app = FastAPI()
    app.add_api_route("/told", told)
    for what, does in (doings or {}).items():
        app.add_api_route(f"/do/{what}", does, methods=["POST"])
    pages.attach(app, greeter, now=lambda: now().at, hosts=pages.this_machine(port))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)
