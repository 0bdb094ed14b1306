"""`today(…)`: one venue's day as its front desk sees it, and `pulse(…)`, which tells when to look again."""

from dataclasses import replace
from datetime import datetime, timedelta

from peewee import fn

from core import clocktime
from core.errors import NotFound
from core.model import Session
from server.services.desk.arrivals import newest_arrivals, with_punches
from server.services.desk.kiosks import kiosks_at
from server.services.desk.rights import venue_among, venues_of
from server.services.desk.roll import sessions_with_people
from server.services.desk.turned_away import turned_away_lately
from server.services.desk.values import Attendee, Place, Pulse, Roster, SessionToday, Today
from server.services.door.changes import version_of
from server.services.door.day import as_sessions, sessions_with_ids
from server.services.door.policies import policy_in_force
from server.services.people.rights import Asker, Right, require
from server.store.database import reading
from server.store.tables import AttemptRow, SessionRow

SOON = timedelta(hours=1)
"""A session is on now from this long before it starts, if its window is open, until it ends."""


def today(organization_id: str, by: Asker, venue_id: str | None, at: datetime) -> Today:
    """The day at a venue; without one, at the organization's first. About fifteen queries, however full the day.

    Raises `Forbidden` for whoever is not staff there, `NotFound` for another's venue.
    """
    with reading():
        require(organization_id, by, Right.WELCOME)
        venues = venues_of(organization_id)
        venue = venue_among(venues, venue_id)
        policy = policy_in_force(organization_id, venue.id, at)
        day = sessions_with_people(organization_id, _sessions_of_day(organization_id, venue, at), policy, at)
        on_now = tuple(s for s in day if _is_on(s, at))
        return Today(
            venue=venue,
            venues=venues,
            at=at,
            on_now=on_now,
            later=tuple(s for s in day if s not in on_now and s.session.ends_at > at),
            earlier=tuple(reversed([s for s in day if s.session.ends_at <= at])),
            turned_away=turned_away_lately(organization_id, venue.id, day, policy, at),
            arrivals=newest_arrivals(day),
            kiosks=kiosks_at(organization_id, venue.id, at),
            in_house=len({p.member_id for s in day if s.session.ends_at > at for p in s.people if p.arrival}),
        )


def roster(organization_id: str, by: Asker, session_id: str, at: datetime) -> Roster:
    """One session with everybody in it, punches and all. Raises `Forbidden`, `NotFound`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        session = sessions_with_ids(organization_id, [session_id]).get(session_id)
        if session is None:
            raise NotFound("session.not_found", id=session_id)
        policy = policy_in_force(organization_id, session.venue_id, at)
        (found,) = sessions_with_people(organization_id, [session], policy, at)
        return Roster(
            venue=venue_among(venues_of(organization_id), session.venue_id),
            at=at,
            session=replace(found, people=_with_punches(found.people)),
            kiosks=kiosks_at(organization_id, session.venue_id, at),
        )


def pulse(organization_id: str, by: Asker, venue_id: str, at: datetime) -> Pulse:
    """Three small queries. Raises `Forbidden` once somebody no longer works there."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        version = version_of(organization_id)
        attempts, decided_at, told_at = (
            AttemptRow.select(fn.COUNT(AttemptRow.id), fn.MAX(AttemptRow.decided_at), fn.MAX(AttemptRow.told_at))
            .where(AttemptRow.organization == organization_id, AttemptRow.happened_at > at - timedelta(days=1))
            .tuples()
            .get()
        )
        silent = tuple(kiosk.id for kiosk in kiosks_at(organization_id, venue_id, at) if kiosk.is_silent)
        return Pulse(version=version, attempts=attempts, decided_at=decided_at, told_at=told_at, silent=silent)


def _sessions_of_day(organization_id: str, venue: Place, at: datetime) -> tuple[Session, ...]:
    """All that touch the venue's local day, by start: one that began before midnight is still today's."""
    zone = clocktime.zone_named(venue.zone)
    begins_at, ends_at = clocktime.day_span(clocktime.local_day(at, zone), zone)
    rows = SessionRow.select().where(
        SessionRow.organization == organization_id,
        SessionRow.venue == venue.id,
        SessionRow.starts_at < ends_at,
        SessionRow.ends_at > begins_at,
    )
    return as_sessions(organization_id, rows.order_by(SessionRow.starts_at, SessionRow.id))


def _is_on(day: SessionToday, at: datetime) -> bool:
    session = day.session
    begins_at = max(day.window.opens_at, session.starts_at - SOON)
    return not session.is_cancelled and min(begins_at, session.starts_at) <= at < session.ends_at


def _with_punches(people: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
    counted = {a.visit_key: a for a in with_punches(p.arrival for p in people if p.arrival)}
    return tuple(replace(p, arrival=counted[p.arrival.visit_key]) if p.arrival else p for p in people)
