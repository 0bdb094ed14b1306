"""Reports over HTTP: how places, passes and the policy are used, for managers' and owners' tokens."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from core.model import Method
from core.scopes import Subject
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.api.shapes import Told
from server.services.reports import passes, policies, reservations
from server.services.reports.values import BeforeAndAfter, PlaceFigures, Source, Span

router = APIRouter(prefix="/api/reports", tags=["reports"], dependencies=[needs(Subject.REPORTS)])
HOURS = 3600

From = Annotated[date | None, Query(alias="from", description="A local day; unless given, 28 days before `until`.")]
Until = Annotated[date | None, Query(description="The local day after the last; unless given, today.")]
Venue = Annotated[str | None, Query(alias="venueId", max_length=80, description="Only sessions at this venue.")]
Rate = Annotated[float | None, Field(description="Between 0 and 1; null where there is nothing to divide by.")]


class SpanTold(Told):
    """From `fromAt` up to, but not including, `untilAt`."""

    from_at: datetime
    until_at: datetime
    venue_id: str | None


class PlacesTold(Told):
    """Places in sessions that start in the span and were not called off."""

    reserved: int
    cancelled: int
    auto_cancelled: int
    came: int
    no_shows: int
    cancellation_rate: Rate = None
    no_show_rate: Rate = None
    auto_cancellation_rate: Rate = None


class ClassTold(Told):
    class_type_id: str
    name: str
    places: PlacesTold


class MethodTold(Told):
    method: Method
    source: Source
    visits: int
    share: float


class PopularTold(Told):
    weekday: int = Field(ge=1, le=7, description="Monday is 1, by the venue's clock.")
    hour: int = Field(ge=0, le=23)
    sessions: int
    visits: int


class ReservationReportTold(Told):
    span: SpanTold
    made: int = Field(description="Places reserved in the span, whenever their session starts.")
    advance_hours: float | None = Field(description="From reserving to the session's start, on average.")
    places: PlacesTold
    by_class_type: list[ClassTold]
    check_in_methods: list[MethodTold]
    popular_times: list[PopularTold] = Field(description="Most visits first.")


class PassReportTold(Told):
    """Punch passes whose time ran out in the span."""

    span: SpanTold
    ended: int
    sessions_used: int
    mean_sessions_used: float | None
    ended_with_punches_left: int
    punches_left: int
    expiry_rate: Rate = None


class VersionsTold(Told):
    """No-shows for as long before a version began as after it."""

    version: int
    began_at: datetime
    days: float
    before: PlacesTold
    after: PlacesTold
    reduction: float | None = Field(description="By how much the no-show rate fell, as a part of what it was.")


class RetentionTold(Told):
    """Suspensions that ended in the span and at least 60 days ago; after `cameAgain` of them the member came again.

    The last 60 days have none yet, so ask with a `from` that lies further back.
    """

    ended: int
    came_again: int
    too_early: int = Field(description="Ended in the span, and the 60 days are not over.")
    rate: Rate = None


class PolicyReportTold(Told):
    span: SpanTold
    active_members: int
    suspended_members: int
    suspensions: int
    suspension_rate: Rate = None
    places: PlacesTold
    no_shows_before_and_after: VersionsTold | None
    retention: RetentionTold


@router.get("/reservations", response_model=ReservationReportTold, responses=noes("venue.not_found"))
def reservation_report(
    by: By, at: Now, from_: From = None, until: Until = None, venue_id: Venue = None
) -> ReservationReportTold:
    """How long ahead places are reserved, how many are given up and missed, how people check in, and when they come."""
    found = reservations.reservation_report(
        by.organization_id, by, at, from_day=from_, until_day=until, venue_id=venue_id
    )
    return ReservationReportTold(
        span=_span(found.span),
        made=found.made,
        advance_hours=None if found.advance is None else round(found.advance.total_seconds() / HOURS, 2),
        places=_places(found.places),
        by_class_type=[
            ClassTold(class_type_id=one.class_type_id, name=one.name, places=_places(one.places))
            for one in found.by_class
        ],
        check_in_methods=[
            MethodTold(method=one.method, source=one.source, visits=one.visits, share=round(one.share, 4))
            for one in found.methods
        ],
        popular_times=[
            PopularTold(weekday=one.weekday, hour=one.hour, sessions=one.sessions, visits=one.visits)
            for one in found.popular
        ],
    )


@router.get("/passes", response_model=PassReportTold, responses=noes())
def pass_report(by: By, at: Now, from_: From = None, until: Until = None) -> PassReportTold:
    """How many sessions punch passes were used for, and how many ran out of time with punches left."""
    found = passes.pass_report(by.organization_id, by, at, from_day=from_, until_day=until)
    return PassReportTold(
        span=_span(found.span),
        ended=found.ended,
        sessions_used=found.sessions_used,
        mean_sessions_used=_rounded(found.mean_sessions_used),
        ended_with_punches_left=found.ended_with_punches_left,
        punches_left=found.punches_left,
        expiry_rate=_rounded(found.expiry_rate),
    )


@router.get("/policy", response_model=PolicyReportTold, responses=noes("venue.not_found", "policy.no_such_version"))
def policy_report(
    by: By,
    at: Now,
    from_: From = None,
    until: Until = None,
    venue_id: Venue = None,
    version: Annotated[
        int | None, Query(ge=0, le=2**31 - 1, description="To compare before and after; unless given, the last.")
    ] = None,
) -> PolicyReportTold:
    """Who is suspended, whether fewer are missed since the policy changed, and who comes again after a suspension."""
    found = policies.policy_report(
        by.organization_id, by, at, from_day=from_, until_day=until, venue_id=venue_id, version=version
    )
    return PolicyReportTold(
        span=_span(found.span),
        active_members=found.active_members,
        suspended_members=found.suspended_members,
        suspensions=found.suspensions,
        suspension_rate=_rounded(found.suspension_rate),
        places=_places(found.places),
        no_shows_before_and_after=None if found.versions is None else _versions(found.versions),
        retention=RetentionTold(
            ended=found.retention.ended,
            came_again=found.retention.came_again,
            too_early=found.retention.too_early,
            rate=_rounded(found.retention.rate),
        ),
    )


def _span(span: Span) -> SpanTold:
    return SpanTold(from_at=span.from_at, until_at=span.until_at, venue_id=span.venue_id)


def _places(places: PlaceFigures) -> PlacesTold:
    return PlacesTold(
        reserved=places.reserved,
        cancelled=places.cancelled,
        auto_cancelled=places.auto_cancelled,
        came=places.came,
        no_shows=places.no_shows,
        cancellation_rate=_rounded(places.cancellation_rate),
        no_show_rate=_rounded(places.no_show_rate),
        auto_cancellation_rate=_rounded(places.auto_cancellation_rate),
    )


def _versions(found: BeforeAndAfter) -> VersionsTold:
    return VersionsTold(
        version=found.version,
        began_at=found.began_at,
        days=round(found.length.total_seconds() / HOURS / 24, 2),
        before=_places(found.before),
        after=_places(found.after),
        reduction=_rounded(found.reduction),
    )


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)
