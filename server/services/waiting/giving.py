"""The day's errand of the waiting lists: whatever became free is offered, whatever ran out is taken back.

A place may become free in many ways; here it is found by what is so, not by who freed it.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peewee import JOIN, fn

from core.waiting import OPEN, WaitingStatus
from server.services.door.changes import MEMBER
from server.services.door.places import lock_session, taken_in
from server.services.waiting.answering import book
from server.services.waiting.offering import offer_in
from server.services.waiting.values import Given
from server.store.database import reading, writing
from server.store.tables import ChangeRow, SessionRow, WaitingRow

TRIED_AGAIN_AFTER = timedelta(minutes=5)
"""What only time changes, such as the end of a suspension, is noticed so late at most."""
_IS_OPEN = WaitingRow.status.in_([status.value for status in OPEN])

log = logging.getLogger(__name__)


def offer_free_places(at: datetime) -> Given:
    """One look of somebody who remembers nothing."""
    return FreePlaces().offer(at)


@dataclass(frozen=True, slots=True)
class _List:
    """A list with something to do. `seen`: what stood there, if nothing but a free place is the reason to look."""

    organization_id: str
    session_id: str
    seen: tuple[object, ...] | None = None


@dataclass
class FreePlaces:
    """Made by whoever runs. It remembers which lists it tried in vain, and leaves them alone for a while: to weigh a
    hundred people of whom nobody can take the place costs much, and mostly ends as it did a moment ago.
    """

    _in_vain: dict[str, tuple[tuple[object, ...], datetime]] = field(default_factory=dict)

    def offer(self, at: datetime) -> Given:
        """Of every organization, one session a transaction. At once, twice or late: no harm is done.

        Trouble with one list is that one's alone.
        """
        done = Given()
        lists, known = _with_something_to_do(at), self._in_vain
        self._in_vain = {one.session_id: known[one.session_id] for one in lists if one.session_id in known}
        for one in lists:
            if self._was_in_vain(one, at):
                continue
            try:
                given = _given_in(one, at)
            except Exception:
                log.exception("failure %s: the waiting list of session %s", secrets.token_hex(4), one.session_id)
                continue
            if one.seen is not None and not given.did:
                self._in_vain[one.session_id] = (one.seen, at)
            done += given
        return done

    def _was_in_vain(self, one: _List, at: datetime) -> bool:
        seen, tried_at = self._in_vain.get(one.session_id, (None, at))
        return one.seen is not None and one.seen == seen and timedelta(0) <= at - tried_at < TRIED_AGAIN_AFTER


def _given_in(one: _List, at: datetime) -> Given:
    with writing():
        lock_session(one.session_id)
        given = offer_in(one.organization_id, one.session_id, at)
    for waiting_id in _to_be_booked(one.session_id):
        given += Given(booked=book(one.organization_id, waiting_id, at))
    return given


def _with_something_to_do(at: datetime) -> list[_List]:
    """Lists with somebody waiting, and a free place, an offer that ran out, or an end to it.

    Looked at without a lock, so that lists with nothing to do keep nobody waiting.
    """
    with reading():
        columns = (WaitingRow.organization, WaitingRow.session, WaitingRow.status, fn.MIN(WaitingRow.offer_ends_at))
        lists = list(WaitingRow.select(*columns).where(_IS_OPEN).group_by(*columns[:3]).tuples())
        houses = {str(session_id): str(organization_id) for organization_id, session_id, _, _ in lists}
        is_urgent = {
            str(session_id)
            for _, session_id, status, ends_at in lists
            if status == WaitingStatus.BOOKING.value or _is_over(ends_at, at)
        }
        taken, free = taken_in(list(houses)), dict[str, int]()
        for session in SessionRow.select().where(SessionRow.id.in_(list(houses))):
            if session.cancelled_at or session.starts_at <= at:
                is_urgent.add(session.id)
            elif taken[session.id] < session.capacity:
                free[session.id] = session.capacity - taken[session.id]
        seen = _seen(free)
    return [
        _List(houses[id_], id_, None if id_ in is_urgent else seen[id_])
        for id_ in sorted({*is_urgent, *free}, key=lambda id_: (houses[id_], id_))
    ]


def _seen(free: Mapping[str, int]) -> dict[str, tuple[object, ...]]:
    """By session, what the weighing goes by: its free places, who waits, and the last change of one of those."""
    changed = (ChangeRow.organization == WaitingRow.organization) & (ChangeRow.kind == MEMBER)
    columns = (WaitingRow.session, fn.COUNT(WaitingRow.id), fn.MAX(WaitingRow.id), fn.MAX(ChangeRow.version))
    rows = (
        WaitingRow.select(*columns)
        .join(ChangeRow, JOIN.LEFT_OUTER, on=changed & (ChangeRow.subject_id == WaitingRow.member))
        .where(WaitingRow.session.in_(list(free)), _IS_OPEN)
        .group_by(WaitingRow.session)
    )
    return {id_: (free[id_], *stood) for id_, *stood in rows.tuples()} if free else {}


def _is_over(offer_ends_at: datetime | None, at: datetime) -> bool:
    return offer_ends_at is not None and offer_ends_at <= at


def _to_be_booked(session_id: str) -> list[str]:
    with reading():
        is_booking = (WaitingRow.session == session_id) & (WaitingRow.status == WaitingStatus.BOOKING.value)
        return [row.id for row in WaitingRow.select().where(is_booking).order_by(WaitingRow.id)]
