"""A whole kiosk in a process of its own, with its real page and an honest fake server: `served_kiosk(folder)`.

It is six on the evening of the other tests, and time goes by as it does. `/told` says what it wrote down.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import httpx
import uvicorn
from fastapi import FastAPI

from core.messages import LANGUAGES
from core.model import Session
from kiosk import pages
from kiosk.greeter import Greeter
from kiosk.modes import modes_named
from kiosk.running import Serving, every_tick, started
from kiosk.timekeeping import Moment
from tests.journeys.running import free_port
from tests.kiosk.at_the_desk import GLAZING, SIX_PM, WHEEL, Clocks, a_kiosk

BY_NAME = {"wheel": WHEEL, "glazing": replace(GLAZING, starts_at=GLAZING.starts_at + timedelta(minutes=30))}
PATIENCE = 60.0


class RunningClocks(Clocks):
    """Both go on by themselves from six o'clock."""

    def now(self) -> Moment:
        gone = time.monotonic() - BEGUN
        return Moment(SIX_PM + timedelta(seconds=gone), 1000.0 + gone)


BEGUN = time.monotonic()


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """Where it is, and what it has written down: (what, how it ended, of which session)."""

    address: str

    def told(self) -> list[list[str]]:
        found: list[list[str]] = httpx.get(f"{self.address}/told").json()
        return found


@contextmanager
def served_kiosk(folder: Path, *names: str, easier: str = "") -> Iterator[Screen]:
    """A paired kiosk of Ana's studio with these sessions, ready for a browser."""
    port = free_port()
    given = json.dumps({"folder": str(folder), "port": port, "sessions": names, "easier": easier})
    process = subprocess.Popen([sys.executable, "-m", "tests.kiosk.a_kiosk_with_a_screen", given])
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


def run(folder: Path, port: int, sessions: tuple[Session, ...], easier: str) -> None:
    """Until it is ended."""
    kiosk = a_kiosk(folder, sessions=sessions, clocks=RunningClocks())
    serving, stopping = Serving(), Event()
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=serving.serve,
        pair=lambda code: None,
        languages=LANGUAGES,
        modes=modes_named(easier.split()),
    )
    started("cards", stopping, lambda: serving.run(stopping))
    started("time", stopping, lambda: every_tick(greeter.tick, stopping))

    def at() -> datetime:
        return kiosk.clocks.now().at

    app = FastAPI()

    @app.get("/told")
    def told() -> list[tuple[str, str, str]]:
        batch = kiosk.store.journal.next_batch(100, at())
        return [(each.kind, str(each.outcome), each.session_id) for each in batch.attempts]

    pages.attach(app, greeter, now=at, hosts=pages.this_machine(port))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    what = json.loads(sys.argv[1])
    run(Path(what["folder"]), what["port"], tuple(BY_NAME[name] for name in what["sessions"]), what["easier"])
