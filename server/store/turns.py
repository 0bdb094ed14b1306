"""So many at once, the others one after another as they came: with a plain lock the unlucky one waits in vain."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class NoTurn(Exception):
    """It did not come in time."""


class Turns:
    """Whoever is done hands the place on to who has waited longest; nobody who has only just come gets between."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()

    @property
    def waiting(self) -> int:
        """How many wait just now."""
        return len(self._waiting)

    @contextmanager
    def turn(self, seconds: float = -1) -> Iterator[None]:
        """A place, for as long as the block lasts. Raises `NoTurn` after waiting that long; -1: waits for ever."""
        if not self._came(seconds):
            raise NoTurn(f"none came in {seconds:g} seconds")
        try:
            yield
        finally:
            self._hand_on()

    def _came(self, seconds: float) -> bool:
        with self._guard:
            if self._free:
                self._free -= 1
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        try:
            came = mine.acquire(timeout=seconds)
        except BaseException:  # interrupted: a place that came meanwhile is for the next
            if not self._gave_up(mine):
                self._hand_on()
            raise
        return came or not self._gave_up(mine)

    def _gave_up(self, mine: Lock) -> bool:
        """False: the place came just then."""
        with self._guard:
            if mine not in self._waiting:
                return False
            self._waiting.remove(mine)
            return True

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
