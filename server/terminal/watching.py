"""`tessera scheduler`: the night watch as a process, ended by SIGTERM or Ctrl-C between two chunks of work."""

import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable
from datetime import datetime
from threading import Event

from server.errands import ERRANDS, Day
from server.scheduler import NightWatch, watch_over
from server.settings import Settings
from server.terminal.database import opened

log = logging.getLogger(__name__)


def run(settings: Settings, *, once: bool, now: Callable[[], datetime]) -> None:
    """Until told to end; with `once`, what is due now."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: stopping.set())
    with opened(settings):
        watch = NightWatch(now, stopping, this_process())
        day = Day(ERRANDS, now, stopping)
        if once:
            log.info("%d jobs were due, %d errands were done", watch.beat(), day.beat())
        else:
            watch_over(watch, day, stopping)


def this_process() -> str:
    """A name for leases that no other process has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
