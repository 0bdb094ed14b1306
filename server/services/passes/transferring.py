"""A pass, or some of its punches, goes to another member as a new pass: what was come to stays with the old."""

from datetime import datetime

from core.errors import Conflict
from server.services.door import ledger
from server.services.door.facts import lock_member
from server.services.door.ledger import Line, PunchKind
from server.services.passes.changing import PassChangeKind, note_change, pass_to_change
from server.services.passes.pausing import is_paused_from
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import MemberRow, PassRow, ReservationRow


def transfer_pass(
    organization_id: str,
    pass_id: str,
    to_member_id: str,
    because: str,
    by: Asker,
    at: datetime,
    *,
    punches: int | None = None,
) -> str:
    """The id of the other member's new pass: the whole pass, or so many of its punches, for the time it still has.

    Nothing reserved moves along: for a whole pass places are given up first, and punches set aside stay.
    Raises `Conflict` for a pass with places, a pause or too few punches, or one that ended, and for a member who was
    erased; `Invalid`, `NotFound`, `Forbidden`.
    """
    why = words.required("because", because)
    with writing():
        require(organization_id, by, Right.SERVE)
        from_member_id = ours(PassRow, organization_id, pass_id, "pass").member_id
        if to_member_id == from_member_id:
            raise Conflict("pass.same_member")
        if ours(MemberRow, organization_id, to_member_id, "member").erased_at is not None:
            raise Conflict("member.erased")
        for member_id in sorted((from_member_id, to_member_id)):
            lock_member(organization_id, member_id)
        row = pass_to_change(organization_id, pass_id, by)
        _refuse_if_it_cannot_go(row, at, is_whole=punches is None)
        moved = _punches_to_move(row, punches)
        new = _copy_for(row, to_member_id, moved, at)
        root = f"transfer:{new.id}"
        if moved is not None:
            _move(row, -moved, f"{root}:out", at, by, why)
            _move(new, moved, f"{root}:in", at, by, why)
        if punches is None:
            row.cancelled_at = at
            row.save()
        cause = by.cause(why)
        note_change(row, PassChangeKind.TRANSFERRED_OUT, at, cause, to_pass=new.id, punches=moved)
        note_change(new, PassChangeKind.TRANSFERRED_IN, at, cause, from_pass=row.id, punches=moved)
        return str(new.id)


def _refuse_if_it_cannot_go(row: PassRow, at: datetime, *, is_whole: bool) -> None:
    if row.valid_until is not None and at >= row.valid_until:
        raise Conflict("pass.has_ended", title=row.title)
    if is_paused_from(row, at):
        raise Conflict("pass.is_paused", title=row.title)
    if is_whole and (open_places := _open_places(row.id)):
        raise Conflict("pass.has_reservations", count=open_places)


def _open_places(pass_id: str) -> int:
    """Places to come to, and those given up late whose punch waits for the night."""
    is_open = (ReservationRow.status == "PENDING") | ReservationRow.has_hold
    return int(ReservationRow.select().where(ReservationRow.pass_ == pass_id, is_open).count())


def _punches_to_move(row: PassRow, wanted: int | None) -> int | None:
    """None: it has none."""
    if not ledger.is_punched(row.id):
        if wanted is not None:
            raise Conflict("pass.is_not_punched", title=row.title)
        return None
    available = ledger.balance(row.id).available
    moved = available if wanted is None else words.count("punches", wanted, most=1000)
    if moved > available or moved < 1:
        raise Conflict("pass.punches_not_there", available=available)
    return moved


def _copy_for(row: PassRow, member_id: str, punches: int | None, at: datetime) -> PassRow:
    """Days that are running run on to the same end; days that wait for a first use wait for the new member's."""
    has_begun = row.first_used_at is not None
    return PassRow.create(
        id=new_id(at),
        organization=row.organization_id,
        member=member_id,
        plan=row.plan_id,
        type=row.type,
        title=row.title,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        class_type_ids=row.class_type_ids,
        course=row.course_id,
        is_in_order=row.is_in_order,
        punches_included=punches,
        max_reservations_ahead=row.max_reservations_ahead,
        absence_grace_minutes=row.absence_grace_minutes,
        issued_at=at,
        days_from_first_use=None if has_begun else row.days_from_first_use,
    )


def _move(row: PassRow, delta: int, key: str, at: datetime, by: Asker, why: str) -> None:
    line = Line(organization_id=row.organization_id, pass_id=row.id, delta=delta, kind=PunchKind.TRANSFER, key=key)
    ledger.write(line, at, by.cause(why))
