"""When something happened that a kiosk tells of later: by the time that passed since, not by what its clock showed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clocktime
from core.protocol import Attempt, Stamp
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
    passed = _passed_since(attempt, clock)
    if passed is not None:
        return clock.at - passed, False
    before, after = _neighbours(kiosk, attempt)
    earliest = max(before or clock.at - LONGEST_AGO, clock.at - LONGEST_AGO)
    latest = min(after or clock.at, clock.at)
    return max(min(_on_its_wall(attempt, clock), latest), min(earliest, latest)), True


def instant_of(stamp: Stamp, clock: BatchClock) -> datetime:
    """The same for a moment that stands alone: never later than now, never longer ago than any kiosk is away."""
    passed = _passed_since(stamp, clock)
    if passed is not None:
        return clock.at - passed
    return max(clock.at - LONGEST_AGO, min(_on_its_wall(stamp, clock), clock.at))


def _passed_since(moment: Attempt | Stamp, clock: BatchClock) -> timedelta | None:
    """None: it was in another run of the kiosk, or its clock cannot be right."""
    passed = timedelta(milliseconds=max(-(2**40), min(clock.t_mono - moment.t_mono, 2**40)))
    return passed if moment.boot == clock.boot and timedelta(0) <= passed <= LONGEST_AGO else None


def _on_its_wall(attempt: Attempt | Stamp, clock: BatchClock) -> datetime:
    try:
        return clocktime.from_ms(attempt.t_wall)
    except OverflowError:
        return clock.at


def _neighbours(kiosk: KnownKiosk, attempt: Attempt) -> tuple[datetime | None, datetime | None]:
    """When the attempts next to it happened: by number, so that a long journal costs no more than a short one."""
    mine = AttemptRow.select(AttemptRow.happened_at).where(
        AttemptRow.device == kiosk.id, AttemptRow.epoch == attempt.epoch
    )
    before = mine.where(AttemptRow.seq < attempt.seq).order_by(AttemptRow.seq.desc()).first()
    after = mine.where(AttemptRow.seq > attempt.seq).order_by(AttemptRow.seq).first()
    return before.happened_at if before else None, after.happened_at if after else None
