"""The day's errand of the waiting lists: whatever became free is offered, whatever ran out is taken back.

A place may become free in many ways; here it is found by what is so, not by who freed it.
"""

from datetime import datetime

from peewee import fn

from core.waiting import OPEN, WaitingStatus
from server.services.door.places import lock_session, taken_in
from server.services.waiting.answering import book
from server.services.waiting.offering import offer_in
from server.services.waiting.values import Given
from server.store.database import reading, writing
from server.store.tables import SessionRow, WaitingRow


def offer_free_places(at: datetime) -> Given:
    """Of every organization, one session a transaction. At once, twice or late: no harm is done."""
    done = Given()
    for organization_id, session_id in _with_something_to_do(at):
        with writing():
            lock_session(session_id)
            done += offer_in(organization_id, session_id, at)
        for waiting_id in _to_be_booked(session_id):
            done += Given(booked=book(organization_id, waiting_id, at))
    return done


def _with_something_to_do(at: datetime) -> list[tuple[str, str]]:
    """(organization, session) with somebody waiting, and a free place, an offer that ran out, or an end to it.

    Looked at without a lock, so that lists with nothing to do keep nobody waiting.
    """
    with reading():
        columns = (WaitingRow.organization, WaitingRow.session, WaitingRow.status, fn.MIN(WaitingRow.offer_ends_at))
        is_open = WaitingRow.status.in_([status.value for status in OPEN])
        lists = list(WaitingRow.select(*columns).where(is_open).group_by(*columns[:3]).tuples())
        ids = list({session_id for _, session_id, _, _ in lists})
        taken = taken_in(ids)
        is_at_hand = {
            session.id
            for session in SessionRow.select().where(SessionRow.id.in_(ids))
            if session.cancelled_at or session.starts_at <= at or taken[session.id] < session.capacity
        }
    return sorted(
        {
            (str(organization_id), str(session_id))
            for organization_id, session_id, status, ends_at in lists
            if session_id in is_at_hand or status == WaitingStatus.BOOKING.value or _is_over(ends_at, at)
        }
    )


def _is_over(offer_ends_at: datetime | None, at: datetime) -> bool:
    return offer_ends_at is not None and offer_ends_at <= at


def _to_be_booked(session_id: str) -> list[str]:
    with reading():
        is_booking = (WaitingRow.session == session_id) & (WaitingRow.status == WaitingStatus.BOOKING.value)
        return [row.id for row in WaitingRow.select().where(is_booking).order_by(WaitingRow.id)]
