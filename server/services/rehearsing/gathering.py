"""What happened in an organization's last weeks, as a rehearsal needs it: read once, in a dozen queries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import clocktime
from core.model import PassType, ReservationStatus, Session
from core.nights import CLOCKS, NightStep
from core.outages import OutOfOrder, Span, first_excuse
from core.policy import Policy
from core.rehearsal import Came, Kept, Known, Night, in_order
from server.services.door.undoing import EXCUSED
from server.services.fleet.policy_bounds import LONGEST_WINDOW
from server.services.night.outages import outages_within
from server.services.night.runs import NightVenue, RunState, night_venues
from server.services.night.work import CHUNK
from server.store.tables import (
    JobRunRow,
    NoShowRow,
    PassRow,
    ReservationHistoryRow,
    ReservationRow,
    SessionRow,
    VisitRow,
)

CAME = (ReservationStatus.CHECKED_IN.value, ReservationStatus.ATTENDED.value)
GIVEN_UP = (ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Afterwards:
    """What became of absences later: reservations that were undone, and those that staff excused."""

    undone: frozenset[str]
    excused: frozenset[str]


def known_since(organization_id: str, since: datetime, at: datetime, policies: Mapping[str, Policy]) -> Known:
    """All sessions that ended after `since`, and every night until `at`. Inside `reading()`.

    `policies`: by venue, what is rehearsed there. Sessions that were called off are left out, as a night leaves them.
    """
    venues = [venue for venue in night_venues() if venue.organization_id == organization_id]
    return Known(
        places=tuple(_places(organization_id, since, at, policies)),
        visits=tuple(_visits(organization_id, since)),
        nights=in_order(night for venue in venues for night in _nights(venue, since, at)),
        policies=policies,
        chunk=CHUNK,
    )


def _places(organization_id: str, since: datetime, at: datetime, policies: Mapping[str, Policy]) -> Iterator[Kept]:
    later = _afterwards(organization_id, since)
    outages = {venue_id: _outages(venue_id, since, at) for venue_id in policies}
    columns = (ReservationRow, SessionRow, PassRow.id, PassRow.type, PassRow.absence_grace_minutes)
    rows = (
        ReservationRow.select(*columns)
        .join(SessionRow)
        .switch(ReservationRow)
        .join(PassRow, attr="paid_by")
        .where(
            ReservationRow.organization == organization_id,
            SessionRow.ends_at > since,
            SessionRow.cancelled_at.is_null(),
        )
    )
    excuses: dict[str, bool] = {}
    for row in rows:
        if row.id in later.undone and row.status not in CAME:
            continue
        session = row.session
        if session.id not in excuses:
            policy = policies[session.venue_id]
            excuses[session.id] = first_excuse(as_session(session), policy, outages[session.venue_id]) is not None
        yield Kept(
            reservation_id=row.id,
            member_id=row.member_id,
            pass_id=row.pass_id,
            pass_type=PassType(row.paid_by.type),
            absence_grace=timedelta(minutes=row.paid_by.absence_grace_minutes),
            session_id=session.id,
            venue_id=session.venue_id,
            class_type_id=session.class_type_id,
            costs_nothing=session.is_free,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            made_at=row.made_at,
            given_up_at=row.cancelled_at if row.status in GIVEN_UP else None,
            came_at=row.checked_in_at if row.status in CAME else None,
            is_excused=row.id in later.excused,
            is_out_of_order=excuses[session.id],
        )


def _afterwards(organization_id: str, since: datetime) -> _Afterwards:
    """Staff's excuses are told from outages by the step they leave; those of outages follow from the numbers."""
    rows = (
        NoShowRow.select(NoShowRow.reservation, NoShowRow.reversed_at, NoShowRow.amnesty_because)
        .join(SessionRow)
        .where(NoShowRow.organization == organization_id, SessionRow.ends_at > since)
    )
    noted = list(rows.tuples())
    standing = {reservation for reservation, reversed_at, _ in noted if reversed_at is None}
    excused = {reservation for reservation, reversed_at, amnesty in noted if reversed_at is None and amnesty}
    by_staff = ReservationHistoryRow.select(ReservationHistoryRow.reservation).where(
        ReservationHistoryRow.organization == organization_id,
        ReservationHistoryRow.action == EXCUSED,
        ReservationHistoryRow.at > since,
    )
    return _Afterwards(
        undone=frozenset(reservation for reservation, _, _ in noted) - standing,
        excused=frozenset(reservation for (reservation,) in by_staff.tuples()) & excused,
    )


def _visits(organization_id: str, since: datetime) -> Iterator[Came]:
    rows = (
        VisitRow.select(VisitRow.member, VisitRow.session, VisitRow.first_at, SessionRow.ends_at)
        .join(SessionRow)
        .where(VisitRow.organization == organization_id, VisitRow.is_live, SessionRow.ends_at > since)
    )
    for member_id, session_id, first_at, ends_at in rows.tuples():
        yield Came(member_id=member_id, session_id=session_id, at=first_at, session_ends_at=ends_at)


def _nights(venue: NightVenue, since: datetime, at: datetime) -> Iterator[Night]:
    """Every one whose moment lay in that time, and how far the venue's kiosks had told by then."""
    zone = clocktime.zone_named(venue.zone)
    told = _told_until(venue)
    day = max(venue.since, clocktime.local_day(since, zone))
    while day <= clocktime.local_day(at, zone):
        for step, clock in CLOCKS.items():
            as_of = clocktime.at_wall_clock(day, clock, zone)
            if since < as_of <= at:
                yield Night(venue_id=venue.venue_id, step=step, as_of=as_of, told_until=told.get(day))
        day += timedelta(days=1)


def _told_until(venue: NightVenue) -> dict[date, datetime]:
    """By local day, as the night of absences found it. What no ledger says was told."""
    rows = JobRunRow.select(JobRunRow.local_day, JobRunRow.told_until).where(
        JobRunRow.job == NightStep.NO_SHOWS.value,
        JobRunRow.scope == venue.organization_id,
        JobRunRow.venue == venue.venue_id,
        JobRunRow.state == RunState.DONE.value,
        JobRunRow.told_until.is_null(False),
    )
    return {date.fromisoformat(day): told_until for day, told_until in rows.tuples()}


def _outages(venue_id: str, since: datetime, at: datetime) -> list[OutOfOrder]:
    around = Span(from_at=since - LONGEST_WINDOW, until_at=at + LONGEST_WINDOW)
    return [known.outage for known in outages_within(venue_id, around)]


def as_session(row: SessionRow) -> Session:
    """As far as its window is asked for."""
    return Session(
        id=row.id,
        venue_id=row.venue_id,
        zone="UTC",
        class_type_id=row.class_type_id,
        title="",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        capacity=row.capacity,
    )
