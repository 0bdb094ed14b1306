"""What the policy does: who is suspended, which places are taken away, whether fewer are missed, who comes again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from peewee import Case, fn

from core import clocktime
from core.errors import NotFound
from server.services.people.rights import Asker, Right, require
from server.services.reports.reservations import places_of, starts_within
from server.services.reports.spans import span_of
from server.services.reports.values import BeforeAndAfter, PolicyReport, Retention, Span
from server.store.database import reading
from server.store.tables import PolicyRow, ReservationRow, SessionRow, SuspensionRow, VisitRow

COMPARED = timedelta(days=28)
"""Before a version began and after it: four of each day of the week."""
COMES_AGAIN_WITHIN = timedelta(days=60)


def policy_report(
    organization_id: str,
    by: Asker,
    at: datetime,
    *,
    from_day: date | None = None,
    until_day: date | None = None,
    venue_id: str | None = None,
    version: int | None = None,
) -> PolicyReport:
    """`version`: the one to compare no-shows before and after; unless given, the last that has begun.

    A dozen queries. Suspensions are the organization's, whichever venue the span is for. Raises `Forbidden` for whoever
    may not plan; `NotFound` for a version that is not there or has not begun, or a venue; `Invalid` as `span_of`.
    """
    with reading():
        require(organization_id, by, Right.PLAN)
        span = span_of(organization_id, from_day, until_day, venue_id, at)
        began = (
            (SuspensionRow.organization == organization_id)
            & (SuspensionRow.starts_at >= span.from_at)
            & (SuspensionRow.starts_at < span.until_at)
        )
        columns = (fn.COUNT(SuspensionRow.id), fn.COUNT(SuspensionRow.member.distinct()))
        suspensions, members = SuspensionRow.select(*columns).where(began).tuples().get()
        return PolicyReport(
            span=span,
            active_members=_active(organization_id, span),
            suspended_members=int(members),
            suspensions=int(suspensions),
            places=places_of(organization_id, span),
            versions=_before_and_after(organization_id, venue_id, version, at),
            retention=retention_of(organization_id, span, at),
        )


def _active(organization_id: str, span: Span) -> int:
    """Members with a place in a session of the span, whatever became of it, or a visit that counts."""
    reserved = (
        ReservationRow.select(ReservationRow.member)
        .join(SessionRow)
        .where(ReservationRow.organization == organization_id, starts_within(span))
    )
    came = (
        VisitRow.select(VisitRow.member)
        .join(SessionRow)
        .where(VisitRow.organization == organization_id, VisitRow.is_live, starts_within(span))
    )
    return int((reserved | came).count())


def _before_and_after(
    organization_id: str, venue_id: str | None, version: int | None, at: datetime
) -> BeforeAndAfter | None:
    """None: no version has begun. Source: "No-show reduction after policy"."""
    begun = PolicyRow.select().where(PolicyRow.organization == organization_id, PolicyRow.starts_at <= at)
    if version is not None:
        row = begun.where(PolicyRow.version == version).first()
        if row is None:
            raise NotFound("policy.no_such_version", version=version)
    else:
        here = (
            PolicyRow.venue.is_null() if venue_id is None else PolicyRow.venue.is_null() | (PolicyRow.venue == venue_id)
        )
        row = begun.where(here).order_by(PolicyRow.starts_at.desc(), PolicyRow.version.desc()).first()
        if row is None:
            return None
    length = min(COMPARED, at - row.starts_at)
    after = Span(from_at=row.starts_at, until_at=row.starts_at + length, venue_id=row.venue_id or venue_id)
    before = replace(after, from_at=row.starts_at - length, until_at=row.starts_at)
    return BeforeAndAfter(
        version=row.version,
        began_at=row.starts_at,
        length=length,
        before=places_of(organization_id, before),
        after=places_of(organization_id, after),
    )


def retention_of(organization_id: str, span: Span, at: datetime) -> Retention:
    """Of suspensions that ended in the span. Inside `reading()`.

    A suspension ends when its time is over or it was lifted; coming again is a visit that counts within 60 days.
    """
    is_lifted = SuspensionRow.lifted_at.is_null(False) & (SuspensionRow.lifted_at < SuspensionRow.ends_at)
    end = Case(None, ((is_lifted, SuspensionRow.lifted_at),), SuspensionRow.ends_at)
    within = clocktime.to_ms(span.from_at), clocktime.to_ms(span.until_at)
    days = COMES_AGAIN_WITHIN // timedelta(milliseconds=1)
    over_by = clocktime.to_ms(at) - days
    came = fn.EXISTS(
        VisitRow.select(VisitRow.id).where(
            VisitRow.member == SuspensionRow.member,
            VisitRow.is_live,
            VisitRow.first_at >= end,
            VisitRow.first_at < end + days,
        )
    )
    ended = SuspensionRow.select().where(
        SuspensionRow.organization == organization_id, end >= within[0], end < within[1], end <= clocktime.to_ms(at)
    )
    over = ended.where(end <= over_by)
    all_, over_count = int(ended.count()), int(over.count())
    return Retention(ended=over_count, came_again=int(over.where(came).count()), too_early=all_ - over_count)
