"""The timetable on one page, and its heartbeat. `schedule` only wakes it; a ledger of runs decides what is due.

Every job makes things right as of its moment, so a night slept through is made up for, and twice does no harm.
"""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Event, Thread

import schedule

from core import clocktime
from core.nights import CLOCKS, NightStep
from server.errands import Day
from server.jobs import auto_cancel, lift, no_shows, spike, suspend
from server.services.night import runs
from server.services.night.runs import Lease, NightVenue
from server.services.night.work import NightInterrupted, NightWork

log = logging.getLogger(__name__)

HEARTBEAT = 20
"""Seconds between two looks at which night's job is due."""
DAY_BEAT = 2
"""Seconds between two looks at which errand is due."""
ENDS_WITHIN = 30.0
"""Seconds that an errand has to end in order when the process does."""
NIGHTS_MADE_UP_FOR = 31


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the timetable: when, by the venue's clock, and what."""

    name: str
    clock: time
    run: Callable[[NightWork], str]


TIMETABLE = (
    Job(NightStep.NO_SHOWS.value, CLOCKS[NightStep.NO_SHOWS], no_shows.run),
    Job(NightStep.AUTO_CANCEL.value, CLOCKS[NightStep.AUTO_CANCEL], auto_cancel.run),
    Job(NightStep.SUSPEND.value, CLOCKS[NightStep.SUSPEND], suspend.run),
    Job(NightStep.LIFT.value, CLOCKS[NightStep.LIFT], lift.run),
    Job("spike", time(4, 30), spike.run),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A job that should have run by now: for which local day, and as of which moment."""

    job: Job
    night: date
    as_of: datetime


def moment_of(job: Job, night: date, zone: str) -> datetime:
    """When a job's turn is on a local day; in a gap of daylight saving, right after it."""
    return clocktime.at_wall_clock(night, job.clock, clocktime.zone_named(zone))


def what_is_due(venue: NightVenue, done: Mapping[str, date], at: datetime) -> Iterator[Due]:
    """In order, what the venue's nights still want. `done`: by job, the last night that is done. Pure.

    Nights are made up for from the last one done, 31 at most; a venue has no nights before it was opened.
    """
    today = clocktime.local_day(at, clocktime.zone_named(venue.zone))
    for night in _nights(venue, done, today):
        for job in TIMETABLE:
            if job.name in done and night <= done[job.name]:
                continue
            as_of = moment_of(job, night, venue.zone)
            if as_of <= at:
                yield Due(job=job, night=night, as_of=as_of)


def _nights(venue: NightVenue, done: Mapping[str, date], today: date) -> list[date]:
    complete = min(done.get(job.name, venue.since) for job in TIMETABLE)
    first = max(complete, today - timedelta(days=NIGHTS_MADE_UP_FOR - 1))
    return [first + timedelta(days=place) for place in range((today - first).days + 1)]


class NightWatch:
    """Does what is due. `now` reads the clock; `stopping` is looked at between two chunks of work."""

    def __init__(self, now: Callable[[], datetime], stopping: Event, who: str) -> None:
        self._now = now
        self._stopping = stopping
        self.who = who

    def beat(self) -> int:
        """All that is due now, venue by venue; how many jobs ran. Trouble at one venue is that venue's alone."""
        ran = 0
        for venue, done in runs.nights_done([job.name for job in TIMETABLE]):
            try:
                ran += self._at_venue(venue, done)
            except Exception:
                log.exception("failure %s at %s: its night goes on at the next beat", secrets.token_hex(4), venue.name)
        return ran

    def _at_venue(self, venue: NightVenue, done: Mapping[str, date]) -> int:
        """A job that fails holds back those after it."""
        ran = 0
        for due in what_is_due(venue, done, self._now()):
            if self._stopping.is_set() or not self._run(venue, due):
                break
            ran += 1
        return ran

    def _run(self, venue: NightVenue, due: Due) -> bool:
        """True: done, go on with the next."""
        lease = runs.claim(due.job.name, venue, due.night, self.who, self._now())
        if lease is None:
            return False
        try:
            report = due.job.run(self.work(venue, due.as_of, lease))
        except NightInterrupted:
            runs.fail(lease, "interrupted", self._now(), rests=False)
            return False
        except Exception as trouble:
            reference = secrets.token_hex(4)
            log.exception("failure %s in %s for %s on %s", reference, due.job.name, venue.name, due.night)
            runs.fail(lease, f"{reference}: {type(trouble).__name__}: {trouble}", self._now())
            return False
        if not runs.finish(lease, report, self._now()):
            log.warning("%s for %s on %s took too long; another took it over", due.job.name, venue.name, due.night)
            return False
        log.info("%s for %s on %s: %s", due.job.name, venue.name, due.night, report)
        return True

    def work(
        self, venue: NightVenue, as_of: datetime, lease: Lease | None, told: Callable[[int], None] = lambda rows: None
    ) -> NightWork:
        """What a job is given; its lease is renewed while it works. None: it is in no ledger, nobody competes."""
        return NightWork(
            organization_id=venue.organization_id,
            venue_id=venue.venue_id,
            policy=runs.policy_of(venue, as_of),
            as_of=as_of,
            may_go_on=lambda: not self._stopping.is_set() and (lease is None or runs.renew(lease, self._now())),
            told=told,
        )


def watch_over(watch: NightWatch, day: Day, stopping: Event) -> None:
    """Until `stopping`. `schedule` forgets what it missed and stops at an exception, so it only beats."""

    def beat() -> None:
        try:
            watch.beat()
        except Exception:
            log.exception("failure %s: the night stumbled and goes on at the next beat", secrets.token_hex(4))

    heart = schedule.Scheduler()
    heart.every(HEARTBEAT).seconds.do(beat)
    log.info("The scheduler watches over the nights, and does the day's errands")
    # A long night keeps nobody waiting for a letter or a free place.
    by_day = Thread(target=_all_day, args=(day, stopping), name="errands", daemon=True)
    by_day.start()
    beat()
    while not stopping.is_set():
        heart.run_pending()
        stopping.wait(min(1.0, max(0.05, heart.idle_seconds or 0.0)))
    by_day.join(ENDS_WITHIN)


def _all_day(day: Day, stopping: Event) -> None:
    while not stopping.is_set():
        day.beat()
        stopping.wait(DAY_BEAT)
