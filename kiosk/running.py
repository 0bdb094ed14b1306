"""The kiosk's threads: one that serves cards, one that lets time go by. They outlive whatever they stumble over."""

import logging
from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Event, Thread

log = logging.getLogger(__name__)

WAITING_AT_MOST = 20
"""Cards read and not yet answered. More than a queue of people can show; what is beyond is dropped."""
TICK = 0.1
JOIN_TIMEOUT = 1.0


class Serving:
    """Runs pieces of work one after another in a thread of its own."""

    def __init__(self) -> None:
        self._work: Queue[Callable[[], None]] = Queue(WAITING_AT_MOST)

    def serve(self, work: Callable[[], None]) -> None:
        """Do this soon."""
        try:
            self._work.put_nowait(work)
        except Full:
            log.warning("Too many cards at once; one was not answered")

    def run(self, stopping: Event, *, went_round: Callable[[], None] = lambda: None) -> None:
        """Until `stopping`. `went_round` is called ten times a second, and not while a piece of work hangs."""
        while not stopping.is_set():
            went_round()
            try:
                work = self._work.get(timeout=TICK)
            except Empty:
                continue
            work()


def every_tick(work: Callable[[], None], stopping: Event) -> None:
    """Do it ten times a second until `stopping`."""
    while not stopping.wait(TICK):
        work()


def started(name: str, stopping: Event, work: Callable[[], None]) -> Thread:
    """A thread that does the work, again after every stumble, until it returns or `stopping` is set."""

    def surviving() -> None:
        while not stopping.is_set():
            try:
                work()
                return
            except Exception:
                log.exception("The kiosk's thread for %s stumbled and goes on", name)
                stopping.wait(1.0)

    thread = Thread(target=surviving, name=f"kiosk-{name}", daemon=True)
    thread.start()
    return thread
