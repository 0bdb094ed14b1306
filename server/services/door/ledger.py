"""The punch ledger: append only, each line under a key that is there once. Balances are counted, never stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from peewee import fn

from core.model import PassType
from server.services.door.causes import Cause
from server.store.ids import new_id
from server.store.tables import PassRow, PunchRow, ReservationRow, SessionRow


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


def take_penalty(organization_id: str, pass_id: str, no_show_id: str, at: datetime, cause: Cause) -> bool:
    """One punch for an absence. False: it was taken already."""
    line = Line(
        organization_id=organization_id,
        pass_id=pass_id,
        delta=-1,
        kind=PunchKind.PENALTY,
        key=f"no-show:{no_show_id}",
    )
    return write(line, at, cause)


def give_penalty_back(no_show_id: str, at: datetime, cause: Cause) -> bool:
    """Undo `take_penalty`. False: none was taken, or it was given back already."""
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
    if PunchRow.select().where(PunchRow.key == line.key).exists():
        return False
    PunchRow.create(
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
    )
    return True


def paid_for(visit_key: str) -> tuple[int, int]:
    """(the sum of what a visit was paid with, 0 or −1; how many lines that took)."""
    total, lines = (
        PunchRow.select(fn.COALESCE(fn.SUM(PunchRow.delta), 0), fn.COUNT(PunchRow.id))
        .where(PunchRow.visit_key == visit_key)
        .tuples()
        .get()
    )
    return int(total), int(lines)


def balances(pass_ids: Collection[str]) -> dict[str, Balance]:
    """What is left and held, for many passes in two queries. A pass without a line has nothing."""
    if not pass_ids:
        return {}
    left = dict(
        PunchRow.select(PunchRow.pass_, fn.SUM(PunchRow.delta))
        .where(PunchRow.pass_.in_(list(pass_ids)))
        .group_by(PunchRow.pass_)
        .tuples()
    )
    held = dict(
        ReservationRow.select(ReservationRow.pass_, fn.COUNT(ReservationRow.id))
        .where(ReservationRow.pass_.in_(list(pass_ids)), ReservationRow.has_hold)
        .group_by(ReservationRow.pass_)
        .tuples()
    )
    return {id_: Balance(left=int(left.get(id_, 0)), held=int(held.get(id_, 0))) for id_ in pass_ids}


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
