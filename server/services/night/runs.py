"""The ledger of the night's runs: a row a job, venue and local day, with a lease, so that three schedulers run once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core import clocktime
from core.policy import Policy
from server.services.door.policies import policy_in_force
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import JobRunRow, OrganizationRow, VenueRow

LEASE = timedelta(minutes=2)
"""Renewed while the work goes on; a scheduler that died is replaced after it."""
RESTS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""Before a job that failed is tried again, the longer the oftener it failed."""


class RunState(StrEnum):
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


@dataclass(frozen=True, kw_only=True, slots=True)
class NightVenue:
    """A venue as the night knows it. `since`: the local day before which it has no nights."""

    organization_id: str
    venue_id: str
    name: str
    zone: str
    since: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One line of the ledger."""

    id: str
    job: str
    venue_id: str
    local_day: date
    state: RunState
    attempts: int
    finished_at: datetime | None
    report: str
    error: str


def night_venues() -> list[NightVenue]:
    """Every venue of every organization of the house."""
    with reading():
        return [
            NightVenue(
                organization_id=row.organization_id,
                venue_id=row.id,
                name=row.name,
                zone=row.zone,
                since=clocktime.local_day(row.organization.created_at, clocktime.zone_named(row.zone)),
            )
            for row in VenueRow.select(VenueRow, OrganizationRow)
            .join(OrganizationRow)
            .order_by(VenueRow.organization, VenueRow.id)
        ]


def policy_of(venue: NightVenue) -> Policy:
    """The numbers in force for a venue's night."""
    with reading():
        return policy_in_force(venue.organization_id)


def done_nights(job: str, venue_id: str) -> set[date]:
    """The local days whose run of this job is done."""
    with reading():
        rows = JobRunRow.select(JobRunRow.local_day).where(
            JobRunRow.job == job, JobRunRow.venue == venue_id, JobRunRow.state == RunState.DONE.value
        )
        return {date.fromisoformat(day) for (day,) in rows.tuples()}


def last_run(job: str, venue_id: str) -> Run | None:
    """The newest night of this job that was begun."""
    with reading():
        row = (
            JobRunRow.select()
            .where(JobRunRow.job == job, JobRunRow.venue == venue_id)
            .order_by(JobRunRow.local_day.desc())
            .first()
        )
        return _as_run(row) if row else None


def claim(job: str, venue: NightVenue, night: date, who: str, at: datetime, *, again: bool = False) -> str | None:
    """The run's id if the work is ours now; None if it is done, somebody has it, or it rests after a failure.

    `again`: also if it is done, for a hand that wants it so.
    """
    with writing():
        # Whoever claims for a venue queues at its row, so that only one of many finds the ledger without a line.
        for_update(VenueRow.select().where(VenueRow.id == venue.venue_id)).get()
        row = JobRunRow.get_or_none(
            (JobRunRow.job == job)
            & (JobRunRow.scope == venue.organization_id)
            & (JobRunRow.venue == venue.venue_id)
            & (JobRunRow.local_day == night.isoformat())
        )
        if row is None:
            row = JobRunRow(
                id=new_id(at),
                job=job,
                scope=venue.organization_id,
                venue=venue.venue_id,
                local_day=night.isoformat(),
                attempts=0,
            )
            is_new = True
        else:
            is_new = False
            if row.state == RunState.DONE.value and not again:
                return None
            if row.state != RunState.DONE.value and row.lease_until and row.lease_until > at:
                return None
        row.state, row.lease_by, row.lease_until = RunState.RUNNING.value, who, at + LEASE
        row.attempts, row.started_at, row.finished_at = row.attempts + 1, at, None
        row.save(force_insert=is_new)
        return str(row.id)


def renew(run_id: str, who: str, at: datetime) -> bool:
    """The work goes on. False: the lease is somebody else's by now."""
    with writing():
        is_ours = (JobRunRow.id == run_id) & (JobRunRow.lease_by == who)
        return bool(JobRunRow.update({JobRunRow.lease_until: at + LEASE}).where(is_ours).execute())


def finish(run_id: str, report: str, at: datetime) -> None:
    with writing():
        JobRunRow.update(
            {
                JobRunRow.state: RunState.DONE.value,
                JobRunRow.finished_at: at,
                JobRunRow.lease_until: None,
                JobRunRow.report: report,
                JobRunRow.error: "",
            }
        ).where(JobRunRow.id == run_id).execute()


def fail(run_id: str, error: str, at: datetime, *, rests: bool = True) -> None:
    """It is tried again after a rest; at once where it was only interrupted."""
    with writing():
        row = JobRunRow.get_by_id(run_id)
        rest = RESTS[min(row.attempts, len(RESTS)) - 1] if rests else timedelta(0)
        row.state, row.error, row.lease_until = RunState.FAILED.value, error[:500], at + rest
        row.save()


def _as_run(row: JobRunRow) -> Run:
    return Run(
        id=row.id,
        job=row.job,
        venue_id=row.venue,
        local_day=date.fromisoformat(row.local_day),
        state=RunState(row.state),
        attempts=row.attempts,
        finished_at=row.finished_at,
        report=row.report,
        error=row.error,
    )
