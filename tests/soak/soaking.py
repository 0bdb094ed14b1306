"""Starts the process that is soaked, watches its screen in Chromium, and measures it until the last card was shown."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import cv2
import numpy as np
from playwright.sync_api import Browser, Page, ViewportSize

from tests.soak.levels import Level, all_level, handles_of, memory_of, threads_of

LOOK_EVERY = 1000
"""Milliseconds from one look at the process to the next."""
PICTURE_EVERY = 20
"""Looks from one picture of the screen to the next."""
PANEL: ViewportSize = {"width": 540, "height": 960}
"""Upright, at half size: there is no graphics card in a soak."""
FLAT = 8.0
"""Of 255: a screen whose picture varies less than this shows nothing."""
PATIENCE = 120.0
"""Seconds without a word from the process after which it counts as dead."""

WATCH_THE_FACE = """() => {
  window.soak = { samples: 0, blank: 0, faces: {}, nodes: 0 };
  setInterval(() => {
    const face = document.querySelector(".face"), line = face?.querySelector("h1");
    const box = face?.getBoundingClientRect();
    const isThere = box && box.width > 300 && box.height > 300 && line.textContent.trim() && line.offsetHeight > 20;
    window.soak.samples += 1;
    if (!isThere) window.soak.blank += 1;
    const name = face?.dataset.face ?? "";
    window.soak.faces[name] = (window.soak.faces[name] ?? 0) + 1;
    window.soak.nodes = document.querySelectorAll("*").length;
  }, 50);
}"""


@dataclass
class Soaked:
    """What came of it. `blank`: of `samples` looks at the face, how often there was none."""

    wanted: int
    cards: int = 0
    hours: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)
    samples: int = 0
    blank: int = 0
    pictures: int = 0
    flat: int = 0
    faces: dict[str, int] = field(default_factory=dict)
    memory: Level = field(default_factory=lambda: Level("memory", "MB", slack=0.05, step=12.0))
    handles: Level = field(default_factory=lambda: Level("file handles", "", slack=0.0, step=4.0))
    threads: Level = field(default_factory=lambda: Level("threads", "", slack=0.0, step=4.0))
    nodes: Level = field(default_factory=lambda: Level("elements on the page", "", slack=0.0, step=30.0))

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.memory, self.handles, self.threads, self.nodes

    @property
    def wrong(self) -> list[str]:
        """What should not be."""
        told = self.told
        found = {
            f"{told.get('missed')} cards were readable for half a second and not read": told.get("missed") != 0,
            "no card was shown": not told.get("cards"),
            f"{told.get('attempts')} attempts for {told.get('cards')} cards": told.get("attempts") != told.get("cards"),
            f"kiosk and server differ in {told.get('differ')} attempts": told.get("differ") != 0,
            f"the screen was blank in {self.blank} of {self.samples} looks": self.blank > 0 or not self.samples,
            f"{self.flat} of {self.pictures} pictures of the screen showed nothing": self.flat > 0,
            "something rises": not all_level(self.levels),
        }
        return [words for words, is_so in found.items() if is_so]


def soak(
    folder: Path, browser: Browser, *, cards: int, noted: Callable[[Soaked], object], seconds: float = 1e9
) -> Soaked:
    """Show that many cards, or as many as `seconds` are enough for; `noted` hears of it every second."""
    soaked = Soaked(wanted=cards)
    command = [sys.executable, "-m", "tests.soak.door", str(folder), str(cards), str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        words = _words_of(process)
        page = browser.new_page(viewport=PANEL)
        page.goto(words.get(timeout=PATIENCE)["page"], wait_until="commit")
        page.wait_for_selector(".face h1", timeout=PATIENCE * 1000)
        page.evaluate(WATCH_THE_FACE)
        _go_on(process)
        _watch(process, words, page, soaked, noted)
        page.close()
    finally:
        process.kill()
        process.wait()
    return soaked


def _watch(
    process: "subprocess.Popen[str]",
    words: "Queue[dict[str, Any]]",
    page: Page,
    soaked: Soaked,
    noted: Callable[[Soaked], object],
) -> None:
    silent = looks = 0
    while not soaked.told.get("over"):
        page.wait_for_timeout(LOOK_EVERY)
        silent, looks = silent + 1, looks + 1
        assert silent * LOOK_EVERY < PATIENCE * 1000, "the process fell silent"
        try:
            while True:
                soaked.told, silent = words.get_nowait(), 0
        except Empty:
            pass
        if soaked.told.get("over"):
            break
        _measure(process.pid, page, soaked)
        if looks % PICTURE_EVERY == 1:
            _look_at(page, soaked)
        noted(soaked)
    _read_the_page(page, soaked)


def _measure(pid: int, page: Page, soaked: Soaked) -> None:
    soaked.cards, soaked.hours = int(soaked.told.get("cards", 0)), float(soaked.told.get("hours", 0.0))
    _read_the_page(page, soaked)
    soaked.memory.note(soaked.cards, memory_of(pid))
    soaked.handles.note(soaked.cards, handles_of(pid))
    soaked.threads.note(soaked.cards, threads_of(pid))


def _read_the_page(page: Page, soaked: Soaked) -> None:
    seen = page.evaluate("window.soak")
    soaked.samples, soaked.blank, soaked.faces = seen["samples"], seen["blank"], seen["faces"]
    soaked.nodes.note(soaked.cards, seen["nodes"])


def _look_at(page: Page, soaked: Soaked) -> None:
    picture = cv2.imdecode(np.frombuffer(page.screenshot(type="jpeg", quality=50), np.uint8), cv2.IMREAD_GRAYSCALE)
    soaked.pictures += 1
    soaked.flat += int(picture is None or float(picture.std()) < FLAT)


def _words_of(process: "subprocess.Popen[str]") -> "Queue[dict[str, Any]]":
    words: Queue[dict[str, Any]] = Queue()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                words.put(json.loads(line))

    Thread(target=listen, name="words", daemon=True).start()
    return words


def _go_on(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
