"""Announces that somebody's session is near, once for each reminder of each place, whoever looks and how often."""

from datetime import datetime

from peewee import JOIN

from core.events import EventKind
from core.features import Feature
from core.model import ReservationStatus
from core.reminders import EARLIEST, reminder_due
from server.services.door.features import organizations_without
from server.services.events.announcing import Event, announce_all
from server.store.database import reading, writing
from server.store.tables import OrganizationRow, RemindedRow, ReservationRow, SessionRow

AT_ONCE = 200


def remind(at: datetime) -> str:
    """Every reminder that is due now, in words; nothing where none is."""
    with reading():
        without = organizations_without(Feature.REMINDERS, at)
        houses = [id_ for (id_,) in OrganizationRow.select(OrganizationRow.id).order_by(OrganizationRow.id).tuples()]
        due = {house: _due(house, at) for house in houses if house not in without}
    made = 0
    for house, events in due.items():
        for start in range(0, len(events), AT_ONCE):
            made += _announce(house, events[start : start + AT_ONCE], at)
    return f"{made} reminders" if made else ""


def _due(organization_id: str, at: datetime) -> list[tuple[str, Event]]:
    """(mark, news) of every open place whose turn it is and that was not reminded yet."""
    rows = (
        ReservationRow.select(ReservationRow, SessionRow.id, SessionRow.starts_at)
        .join(SessionRow, JOIN.INNER)
        .where(
            SessionRow.organization == organization_id,
            SessionRow.starts_at > at,
            SessionRow.starts_at <= at + EARLIEST,
            SessionRow.cancelled_at.is_null(),
            ReservationRow.status == ReservationStatus.PENDING.value,
        )
        .order_by(SessionRow.starts_at, ReservationRow.id)
    )
    found = []
    for row in rows:
        if kind := reminder_due(row.session.starts_at, row.made_at, at):
            found.append((f"{kind.value}:{row.id}", _news(row, kind)))
    marks = [mark for mark, _ in found]
    known: set[str] = set()
    for start in range(0, len(marks), AT_ONCE):
        chunk = RemindedRow.id.in_(marks[start : start + AT_ONCE])
        known |= {id_ for (id_,) in RemindedRow.select(RemindedRow.id).where(chunk).tuples()}
    return [(mark, news) for mark, news in found if mark not in known]


def _announce(organization_id: str, due: list[tuple[str, Event]], at: datetime) -> int:
    """Whoever writes the mark first announces; the other finds it there."""
    rows = [
        {"id": mark, "organization": organization_id, "reservation": news.reservation_id, "at": at}
        for mark, news in due
    ]  # fmt: skip
    with writing():
        query = RemindedRow.insert_many(rows).on_conflict_ignore().returning(RemindedRow.id)
        new = {row.id for row in query.execute()}
        announce_all([news for mark, news in due if mark in new], at)
    return len(new)


def _news(row: ReservationRow, kind: EventKind) -> Event:
    return Event(
        organization_id=row.organization_id,
        kind=kind,
        member_id=row.member_id,
        session_id=row.session_id,
        reservation_id=row.id,
    )
