"""Once in a night the kiosk looks its file over and keeps a copy of it; whatever it finds wrong, its health says.

It refuses to stand in the way of cards: what fails is tried again an hour later, and the door stays open.
"""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from core import clocktime
from kiosk.store.database import DISK_FAILURES
from kiosk.store.keeping import FileUnsound
from kiosk.store.store import KioskStore

log = logging.getLogger(__name__)

QUIET = time(3, 30)
"""By the venue's clock. A kiosk that is off then makes up for it when it is on again."""
TRIED_AGAIN_AFTER = timedelta(hours=1)
LOOKED_EVERY = 60.0
"""Seconds between two looks whether it is due."""


def is_due(done_at: datetime | None, tried_at: datetime | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a night's quiet hour has passed since it was last done; after a try that failed, not for an hour.

    A clock that was set back makes it due again rather than never.
    """
    if tried_at is not None and timedelta(0) <= at - tried_at < TRIED_AGAIN_AFTER:
        return False
    return done_at is None or done_at < _latest_quiet(at, zone) or done_at > at


def _latest_quiet(at: datetime, zone: ZoneInfo) -> datetime:
    today = clocktime.local_day(at, zone)
    quiet = clocktime.at_wall_clock(today, QUIET, zone)
    return quiet if quiet <= at else clocktime.at_wall_clock(today - timedelta(days=1), QUIET, zone)


class Upkeep:
    """One for each kiosk. `now` gives the best time there is."""

    def __init__(self, store: KioskStore, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._tried_at: datetime | None = None
        self.trouble = ""
        """What the last look found wrong; empty while all is well."""

    def run(self, stopping: Event) -> None:
        """Look again and again until `stopping`."""
        while not stopping.wait(LOOKED_EVERY):
            self.look()

    def look(self) -> bool:
        """Do it if it is due. Whether it was done, and done well."""
        at, zone = self._now(), clocktime.zone_named(self._store.replica.venue.zone)
        if not is_due(self._store.checked_at, self._tried_at, at, zone):
            return False
        self._tried_at = at
        try:
            self._store.check_and_copy(at)
        except FileUnsound as damage:
            self._went_wrong(f"The kiosk's data is damaged: {damage}")
            return False
        except DISK_FAILURES as trouble:
            self._went_wrong(f"The night's copy could not be made: {trouble}")
            return False
        self.trouble = ""
        log.info("The kiosk's data was checked and copied")
        return True

    def as_health(self) -> dict[str, str]:
        """For the heartbeat and for `/health`: `file_trouble`, only while there is some."""
        return {"file_trouble": self.trouble} if self.trouble else {}

    def _went_wrong(self, words: str) -> None:
        self.trouble = words
        log.error("%s", words)
