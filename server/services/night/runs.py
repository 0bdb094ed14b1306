"""The ledger of the night's runs: a row a job, venue and local day, with a lease, so that three schedulers run once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from peewee import Field, ModelSelect

from core import clocktime
from core.policy import Policy
from server.services.door.policies import policy_in_force
from server.services.night.barrier import told_until
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
    """A venue as the night knows it. `opened_at`: it has no nights before that local day."""

    organization_id: str
    venue_id: str
    name: str
    zone: str
    opened_at: datetime

    @property
    def since(self) -> date:
        return clocktime.local_day(self.opened_at, clocktime.zone_named(self.zone))


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """The right to do a run and to say how it ended. `attempt` tells it from every earlier and later one of the run.

    Whoever was away for so long that another took over holds a lease that is worth nothing any more.
    """

    run_id: str
    attempt: int


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
    return [venue for venue, _ in nights_done(())]


def nights_done(jobs: Sequence[str]) -> list[tuple[NightVenue, dict[str, date]]]:
    """Every venue, with the last local day that is done of each of these jobs. A job that never ran is left out.

    One statement for the whole house: it is asked three times a minute, and hardly ever is anything due.
    """
    columns = (VenueRow.organization, VenueRow.id, VenueRow.name, VenueRow.zone, OrganizationRow.created_at)
    with reading():
        rows = (
            VenueRow.select(*columns, *[_last_done(job) for job in jobs])
            .join(OrganizationRow)
            .order_by(VenueRow.organization, VenueRow.id)
            .tuples()
        )
        return [
            (
                NightVenue(organization_id=organization, venue_id=id_, name=name, zone=zone, opened_at=opened_at),
                {job: date.fromisoformat(day) for job, day in zip(jobs, days, strict=True) if day},
            )
            for organization, id_, name, zone, opened_at, *days in rows
        ]


def _last_done(job: str) -> ModelSelect:
    """Found from the end of the index, however many years of nights lie before it."""
    return (
        JobRunRow.select(JobRunRow.local_day)
        .where(
            JobRunRow.job == job,
            JobRunRow.scope == VenueRow.organization,
            JobRunRow.venue == VenueRow.id,
            JobRunRow.state == RunState.DONE.value,
        )
        .order_by(JobRunRow.local_day.desc())
        .limit(1)
    )


def policy_of(venue: NightVenue, as_of: datetime) -> Policy:
    """The numbers in force for a venue's night, at its moment: one that is made up for is judged as it would have been.

    When a place may be judged is said by these; what missing it costs, by the version it was reserved under.
    """
    with reading():
        return policy_in_force(venue.organization_id, venue.venue_id, as_of)


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


def claim(job: str, venue: NightVenue, night: date, who: str, at: datetime, *, again: bool = False) -> Lease | None:
    """A lease if the work is ours now; None if it is done, somebody has it, or it rests after a failure.

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
        row.told_until = told_until(venue.venue_id)
        row.save(force_insert=is_new)
        return Lease(run_id=row.id, attempt=row.attempts)


def renew(lease: Lease, at: datetime) -> bool:
    """The work goes on. False: the run is somebody else's by now, or over."""
    return _write(lease, {JobRunRow.lease_until: at + LEASE})


def finish(lease: Lease, report: str, at: datetime) -> bool:
    """It is done. False: the run is somebody else's by now, and what they make of it stands."""
    return _write(
        lease,
        {
            JobRunRow.state: RunState.DONE.value,
            JobRunRow.finished_at: at,
            JobRunRow.lease_until: None,
            JobRunRow.report: report,
            JobRunRow.error: "",
        },
    )


def fail(lease: Lease, error: str, at: datetime, *, rests: bool = True) -> bool:
    """It is tried again after a rest; at once where it was only interrupted. False: it is somebody else's by now."""
    rest = RESTS[min(lease.attempt, len(RESTS)) - 1] if rests else timedelta(0)
    return _write(
        lease,
        {JobRunRow.state: RunState.FAILED.value, JobRunRow.error: error[:500], JobRunRow.lease_until: at + rest},
    )


def _write(lease: Lease, changes: Mapping[Field, object]) -> bool:
    """In one statement with the question whose run it is, so that nobody can come between."""
    is_ours = (
        (JobRunRow.id == lease.run_id)
        & (JobRunRow.attempts == lease.attempt)
        & (JobRunRow.state == RunState.RUNNING.value)
    )
    with writing():
        return bool(JobRunRow.update(dict(changes)).where(is_ours).execute())


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
