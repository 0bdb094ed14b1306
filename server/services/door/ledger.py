"""The punch ledger: append only, each line under a key that is there once. Balances are counted, never stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import SQL, fn

from core.model import PassType
from server.services.door.causes import Cause
from server.store.ids import new_id, new_ids
from server.store.many import insert_all
from server.store.tables import PassRow, PunchRow, ReservationRow, SessionRow
from server.store.written import among_given, given, written

LEFT, HELD = range(2)
"""What a line of the query for balances is about."""


class PunchKind(StrEnum):
    """What a line of the ledger is for."""

    GRANT = "GRANT"
    VISIT = "VISIT"
    REFUND = "REFUND"
    PENALTY = "PENALTY"
    PENALTY_BACK = "PENALTY_BACK"
    CORRECTION = "CORRECTION"
    TRANSFER = "TRANSFER"


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """`left`: granted, less used. `held` of them are set aside for reservations."""

    left: int = 0
    held: int = 0

    @property
    def available(self) -> int:
        return self.left - self.held


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line to be written. `key` names the one thing it is for, so that it is written once however often asked."""

    organization_id: str
    pass_id: str
    delta: int
    kind: PunchKind
    key: str
    visit_key: str | None = None


def grant(organization_id: str, pass_id: str, punches: int, at: datetime, cause: Cause) -> bool:
    """The punches a pass comes with. False: they were there already."""
    line = Line(
        organization_id=organization_id,
        pass_id=pass_id,
        delta=punches,
        kind=PunchKind.GRANT,
        key=f"pass:{pass_id}:granted",
    )
    return write(line, at, cause)


def take_penalties(organization_id: str, passes: Mapping[str, str], at: datetime, cause: Cause) -> None:
    """One punch for each absence: `passes` by no-show. For absences that were noted just now, so none is taken yet."""
    insert_all(
        PunchRow,
        {
            PunchRow.organization: organization_id,
            PunchRow.delta: -1,
            PunchRow.kind: PunchKind.PENALTY.value,
            PunchRow.staff: cause.staff_id,
            PunchRow.because: cause.because,
            PunchRow.at: at,
        },
        (PunchRow.id, PunchRow.pass_, PunchRow.key),
        [
            (id_, pass_id, f"no-show:{no_show_id}")
            for id_, (no_show_id, pass_id) in zip(new_ids(at, len(passes)), passes.items(), strict=True)
        ],
    )


def give_penalty_back(no_show_id: str, at: datetime, cause: Cause) -> bool:
    """Undo `take_penalties` for one of them. False: none was taken, or it was given back already."""
    taken = PunchRow.get_or_none(PunchRow.key == f"no-show:{no_show_id}")
    if taken is None:
        return False
    line = Line(
        organization_id=taken.organization_id,
        pass_id=taken.pass_id,
        delta=-taken.delta,
        kind=PunchKind.PENALTY_BACK,
        key=f"no-show:{no_show_id}:back",
    )
    return write(line, at, cause)


def write(line: Line, at: datetime, cause: Cause) -> bool:
    """Append a line. False: a line with this key is there, and stays as it is. The key is unique in the table, too."""
    written = PunchRow.insert(
        id=new_id(at),
        organization=line.organization_id,
        pass_=line.pass_id,
        delta=line.delta,
        kind=line.kind.value,
        key=line.key,
        visit_key=line.visit_key,
        staff=cause.staff_id,
        because=cause.because,
        at=at,
    ).on_conflict(action="NOTHING", conflict_target=[PunchRow.key])
    return bool(written.as_rowcount().execute())


def paid_for(visit_key: str) -> tuple[int, int]:
    """(the sum of what a visit was paid with, 0 or −1; how many lines that took)."""
    total, lines = _paid.first(visit=visit_key)
    return int(total), int(lines)


@written
def _paid() -> Any:
    lines = PunchRow.select(fn.COALESCE(fn.SUM(PunchRow.delta), 0), fn.COUNT(PunchRow.id))
    return lines.where(PunchRow.visit_key == given("visit")).tuples()


def balances(pass_ids: Collection[str]) -> dict[str, Balance]:
    """What is left and held, for many passes in one query. A pass without a line has nothing."""
    if not pass_ids:
        return {}
    counted: tuple[dict[str, int], ...] = ({}, {})
    for about, pass_id, number in _counted.all(passes=pass_ids):
        counted[about][pass_id] = int(number)
    return {id_: Balance(left=counted[LEFT].get(id_, 0), held=counted[HELD].get(id_, 0)) for id_ in pass_ids}


@written
def _counted() -> Any:
    left = PunchRow.select(SQL(str(LEFT)), PunchRow.pass_, fn.SUM(PunchRow.delta))
    held = ReservationRow.select(SQL(str(HELD)), ReservationRow.pass_, fn.COUNT(ReservationRow.id))
    left = left.where(among_given(PunchRow.pass_, "passes")).group_by(PunchRow.pass_)
    held = held.where(among_given(ReservationRow.pass_, "passes"), ReservationRow.has_hold)
    return left.union_all(held.group_by(ReservationRow.pass_)).tuples()


def balance(pass_id: str) -> Balance:
    return balances([pass_id])[pass_id]


def is_punched(pass_id: str) -> bool:
    """Whether this pass pays by the punch, and so needs holds."""
    return bool(PassRow.get_by_id(pass_id).type == PassType.PUNCH_PASS.value)


def can_hold_for(reservation: ReservationRow) -> bool:
    """The same for a place: none is set aside for a free session."""
    return not SessionRow.get_by_id(reservation.session_id).is_free and can_hold(reservation.pass_id)


def can_hold(pass_id: str) -> bool:
    """Whether a punch can be set aside now. Only worth something while the member is locked."""
    return is_punched(pass_id) and balance(pass_id).available >= 1
