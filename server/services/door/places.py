"""Places in sessions: how many are taken, counted afresh each time; and the queue for the last one."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from peewee import fn

from core.model import ReservationStatus, Session
from core.waiting import HOLDS_A_PLACE
from server.store.database import for_update
from server.store.tables import ReservationRow, SessionRow, VisitRow, WaitingRow

_HOLDS = [status.value for status in HOLDS_A_PLACE]


def taken_in(session_ids: Collection[str]) -> dict[str, int]:
    """Live visits, reservations still to come, and places held by an offer, for many sessions in three queries.

    A reservation whose place was let go of, since nobody came in time, takes none.
    """
    if not session_ids:
        return {}
    ids = list(session_ids)
    visits = dict(
        VisitRow.select(VisitRow.session, fn.COUNT(VisitRow.id))
        .where(VisitRow.session.in_(ids), VisitRow.is_live)
        .group_by(VisitRow.session)
        .tuples()
    )
    reserved = dict(
        ReservationRow.select(ReservationRow.session, fn.COUNT(ReservationRow.id))
        .where(
            ReservationRow.session.in_(ids),
            ReservationRow.status == ReservationStatus.PENDING.value,
            ReservationRow.released_at.is_null(),
        )
        .group_by(ReservationRow.session)
        .tuples()
    )
    offered = dict(
        WaitingRow.select(WaitingRow.session, fn.COUNT(WaitingRow.id))
        .where(WaitingRow.session.in_(ids), WaitingRow.status.in_(_HOLDS))
        .group_by(WaitingRow.session)
        .tuples()
    )
    return {id_: sum(int(counted.get(id_, 0)) for counted in (visits, reserved, offered)) for id_ in ids}


def as_free_for(member_id: str, sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The same sessions as they are for this member: a place that is held for them is taken for everybody else."""
    held = WaitingRow.select(WaitingRow.session).where(WaitingRow.member == member_id, WaitingRow.status.in_(_HOLDS))
    theirs = {session_id for (session_id,) in held.tuples()}
    return tuple(replace(one, taken=one.taken - 1) if one.id in theirs else one for one in sessions)


def lock_session(session_id: str) -> SessionRow:
    """Whoever wants the last place queues here, after locking the member. Raises `SessionRow.DoesNotExist`."""
    return for_update(SessionRow.select().where(SessionRow.id == session_id)).get()


def has_free_place(session_id: str) -> bool:
    """Only worth something while the session is locked."""
    session = SessionRow.get_by_id(session_id)
    return taken_in([session_id])[session_id] < int(session.capacity)
