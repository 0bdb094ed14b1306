"""The one function that changes a reservation's status; it writes the history, and the news of it, in the same
transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from peewee import fn

from core.errors import Conflict
from core.events import EventKind
from core.model import ReservationStatus as S
from server.services.door.causes import Cause
from server.services.events.announcing import Event, announce, announce_all
from server.store.ids import new_id
from server.store.tables import ReservationHistoryRow, ReservationRow

ALLOWED: Mapping[S | None, frozenset[S]] = {
    None: frozenset({S.PENDING}),
    S.PENDING: frozenset({S.CHECKED_IN, S.NO_SHOW, S.CANCELLED, S.AUTO_CANCELLED}),
    S.CHECKED_IN: frozenset({S.ATTENDED, S.PENDING}),
    S.ATTENDED: frozenset({S.PENDING}),
    S.NO_SHOW: frozenset({S.CHECKED_IN, S.CANCELLED, S.PENDING}),
    S.CANCELLED: frozenset({S.CHECKED_IN}),
    S.AUTO_CANCELLED: frozenset({S.CHECKED_IN, S.PENDING}),
}
"""What may follow what. Whoever comes was there, whatever the rows said before: so cancelled may become checked in."""
NEWS: Mapping[str, EventKind] = {
    "CREATED": EventKind.RESERVED,
    S.CANCELLED.value: EventKind.CANCELLED,
    S.AUTO_CANCELLED.value: EventKind.AUTO_CANCELLED,
    "SUSPENDED": EventKind.AUTO_CANCELLED,
    "PASS_PAUSED": EventKind.AUTO_CANCELLED,
    "PASS_CANCELLED": EventKind.AUTO_CANCELLED,
    "PASS_ENDED": EventKind.AUTO_CANCELLED,
    "SESSION_CANCELLED": EventKind.SESSION_CANCELLED,
    S.NO_SHOW.value: EventKind.NO_SHOW,
    "GIVEN_BACK": EventKind.GIVEN_BACK,
    "AMNESTY": EventKind.NO_SHOW_EXCUSED,
    "EXCUSED": EventKind.NO_SHOW_EXCUSED,
}
"""By action: what of it people hear. A check-in is news of the visit (`settling.py`): many have no reservation."""


def begin(reservation: ReservationRow, action: str, at: datetime, cause: Cause) -> None:
    """The first line of a reservation's history. The row itself was just inserted, PENDING."""
    _write(reservation, None, S(reservation.status), action, at, cause, {})


def move(
    reservation: ReservationRow, to: S, at: datetime, cause: Cause, *, action: str = "", **metadata: object
) -> None:
    """Change the status of a row that is locked, save the whole row, write the history.

    `action` empty: the new status says it. `metadata` (JSON values) is kept with the step.
    Raises `Conflict` for a step that is not allowed.
    """
    before = S(reservation.status)
    if to not in ALLOWED[before]:
        raise Conflict("reservation.step_not_allowed", before=before.value, after=to.value)
    reservation.status = to.value
    reservation.save()
    _write(reservation, before, to, action or to.value, at, cause, metadata)


def move_many(
    rows: Sequence[ReservationRow], to: S, at: datetime, cause: Cause, *, action: str = "", **changes: object
) -> None:
    """`move` for many locked rows of one status at once, in three statements. `changes` are other columns to set.

    Raises `Conflict` for a step that is not allowed; then none is taken.
    """
    if not rows:
        return
    before = S(rows[0].status)
    if to not in ALLOWED[before] or any(row.status != before.value for row in rows):
        raise Conflict("reservation.step_not_allowed", before=before.value, after=to.value)
    ids = [row.id for row in rows]
    ReservationRow.update(status=to.value, **changes).where(ReservationRow.id.in_(ids)).execute()
    counted = ReservationHistoryRow.select(ReservationHistoryRow.reservation, fn.COUNT(ReservationHistoryRow.id))
    steps = dict(
        counted.where(ReservationHistoryRow.reservation.in_(ids)).group_by(ReservationHistoryRow.reservation).tuples()
    )
    ReservationHistoryRow.insert_many(
        [
            {
                "id": new_id(at),
                "organization": row.organization_id,
                "reservation": row.id,
                "step": steps.get(row.id, 0) + 1,
                "action": action or to.value,
                "from_status": before.value,
                "to_status": to.value,
                "by": cause.by.value,
                "staff": cause.staff_id,
                "cause": cause.because,
                "at": at,
                "metadata": "{}",
            }
            for row in rows
        ]
    ).execute()
    for row in rows:
        row.status = to.value
    announce_all([event for row in rows if (event := _news(row, action or to.value, cause, {}))], at)


def note(reservation: ReservationRow, action: str, at: datetime, cause: Cause, **metadata: object) -> None:
    """Something happened to a reservation that does not change its status: a hold released, an amnesty."""
    status = S(reservation.status)
    _write(reservation, status, status, action, at, cause, metadata)


def _write(
    reservation: ReservationRow,
    before: S | None,
    after: S,
    action: str,
    at: datetime,
    cause: Cause,
    metadata: Mapping[str, object],
) -> None:
    if cause.attempt_id:
        metadata = {**metadata, "attempt_id": cause.attempt_id}
    so_far = (
        ReservationHistoryRow.select(fn.COUNT(ReservationHistoryRow.id))
        .where(ReservationHistoryRow.reservation == reservation.id)
        .scalar()
    )
    ReservationHistoryRow.create(
        id=new_id(at),
        organization=reservation.organization_id,
        reservation=reservation.id,
        step=so_far + 1,
        action=action,
        from_status=before.value if before else None,
        to_status=after.value,
        by=cause.by.value,
        staff=cause.staff_id,
        cause=cause.because,
        at=at,
        metadata=json.dumps(metadata, sort_keys=True),
    )
    if event := _news(reservation, action, cause, metadata):
        announce(event, at)


def _news(row: ReservationRow, action: str, cause: Cause, metadata: Mapping[str, object]) -> Event | None:
    kind = NEWS.get(action)
    if kind is None:
        return None
    return Event(
        organization_id=row.organization_id,
        kind=kind,
        member_id=row.member_id,
        session_id=row.session_id,
        reservation_id=row.id,
        data={"action": action, "by": cause.by.value, "because": cause.because, **metadata},
    )
