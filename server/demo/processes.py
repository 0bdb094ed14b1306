"""Keeps the demo's processes alive, as systemd would: starts each, starts it again if it falls, ends all together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ENDS_WITHIN = 10.0
"""Seconds a process has to end by itself before it is killed."""
RESTS = (0.5, 1.0, 2.0, 5.0)
"""Seconds before a fallen process is started again, the longer the oftener it fell in a row."""
STEADY_AFTER = 30.0
"""Seconds after which an earlier fall is forgotten."""


@dataclass
class Kept:
    """One process: its command, its environment, and where its words go."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log_file: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    rests_until: float = field(default=0.0)

    def start(self) -> None:
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tessera", *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone; we end the others in order
            )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Household:
    """The demo's processes together."""

    def __init__(self, kept: Sequence[Kept], say: Callable[[str], None]) -> None:
        self._kept = kept
        self._say = say
        self._is_ending = False

    def start(self) -> None:
        for kept in self._kept:
            kept.start()

    def fallen(self) -> list[Kept]:
        return [kept for kept in self._kept if not kept.is_running]

    def run_until_told(self) -> None:
        """Until Ctrl-C or SIGTERM. Whoever falls is started again."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._told_to_end)
        while not self._is_ending:
            for kept in self._kept:
                self._mind(kept)
            time.sleep(0.2)

    def end(self) -> None:
        """SIGTERM to all at once, in the reverse of their order; SIGKILL to who does not listen."""
        running = [kept for kept in reversed(self._kept) if kept.is_running]
        for kept in running:
            assert kept.process is not None
            kept.process.terminate()
        deadline = time.monotonic() + ENDS_WITHIN
        for kept in running:
            assert kept.process is not None
            try:
                kept.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"The {kept.name} did not end by itself and was stopped.")
                kept.process.kill()
                kept.process.wait()

    def _mind(self, kept: Kept) -> None:
        now = time.monotonic()
        if kept.is_running or self._is_ending:
            return
        if not kept.rests_until:
            kept.falls = 0 if now - kept.started_at > STEADY_AFTER else kept.falls + 1
            kept.rests_until = now + RESTS[min(kept.falls, len(RESTS) - 1)]
            self._say(f"The {kept.name} ended; it is started again. Its log: {kept.log_file}")
        elif now >= kept.rests_until:
            kept.rests_until = 0.0
            kept.start()

    def _told_to_end(self, signum: int, frame: FrameType | None) -> None:
        self._is_ending = True
