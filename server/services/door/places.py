"""Places in sessions: how many are taken, counted afresh each time; and the queue for the last one."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from peewee import fn

from core.model import ReservationStatus, Session
from core.waiting import HOLDS_A_PLACE
from server.store.database import for_update
from server.store.tables import ReservationRow, Row, SessionRow, VisitRow, WaitingRow
from server.store.written import among_given, given, written

_HOLDS = [status.value for status in HOLDS_A_PLACE]


def taken_in(session_ids: Collection[str], *, free_for: str | None = None) -> dict[str, int]:
    """Live visits, reservations still to come, and places held by an offer, for many sessions in one query.

    A reservation whose place was let go of, since nobody came in time, takes none; nor does, for the member
    `free_for`, a place that is held for them.
    """
    taken = dict.fromkeys(session_ids, 0)
    if taken:
        for session_id, places in _taken.all(sessions=list(taken), but=free_for or ""):
            taken[session_id] += int(places)
    return taken


@written
def _taken() -> Any:
    is_reserved = (ReservationRow.status == ReservationStatus.PENDING.value) & ReservationRow.released_at.is_null()
    is_held = WaitingRow.status.in_(_HOLDS) & (WaitingRow.member != given("but"))
    counted = _counted(VisitRow).where(VisitRow.is_live).union_all(_counted(ReservationRow).where(is_reserved))
    return counted.union_all(_counted(WaitingRow).where(is_held)).tuples()


def _counted(table: type[Row]) -> Any:
    """(session, how many rows)"""
    session, id_ = table.session, table.id
    return table.select(session, fn.COUNT(id_)).where(among_given(session, "sessions")).group_by(session)


def as_free_for(member_id: str, sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The same sessions as they are for this member: a place that is held for them is taken for everybody else."""
    theirs = {session_id for (session_id,) in _held_for.all(member=member_id)}
    return tuple(replace(one, taken=one.taken - 1) if one.id in theirs else one for one in sessions)


@written
def _held_for() -> Any:
    held = WaitingRow.select(WaitingRow.session)
    return held.where(WaitingRow.member == given("member"), WaitingRow.status.in_(_HOLDS)).tuples()


def lock_session(session_id: str) -> SessionRow:
    """Whoever wants the last place queues here, after locking the member. Raises `SessionRow.DoesNotExist`."""
    row: SessionRow | None = _session_locked.first(session=session_id)
    if row is None:
        raise SessionRow.DoesNotExist(session_id)
    return row


@written
def _session_locked() -> Any:
    return for_update(SessionRow.select().where(SessionRow.id == given("session")))


def lock_session_of(organization_id: str, session_id: str) -> SessionRow | None:
    """The same, for a session that somebody named. None: it is not ours."""
    row: SessionRow | None = _our_session_locked.first(session=session_id, organization=organization_id)
    return row


@written
def _our_session_locked() -> Any:
    is_it = (SessionRow.id == given("session")) & (SessionRow.organization == given("organization"))
    return for_update(SessionRow.select().where(is_it))


def has_free_place(session_id: str, member_id: str) -> bool:
    """Also where the last one is held for this member. Only worth something while the session is locked."""
    session = SessionRow.get_by_id(session_id)
    return taken_in([session_id], free_for=member_id)[session_id] < int(session.capacity)
