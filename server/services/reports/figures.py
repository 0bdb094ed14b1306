"""What is true of one organization right now, for whoever watches it by machine: few small queries."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from core.health import HealthWord
from core.hooks import CallState
from core.ids import uuid7
from core.letters import LetterState
from server.services.fleet.silence import is_out_of_touch
from server.services.night.runs import RunState
from server.services.people.rights import Asker, Right, require
from server.services.reports.reservations import places_of
from server.services.reports.values import PlaceFigures, Span
from server.store.database import reading
from server.store.tables import (
    DeviceRow,
    EventRow,
    JobRunRow,
    LetterRow,
    SuspensionRow,
    WebhookCallRow,
    WebhookEndpointRow,
)

A_DAY = timedelta(days=1)
RATES_OF = timedelta(days=28)


@dataclass(frozen=True, kw_only=True, slots=True)
class KioskFigures:
    """A kiosk in use. `answer_p50`, `answer_p95`: seconds that people waited lately, as it told; None: nobody came."""

    device_id: str
    venue_id: str
    is_in_touch: bool
    waiting: int
    answer_p50: float | None
    answer_p95: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NightFigures:
    """A night's job at one venue: when it was last done, and whether its last night is broken."""

    job: str
    venue_id: str
    done_at: datetime | None
    is_failing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbox:
    """News that waits to be told. `oldest_at`: since when the longest waits; None: nothing does."""

    name: str
    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """`news`: how often each kind of news happened in the last 24 hours. `places`: of sessions in the last 28 days."""

    organization_id: str
    at: datetime
    news: tuple[tuple[str, int], ...]
    suspended_lately: int
    places: PlaceFigures
    kiosks: tuple[KioskFigures, ...]
    nights: tuple[NightFigures, ...]
    outboxes: tuple[Outbox, ...]
    webhooks_paused: int


def figures(organization_id: str, by: Asker, at: datetime) -> Figures:
    """Nine queries. Raises `Forbidden` for whoever may not run the house."""
    with reading():
        require(organization_id, by, Right.RUN)
        return Figures(
            organization_id=organization_id,
            at=at,
            news=_news(organization_id, at),
            suspended_lately=_suspended(organization_id, at),
            places=places_of(organization_id, Span(from_at=at - RATES_OF, until_at=at)),
            kiosks=_kiosks(organization_id, at),
            nights=_nights(organization_id),
            outboxes=_outboxes(organization_id),
            webhooks_paused=_paused(organization_id),
        )


def _news(organization_id: str, at: datetime) -> tuple[tuple[str, int], ...]:
    """Ids sort by when they were made, so the last day is the end of an index."""
    since = uuid7(at - A_DAY, lambda bits: 0)
    query = (
        EventRow.select(EventRow.kind, fn.COUNT(EventRow.id).coerce(False))
        .where(EventRow.organization == organization_id, EventRow.id >= since)
        .group_by(EventRow.kind)
        .order_by(EventRow.kind)
    )
    return tuple((kind, int(count)) for kind, count in query.tuples())


def _suspended(organization_id: str, at: datetime) -> int:
    query = SuspensionRow.select().where(
        SuspensionRow.organization == organization_id, SuspensionRow.made_at > at - A_DAY, SuspensionRow.made_at <= at
    )
    return int(query.count())


def _kiosks(organization_id: str, at: datetime) -> tuple[KioskFigures, ...]:
    rows = DeviceRow.select().where(
        DeviceRow.organization == organization_id, DeviceRow.revoked_at.is_null(), DeviceRow.retired_at.is_null()
    )
    return tuple(_kiosk(row, at) for row in rows.order_by(DeviceRow.id))


def _kiosk(row: DeviceRow, at: datetime) -> KioskFigures:
    health = json.loads(row.health)
    return KioskFigures(
        device_id=row.id,
        venue_id=row.venue_id,
        is_in_touch=not is_out_of_touch(row.last_heard_at, at),
        waiting=max(0, row.max_seq - row.have_upto),
        answer_p50=_seconds(health, HealthWord.PAINTED_P50, HealthWord.ANSWER_P50),
        answer_p95=_seconds(health, HealthWord.PAINTED_P95, HealthWord.ANSWER_P95),
    )


def _seconds(health: dict[str, str], *words: HealthWord) -> float | None:
    """Until it was painted where the kiosk measures that, else until it was decided. A kiosk may say anything."""
    said = next((health[word] for word in words if word in health), "")
    return int(said) / 1000 if said.isascii() and said.isdigit() and len(said) < 10 else None


def _nights(organization_id: str) -> tuple[NightFigures, ...]:
    runs = JobRunRow.select(
        JobRunRow.job, JobRunRow.venue, fn.MAX(JobRunRow.finished_at), fn.MAX(JobRunRow.local_day)
    ).where(JobRunRow.scope == organization_id)
    by_job = runs.group_by(JobRunRow.job, JobRunRow.venue).order_by(JobRunRow.job, JobRunRow.venue)
    is_failed = (JobRunRow.scope == organization_id) & (JobRunRow.state == RunState.FAILED.value)
    failed = set(JobRunRow.select(JobRunRow.job, JobRunRow.venue, JobRunRow.local_day).where(is_failed).tuples())
    return tuple(
        NightFigures(job=job, venue_id=venue_id, done_at=done_at, is_failing=(job, venue_id, last) in failed)
        for job, venue_id, done_at, last in by_job.tuples()
    )


def _outboxes(organization_id: str) -> tuple[Outbox, ...]:
    calls = WebhookCallRow.select(fn.COUNT(WebhookCallRow.id).coerce(False), fn.MIN(WebhookCallRow.made_at)).where(
        WebhookCallRow.organization == organization_id, WebhookCallRow.state == CallState.WAITING.value
    )
    letters = LetterRow.select(fn.COUNT(LetterRow.id).coerce(False), fn.MIN(LetterRow.made_at)).where(
        LetterRow.organization == organization_id, LetterRow.state == LetterState.WAITING.value
    )
    return tuple(
        Outbox(name=name, waiting=int(waiting), oldest_at=oldest_at)
        for name, query in (("letters", letters), ("webhooks", calls))
        for waiting, oldest_at in query.tuples()
    )


def _paused(organization_id: str) -> int:
    query = WebhookEndpointRow.select().where(
        WebhookEndpointRow.organization == organization_id,
        WebhookEndpointRow.ended_at.is_null(),
        WebhookEndpointRow.paused_at.is_null(False),
    )
    return int(query.count())
