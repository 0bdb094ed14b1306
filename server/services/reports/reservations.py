"""How places are reserved, given up, kept and missed; how people check in, and when most of them come."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from peewee import Case, Expression, Function, ModelSelect, Node, fn

from core import clocktime
from core.model import Method
from core.model import ReservationStatus as S
from server.services.people.rights import Asker, Right, require
from server.services.reports.spans import span_of
from server.services.reports.values import (
    ClassFigures,
    MethodFigures,
    PlaceFigures,
    PopularTime,
    ReservationReport,
    Source,
    Span,
)
from server.store.database import reading
from server.store.tables import ClassTypeRow, ReservationRow, SessionRow, VenueRow, VisitRow

CAME = (S.CHECKED_IN.value, S.ATTENDED.value)


def reservation_report(
    organization_id: str,
    by: Asker,
    at: datetime,
    *,
    from_day: date | None = None,
    until_day: date | None = None,
    venue_id: str | None = None,
) -> ReservationReport:
    """Six queries. Raises `Forbidden` for whoever may not plan; `NotFound`, `Invalid` as `span_of`."""
    with reading():
        require(organization_id, by, Right.PLAN)
        span = span_of(organization_id, from_day, until_day, venue_id, at)
        by_class = _by_class(organization_id, span)
        return ReservationReport(
            span=span,
            made=_made(organization_id, span),
            advance=_advance(organization_id, span),
            places=places_of(organization_id, span),
            by_class=by_class,
            methods=_methods(organization_id, span),
            popular=_popular(organization_id, span),
        )


def places_of(organization_id: str, span: Span) -> PlaceFigures:
    """What became of the places in sessions that start in the span. Inside `reading()`."""
    row = _reserved(organization_id, span, *_counts()).tuples().get()
    return _figures(row)


def starts_within(span: Span) -> Expression:
    """Sessions of the span that took place, or will."""
    found = (SessionRow.starts_at >= span.from_at) & (SessionRow.starts_at < span.until_at)
    found &= SessionRow.cancelled_at.is_null()
    return found if span.venue_id is None else found & (SessionRow.venue == span.venue_id)


def _by_class(organization_id: str, span: Span) -> tuple[ClassFigures, ...]:
    rows = (
        _reserved(organization_id, span, SessionRow.class_type, ClassTypeRow.name, *_counts())
        .join(ClassTypeRow)
        .group_by(SessionRow.class_type, ClassTypeRow.name)
        .order_by(ClassTypeRow.name, SessionRow.class_type)
    )
    return tuple(
        ClassFigures(class_type_id=id_, name=name, places=_figures(counts)) for id_, name, *counts in rows.tuples()
    )


def _made(organization_id: str, span: Span) -> int:
    """Places reserved in the span. Source: "Monitoring", "Track reservation creation rate"."""
    query = ReservationRow.select().where(
        ReservationRow.organization == organization_id,
        ReservationRow.made_at >= span.from_at,
        ReservationRow.made_at < span.until_at,
    )
    if span.venue_id is not None:
        query = query.join(SessionRow).where(SessionRow.venue == span.venue_id)
    return int(query.count())


def _advance(organization_id: str, span: Span) -> timedelta | None:
    """From reserving to the session's start, on average over every place of the span, also those given up later.

    Source: "Average advance booking time".
    """
    length = fn.AVG(SessionRow.starts_at - ReservationRow.made_at).coerce(False)
    milliseconds = _reserved(organization_id, span, length).scalar()
    return None if milliseconds is None else timedelta(milliseconds=round(float(milliseconds)))


def _methods(organization_id: str, span: Span) -> tuple[MethodFigures, ...]:
    """Visits that count, by who acted and where. Source: "Check-in method distribution (self vs staff)"."""
    visits, at_kiosks = fn.COUNT(VisitRow.id).coerce(False), fn.COUNT(VisitRow.device).coerce(False)
    rows = _came(organization_id, span, VisitRow.method, visits, at_kiosks).group_by(VisitRow.method)
    found = [
        (Method(method), source, count)
        for method, all_of_it, at_kiosk in rows.tuples()
        for source, count in ((Source.KIOSK, at_kiosk), (Source.ELSEWHERE, all_of_it - at_kiosk))
        if count
    ]
    all_ = sum(count for *_, count in found)
    return tuple(
        MethodFigures(method=method, source=source, visits=count, share=count / all_)
        for method, source, count in sorted(found)
    )


def _popular(organization_id: str, span: Span) -> tuple[PopularTime, ...]:
    """By the venue's clock, most visits first. Source: "Most popular session times"."""
    rows = (
        SessionRow.select(SessionRow.starts_at, VenueRow.zone, fn.COUNT(VisitRow.id).coerce(False))
        .join(VenueRow, on=SessionRow.venue == VenueRow.id)
        .join(VisitRow, on=(VisitRow.session == SessionRow.id) & VisitRow.is_live)
        .where(SessionRow.organization == organization_id, starts_within(span))
        .group_by(SessionRow.id, SessionRow.starts_at, VenueRow.zone)
    )
    sessions: Counter[tuple[int, int]] = Counter()
    visits: Counter[tuple[int, int]] = Counter()
    for starts_at, zone, came in rows.tuples():
        local = starts_at.astimezone(clocktime.zone_named(zone))
        when = (local.isoweekday(), local.hour)
        sessions[when] += 1
        visits[when] += int(came)
    order = sorted(visits, key=lambda when: (-visits[when], when))
    return tuple(
        PopularTime(weekday=when[0], hour=when[1], sessions=sessions[when], visits=visits[when]) for when in order
    )


def _reserved(organization_id: str, span: Span, *columns: Node) -> ModelSelect:
    return (
        ReservationRow.select(*columns)
        .join(SessionRow)
        .where(ReservationRow.organization == organization_id, starts_within(span))
    )


def _came(organization_id: str, span: Span, *columns: Node) -> ModelSelect:
    return (
        VisitRow.select(*columns)
        .join(SessionRow)
        .where(VisitRow.organization == organization_id, VisitRow.is_live, starts_within(span))
    )


def _counts() -> tuple[Function, ...]:
    """In the order of `PlaceFigures`."""
    wanted = ((S.CANCELLED.value,), (S.AUTO_CANCELLED.value,), CAME, (S.NO_SHOW.value,))
    return (
        fn.COUNT(ReservationRow.id).coerce(False),
        *(
            fn.COALESCE(fn.SUM(Case(None, ((ReservationRow.status.in_(list(statuses)), 1),), 0)), 0).coerce(False)
            for statuses in wanted
        ),
    )


def _figures(counts: Iterable[int]) -> PlaceFigures:
    reserved, cancelled, auto_cancelled, came, no_shows = (int(count) for count in counts)
    return PlaceFigures(
        reserved=reserved, cancelled=cancelled, auto_cancelled=auto_cancelled, came=came, no_shows=no_shows
    )
