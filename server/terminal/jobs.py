"""`tessera jobs`: the timetable with what became of it, and one job by hand."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event

from rich.table import Table

from core import clocktime
from core.errors import Invalid
from server.scheduler import TIMETABLE, Job, NightWatch, moment_of
from server.services.night import runs
from server.services.night.runs import NightVenue
from server.settings import Settings
from server.terminal.database import opened
from server.terminal.watching import this_process

BY_HAND = "hand:"
"""Runs by hand have lines of their own in the ledger: they never stand for the night's."""


def job_table(settings: Settings, at: datetime) -> Table:
    """A line a job and venue, by the venue's clock."""
    table = Table("Job", "Venue", "At", "Last night", "Became", "Next")
    with opened(settings):
        for venue in runs.night_venues():
            for job in TIMETABLE:
                table.add_row(*_line(job, venue, at))
    return table


def run_job(settings: Settings, name: str, as_of: str | None, now: Callable[[], datetime]) -> Iterator[str]:
    """Does it for every venue; a sentence each. Raises `Invalid` for a name, an instant, or one that is still to come:
    as of tomorrow, whoever has a place today would be noted as absent, and written to."""
    job = next((job for job in TIMETABLE if job.name == name), None)
    if job is None:
        raise Invalid("job.unknown", given=name[:40], known=", ".join(job.name for job in TIMETABLE))
    moment = clocktime.parse_instant(as_of) if as_of else now()
    if moment > now():
        raise Invalid("job.not_yet", given=as_of)
    with opened(settings):
        watch = NightWatch(now, Event(), this_process())
        for venue in runs.night_venues():
            yield f"{venue.name}: {_by_hand(job, venue, moment, watch, now)}"


def _by_hand(job: Job, venue: NightVenue, as_of: datetime, watch: NightWatch, now: Callable[[], datetime]) -> str:
    day = clocktime.local_day(as_of, clocktime.zone_named(venue.zone))
    lease = runs.claim(BY_HAND + job.name, venue, day, watch.who, now(), again=True)
    if lease is None:
        return "somebody else is doing it just now"
    try:
        report = job.run(watch.work(venue, as_of, lease))
    except BaseException as trouble:
        runs.fail(lease, f"{type(trouble).__name__}: {trouble}", now(), rests=False)
        raise
    runs.finish(lease, report, now())
    return report


def _line(job: Job, venue: NightVenue, at: datetime) -> tuple[str, ...]:
    zone = clocktime.zone_named(venue.zone)
    last = runs.last_run(job.name, venue.venue_id)
    today = clocktime.local_day(at, zone)
    coming = moment_of(job, today, venue.zone)
    if coming <= at:
        coming = moment_of(job, today + timedelta(days=1), venue.zone)
    became = (last.report or last.error or last.state.value) if last else "has not run yet"
    return (
        job.name,
        venue.name,
        f"{job.clock:%H:%M}",
        last.local_day.isoformat() if last else "",
        became,
        f"{clocktime.local_day(coming, zone)} {clocktime.wall_clock(coming, zone)}",
    )
