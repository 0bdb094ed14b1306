"""When something happened that a kiosk tells of later: by the time that passed since, not by what its clock showed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from core import clocktime
from core.protocol import Attempt
from server.services.door.kiosks import KnownKiosk
from server.store.tables import AttemptRow

LONGEST_AGO = timedelta(days=60)
"""No kiosk is away for longer; a clock that says so is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchClock:
    """The kiosk's monotonic clock (milliseconds since `boot`) at the moment that is `at` on the server."""

    boot: str
    t_mono: int
    at: datetime


def happened_at(kiosk: KnownKiosk, attempt: Attempt, clock: BatchClock) -> tuple[datetime, bool]:
    """(the instant, whether it had to be guessed).

    In the same run of the kiosk the time passed since is known. Otherwise its wall clock is believed as far as
    it fits between what this kiosk did before and after.
    """
    passed = timedelta(milliseconds=clock.t_mono - attempt.t_mono)
    if attempt.boot == clock.boot and timedelta(0) <= passed <= LONGEST_AGO:
        return clock.at - passed, False
    before, after = _neighbours(kiosk, attempt)
    earliest = max(before or clock.at - LONGEST_AGO, clock.at - LONGEST_AGO)
    latest = min(after or clock.at, clock.at)
    return max(min(_on_its_wall(attempt, clock), latest), min(earliest, latest)), True


def _on_its_wall(attempt: Attempt, clock: BatchClock) -> datetime:
    try:
        return clocktime.from_ms(attempt.t_wall)
    except OverflowError:
        return clock.at


def _neighbours(kiosk: KnownKiosk, attempt: Attempt) -> tuple[datetime | None, datetime | None]:
    mine = (AttemptRow.device == kiosk.id) & (AttemptRow.epoch == attempt.epoch)
    before = AttemptRow.select(fn.MAX(AttemptRow.happened_at)).where(mine, AttemptRow.seq < attempt.seq).scalar()
    after = AttemptRow.select(fn.MIN(AttemptRow.happened_at)).where(mine, AttemptRow.seq > attempt.seq).scalar()
    return before, after
