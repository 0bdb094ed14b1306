"""How long a person waits: from the readable frame to the painted answer, through all of it on this machine.

A real server, the real kiosk process before a film of cards, and Chromium. Beside it stands the sum of what cannot be
saved, measured here too: one decode, one durable commit, one empty paint. `python -m tests.bench.bench_door`.
"""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, sleep

import cv2
import httpx
import numpy as np
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from kiosk.camera.decoder import Decoder
from kiosk.camera.demo import write_film
from kiosk.camera.files import film_in
from kiosk.store.store import KioskStore
from tests.browser import FLAGS, get_browser
from tests.journeys.running import Studio, demo

LIMIT = 12.0
"""Times the sum of those three that the whole way may take: it commits in two processes, asks over HTTP and draws."""
CARDS = 4
SECONDS = 60.0
"""Of cards before the camera: a dozen."""
TIMES = 40
PAINT = """() => new Promise((done) => {
  const begun = performance.now(), { port1, port2 } = new MessageChannel();
  const spot = document.body.appendChild(document.createElement("i"));
  spot.textContent = ".";
  port1.onmessage = () => { spot.remove(); done(performance.now() - begun); };
  requestAnimationFrame(() => port2.postMessage(null));
})"""


def main() -> float:
    """Print the table; the ratio, the whole way to the sum of the three, is returned."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="tessera-bench-") as name:
        told, parts = _measured(Path(name), console)
    return _shown(told, parts, console)


def _measured(folder: Path, console: Console) -> tuple[dict[str, str], dict[str, float]]:
    """What the kiosk says of itself, and milliseconds of the three parts."""
    with demo(folder / "studio", "--camera", "none") as studio:
        film = folder / "film.avi"
        write_film(film, [Path(card["png"]) for card in studio.facts["cards"][:CARDS]], random=Random(7), seconds=20)
        told, paint = _at_the_door(studio, folder, film, console)
    return told, {
        "one decode": _decode(film),
        "one durable commit": _commit(folder / "bench"),
        "one empty paint": paint,
    }


def _at_the_door(studio: Studio, folder: Path, film: Path, console: Console) -> tuple[dict[str, str], float]:
    """What the kiosk says of itself after a minute of cards, and milliseconds of an empty paint on its page."""
    kiosk = studio.kiosk(folder / "door", str(film))
    kiosk.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(kiosk.address, wait_until="commit")
            page.wait_for_selector(".face h1", timeout=60_000)
            _wait(page, console)
            told = httpx.get(f"{kiosk.address}/health", timeout=20).json()
            paint = median(page.evaluate(PAINT) for _ in range(TIMES))
            browser.close()
    finally:
        kiosk.running.end()
    if "painted_ms_p50" not in told:
        raise RuntimeError(f"nothing was painted in {SECONDS:.0f} s: the kiosk says {told}")
    return told, paint


def _wait(page: Page, console: Console) -> None:
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=console)
    with bar:
        task = bar.add_task("Cards before the camera", total=SECONDS)
        for _ in range(round(SECONDS)):
            page.wait_for_timeout(1000)
            bar.advance(task)


def _decode(film: Path) -> float:
    """Milliseconds for a frame of the film in which a card can be read."""
    decoder, playing = Decoder(), film_in(film)
    frames: list[np.ndarray] = []
    while len(frames) < TIMES:
        came, frame = playing.read()
        if not came:
            break
        grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        if decoder.read(grey).codes:
            frames.append(grey)
    playing.release()
    return _milliseconds([lambda frame=frame: decoder.read(frame) for frame in frames])  # type: ignore[misc]


def _commit(path: Path) -> float:
    """Milliseconds for one small row on this disk, as the kiosk's own file is written."""
    store = KioskStore(path, at=datetime.now(UTC), random_bits=Random(7).getrandbits)

    def write() -> None:
        with store.journal._database.writing() as connection:
            connection.execute("INSERT INTO bench VALUES ('a card was shown')")

    with store.journal._database.writing() as connection:
        connection.execute("CREATE TABLE bench (text TEXT)")
    taken = _milliseconds([write] * TIMES)
    store.close()
    return taken


def _milliseconds(works: list[Callable[[], object]]) -> float:
    taken = []
    for work in works:
        begun = perf_counter()
        work()
        taken.append((perf_counter() - begun) * 1000)
        sleep(0.005)  # as at a door, where one thing comes after another and not a thousand at once
    return median(taken)


def _shown(told: dict[str, str], parts: dict[str, float], console: Console) -> float:
    table = Table(title="From a readable frame to a painted answer, server and kiosk on this machine")
    for heading in ("What", "ms, half", "ms, 19 of 20"):
        table.add_column(heading, justify="left" if heading == "What" else "right")
    for name, key in (("until it was read", "decode"), ("until it was decided", "decide"), ("until painted", "paint")):
        table.add_row(name, told[f"{key}_ms_p50"], told[f"{key}_ms_p95"])
    table.add_row("all of it", told["painted_ms_p50"], told["painted_ms_p95"], end_section=True)
    for name, taken in parts.items():
        table.add_row(name, f"{taken:.1f}", "")
    console.print(table)
    ratio = float(told["painted_ms_p50"]) / sum(parts.values())
    console.print(f"All of it takes {ratio:.1f} times the sum of those three; the limit is {LIMIT:.0f}.")
    return ratio


if __name__ == "__main__":
    raise SystemExit(0 if main() <= LIMIT else 1)
