"""Places in sessions: how many are taken, counted afresh each time; and the queue for the last one."""

from collections.abc import Collection

from peewee import fn

from core.model import ReservationStatus
from server.store.database import for_update
from server.store.tables import ReservationRow, SessionRow, VisitRow


def taken_in(session_ids: Collection[str]) -> dict[str, int]:
    """Live visits, and reservations still to come, for many sessions in two queries."""
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
        .where(ReservationRow.session.in_(ids), ReservationRow.status == ReservationStatus.PENDING.value)
        .group_by(ReservationRow.session)
        .tuples()
    )
    return {id_: int(visits.get(id_, 0)) + int(reserved.get(id_, 0)) for id_ in ids}


def lock_session(session_id: str) -> SessionRow:
    """Whoever wants the last place queues here, after locking the member. Raises `SessionRow.DoesNotExist`."""
    return for_update(SessionRow.select().where(SessionRow.id == session_id)).get()


def has_free_place(session_id: str) -> bool:
    """Only worth something while the session is locked."""
    session = SessionRow.get_by_id(session_id)
    return taken_in([session_id])[session_id] < int(session.capacity)
