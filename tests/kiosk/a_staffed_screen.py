"""A kiosk with staff in a process of its own, with its real page and a server that gives names: `staffed_screen`."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Event

import httpx
import uvicorn
from fastapi import FastAPI

from core.messages import LANGUAGES
from core.protocol import AttemptKind
from kiosk import pages
from kiosk.greeter import Greeter
from kiosk.running import Serving, every_tick, started
from kiosk.staff_set_up import staff_at
from tests.journeys.running import free_port
from tests.kiosk.a_kiosk_with_a_screen import PATIENCE, RunningClocks, Screen
from tests.kiosk.at_the_desk import SIX_PM
from tests.kiosk.at_the_staff_desk import NamingServer, a_staffed_kiosk


@contextmanager
def staffed_screen(folder: Path) -> Iterator[Screen]:
    """Ready for a browser. `told()` gives (act, member, why) of each act of staff."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.kiosk.a_staffed_screen", str(folder), str(port)])
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


def run(folder: Path, port: int) -> None:
    """Until it is ended."""
    kiosk = a_staffed_kiosk(folder, clocks=RunningClocks())
    serving, stopping = Serving(), Event()
    opener = staff_at(
        kiosk.desk, NamingServer(), mono=lambda: kiosk.clocks.now().mono, random_bits=Random(1).getrandbits
    )
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=serving.serve,
        pair=lambda code: None,
        languages=LANGUAGES,
        openers=(opener,),
    )
    started("cards", stopping, lambda: serving.run(stopping))
    started("time", stopping, lambda: every_tick(greeter.tick, stopping))

    def at() -> datetime:
        return kiosk.clocks.now().at

    app = FastAPI()

    @app.get("/told")
    def told() -> list[list[str]]:
        batch = kiosk.store.journal.next_batch(100, SIX_PM)
        return [
            [type(each.act).__name__, str(getattr(each.act, "member_id", "")), each.actor.because if each.actor else ""]
            for each in batch.attempts
            if each.kind is AttemptKind.STAFF
        ]

    pages.attach(app, greeter, now=at, hosts=pages.this_machine(port))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
