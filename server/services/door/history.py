"""The one function that changes a reservation's status; it writes the history, and the news of it, in the same
transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from peewee import fn

from core.errors import Conflict
from core.events import EventKind
from core.model import ReservationStatus as S
from server.services.door.causes import Cause
from server.services.events.announcing import Event, announce_all
from server.store.ids import new_ids
from server.store.many import among, insert_all
from server.store.tables import ReservationHistoryRow, ReservationRow
from server.store.written import among_given, save, written

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
WRITTEN = (
    ReservationHistoryRow.id,
    ReservationHistoryRow.organization,
    ReservationHistoryRow.reservation,
    ReservationHistoryRow.step,
    ReservationHistoryRow.metadata,
)
_NOTHING: Mapping[str, Mapping[str, object]] = MappingProxyType({})


class Place(Protocol):
    """As much of a reservation as a step in its history needs: its row, or what was read of one."""

    id: str
    organization_id: str
    member_id: str
    session_id: str
    status: str


Told = Mapping[str, Mapping[str, object]]
"""By reservation, what is kept with its step besides: JSON values."""


def begin(reservation: ReservationRow, action: str, at: datetime, cause: Cause) -> None:
    """The first line of a reservation's history. The row itself was just inserted, PENDING."""
    _write([reservation], None, _Step(S(reservation.status), action, at, cause))


def move(
    reservation: ReservationRow, to: S, at: datetime, cause: Cause, *, action: str = "", **metadata: object
) -> None:
    """Change the status of a row that is locked, save the whole row, write the history.

    `action` empty: the new status says it. `metadata` (JSON values) is kept with the step.
    Raises `Conflict` for a step that is not allowed.
    """
    before = _checked([reservation], to)
    reservation.status = to.value
    save(reservation)
    _write([reservation], before, _Step(to, action or to.value, at, cause), {reservation.id: metadata})


def move_many(
    rows: Sequence[Place],
    to: S,
    at: datetime,
    cause: Cause,
    *,
    action: str = "",
    told: Told = _NOTHING,
    **changes: object,
) -> None:
    """`move` for many locked rows of one status at once, in few statements. `changes` are other columns to set.

    Raises `Conflict` for a step that is not allowed; then none is taken.
    """
    if not rows:
        return
    before = _checked(rows, to)
    is_one = among(ReservationRow.id, [row.id for row in rows])
    ReservationRow.update(status=to.value, **changes).where(is_one).execute()
    for row in rows:
        row.status = to.value
    _write(rows, before, _Step(to, action or to.value, at, cause), told)


def note(reservation: ReservationRow, action: str, at: datetime, cause: Cause, **metadata: object) -> None:
    """Something happened to a reservation that does not change its status: a hold released, an amnesty."""
    note_many([reservation], action, at, cause, {reservation.id: metadata})


def note_many(rows: Sequence[Place], action: str, at: datetime, cause: Cause, told: Told = _NOTHING) -> None:
    """`note` for many rows of one status at once."""
    if rows:
        status = S(rows[0].status)
        _write(rows, status, _Step(status, action, at, cause), told)


@dataclass(frozen=True, slots=True)
class _Step:
    to: S
    action: str
    at: datetime
    cause: Cause


def _checked(rows: Sequence[Place], to: S) -> S:
    """The status that they all have, and from which the step is allowed. Raises `Conflict`."""
    before = S(rows[0].status)
    if to not in ALLOWED[before] or any(row.status != before.value for row in rows):
        raise Conflict("reservation.step_not_allowed", before=before.value, after=to.value)
    return before


def _write(rows: Sequence[Place], before: S | None, step: _Step, told: Told = _NOTHING) -> None:
    cause, own = step.cause, {"attempt_id": step.cause.attempt_id} if step.cause.attempt_id else {}
    steps = _steps_so_far([row.id for row in rows]) if before else {}
    texts = {id_: json.dumps({**metadata, **own}, sort_keys=True) for id_, metadata in told.items()}
    otherwise = json.dumps(own)
    insert_all(
        ReservationHistoryRow,
        {
            ReservationHistoryRow.action: step.action,
            ReservationHistoryRow.from_status: before.value if before else None,
            ReservationHistoryRow.to_status: step.to.value,
            ReservationHistoryRow.by: cause.by.value,
            ReservationHistoryRow.staff: cause.staff_id,
            ReservationHistoryRow.cause: cause.because,
            ReservationHistoryRow.at: step.at,
        },
        WRITTEN,
        [
            (id_, row.organization_id, row.id, steps.get(row.id, 0) + 1, texts.get(row.id, otherwise))
            for id_, row in zip(new_ids(step.at, len(rows)), rows, strict=True)
        ],
    )
    if kind := NEWS.get(step.action):
        plain: dict[str, object] = {"action": step.action, "by": cause.by.value, "because": cause.because, **own}
        announce_all([_news(row, kind, plain, told.get(row.id)) for row in rows], step.at)


def _steps_so_far(ids: Sequence[str]) -> dict[str, int]:
    return dict(_counted.all(reservations=ids))


@written
def _counted() -> Any:
    line = ReservationHistoryRow
    counted = line.select(line.reservation, fn.COUNT(line.id)).where(among_given(line.reservation, "reservations"))
    return counted.group_by(line.reservation).tuples()


def _news(row: Place, kind: EventKind, plain: dict[str, object], own: Mapping[str, object] | None) -> Event:
    return Event(
        organization_id=row.organization_id,
        kind=kind,
        member_id=row.member_id,
        session_id=row.session_id,
        reservation_id=row.id,
        data={**plain, **own} if own else plain,
    )
