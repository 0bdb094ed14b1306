"""A member's calendar under a secret address, for their phone's calendar: places reserved, and those lately lost."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from core.errors import NotFound
from core.model import ReservationStatus as S
from core.model import Session
from core.portal import calendar_uid
from server.services.door.day import sessions_with_ids
from server.services.door.vault import CodeVault
from server.services.people.rights import Asker
from server.services.portal.signing_in import themselves
from server.store.database import reading, writing
from server.store.ids import hash_of, new_id
from server.store.tables import (
    CalendarFeedRow,
    MemberRow,
    OrganizationRow,
    ReservationHistoryRow,
    ReservationRow,
    SessionRow,
    VenueRow,
)

USE = "calendar"
KEPT = timedelta(days=30)
"""How long a place that is over, or was lost, is still told: so that calendars take it out that are seldom online."""
_STANDS = frozenset({S.PENDING.value, S.CHECKED_IN.value, S.ATTENDED.value, S.NO_SHOW.value})


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """An iCalendar file and what changes whenever it does."""

    text: bytes
    etag: str


def feed_secret(organization_id: str, by: Asker, at: datetime, vault: CodeVault) -> str:
    """What the address of the member who asks ends with; made at the first asking. Raises `Forbidden`."""
    with writing():
        member = themselves(organization_id, by)
        open_ = CalendarFeedRow.get_or_none(CalendarFeedRow.member == member.id, CalendarFeedRow.ended_at.is_null())
        return vault.member_secret(USE, open_.id) if open_ else _make(member, at, vault)


def renew_feed(organization_id: str, by: Asker, at: datetime, vault: CodeVault) -> str:
    """A new secret; the address known so far shows nothing from now on. Raises `Forbidden`."""
    with writing():
        member = themselves(organization_id, by)
        end_feeds(member.id, at)
        return _make(member, at, vault)


def end_feeds(member_id: str, at: datetime) -> None:
    """Inside a transaction: no address shows this member's calendar any more."""
    CalendarFeedRow.update({CalendarFeedRow.ended_at: at}).where(
        CalendarFeedRow.member == member_id, CalendarFeedRow.ended_at.is_null()
    ).execute()


def feed(secret: str, at: datetime) -> Feed:
    """For whoever knows the address. Raises `NotFound` for one that ended, or never was: nobody learns which."""
    with reading():
        row = CalendarFeedRow.get_or_none(
            CalendarFeedRow.secret_hash == hash_of(secret), CalendarFeedRow.ended_at.is_null()
        )
        member = MemberRow.get_by_id(row.member_id) if row else None
        if row is None or member is None or not member.is_active:
            raise NotFound("portal.no_calendar")
        text = _written(row.organization_id, member, at)
    return Feed(text=text, etag=hashlib.sha256(text).hexdigest()[:32])


def _make(member: MemberRow, at: datetime, vault: CodeVault) -> str:
    id_ = new_id(at)
    secret = vault.member_secret(USE, id_)
    CalendarFeedRow.create(
        id=id_, organization=member.organization_id, member=member.id, secret_hash=hash_of(secret), made_at=at
    )
    return secret


def _written(organization_id: str, member: MemberRow, at: datetime) -> bytes:
    organization = OrganizationRow.get_by_id(organization_id)
    calendar = Calendar()
    calendar.add("prodid", "-//Tessera//Own calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", organization.name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    rows = _rows(organization_id, member.id, at)
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows})
    venues = dict(VenueRow.select(VenueRow.id, VenueRow.name).where(VenueRow.organization == organization_id).tuples())
    steps = _steps([row.id for row in rows])
    for row in rows:
        session = sessions[row.session_id]
        where = ", ".join(part for part in (session.room, venues[session.venue_id], organization.name) if part)
        calendar.add_component(_event(row, session, where, steps.get(row.id, 1)))
    return bytes(calendar.to_ical())


def _rows(organization_id: str, member_id: str, at: datetime) -> list[ReservationRow]:
    """In an order of their own that does not change, so that the same places are the same text."""
    lost_lately = ReservationRow.cancelled_at > at - KEPT
    return list(
        ReservationRow.select()
        .join(SessionRow)
        .where(
            ReservationRow.organization == organization_id,
            ReservationRow.member == member_id,
            SessionRow.ends_at > at - KEPT,
            ReservationRow.status.in_(_STANDS) | lost_lately,
        )
        .order_by(ReservationRow.id)
    )


def _event(row: ReservationRow, session: Session, where: str, steps: int) -> Event:
    stands = row.status in _STANDS and not session.is_cancelled
    event = Event()
    event.add("uid", calendar_uid(row.id))
    event.add("dtstamp", row.cancelled_at or row.made_at)
    event.add("sequence", steps - 1)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", session.title)
    event.add("location", where)
    event.add("status", "CONFIRMED" if stands else "CANCELLED")
    event.add("transp", "OPAQUE" if stands else "TRANSPARENT")
    return event


def _steps(reservation_ids: list[str]) -> dict[str, int]:
    """How many things happened to each: what counts a calendar's versions up."""
    found: dict[str, int] = {}
    rows = ReservationHistoryRow.select(ReservationHistoryRow.reservation, ReservationHistoryRow.step).where(
        ReservationHistoryRow.reservation.in_(reservation_ids or [""])
    )
    for reservation_id, step in rows.tuples():
        found[reservation_id] = max(step, found.get(reservation_id, 0))
    return found
