"""What time it is as far as this kiosk can know: the server's clock carried on by a clock that never jumps.

It refuses to read a clock itself: every `Moment` is passed in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from core.protocol import ClockQuality

SYNCED_FOR = timedelta(minutes=15)
"""After the last contact; from then on the clock is carried on by itself."""
DRIFT = 100e-6
"""Seconds a second: twice what the crystals of small computers are off by."""
ERROR_WITHOUT_CONTACT = timedelta(minutes=2)
"""What a machine's own clock may be off by without being called wrong."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of both clocks: `at` is the machine's UTC, `mono` are seconds that never jump."""

    at: datetime
    mono: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeReading:
    """The best instant there is, what it is worth, and by how much it may be off."""

    at: datetime
    quality: ClockQuality
    error: timedelta

    @property
    def is_sure(self) -> bool:
        return self.quality is not ClockQuality.UNSURE


@dataclass(frozen=True, slots=True)
class _Contact:
    server_at: datetime
    mono: float
    error: timedelta


class Timekeeper:
    """One for each start of the kiosk. `latest_at`: nothing can be earlier, because something was written then."""

    def __init__(self, latest_at: datetime | None) -> None:
        self._latest_at = latest_at
        self._contact: _Contact | None = None
        self._lock = Lock()

    def heard(self, server_at: datetime, sent: Moment, received: Moment) -> None:
        """The server said what time it was, somewhere between sending and receiving."""
        half = (received.mono - sent.mono) / 2
        with self._lock:
            self._contact = _Contact(server_at, sent.mono + half, timedelta(seconds=half))

    def reading(self, moment: Moment) -> TimeReading:
        """The time at that moment."""
        with self._lock:
            contact = self._contact
        if contact is not None:
            age = timedelta(seconds=moment.mono - contact.mono)
            quality = ClockQuality.SYNCED if age < SYNCED_FOR else ClockQuality.HOLDOVER
            return TimeReading(at=contact.server_at + age, quality=quality, error=contact.error + age * DRIFT)
        if self._latest_at is not None and moment.at < self._latest_at - ERROR_WITHOUT_CONTACT:
            behind = self._latest_at - moment.at
            return TimeReading(at=self._latest_at, quality=ClockQuality.UNSURE, error=behind)
        return TimeReading(at=moment.at, quality=ClockQuality.HOLDOVER, error=ERROR_WITHOUT_CONTACT)
