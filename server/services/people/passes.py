"""Passes: sold to a member from a plan, with their punches granted in the ledger; given back, with what is reserved."""

from datetime import datetime
from typing import NamedTuple

from core.errors import Conflict, Invalid
from core.validity import end_of_days
from server.services.door import ledger
from server.services.door.facts import lock_member
from server.services.door.ledger import Line, PunchKind
from server.services.door.validity import zone_of
from server.services.passes.changing import PassChangeKind, note_change
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import PassPlanRow, PassRow


def sell_pass(
    organization_id: str,
    member_id: str,
    plan_id: str,
    by: Asker,
    at: datetime,
    *,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> str:
    """A new pass's id, its punches granted. Valid from now unless said, for as many local days as the plan says.

    Where those count from the first use, it has no end until somebody comes in on it.

    Raises `NotFound`, `Conflict` for a plan that is sold no more or a member who was erased, `Invalid`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        if lock_member(organization_id, member_id).erased_at is not None:
            raise Conflict("member.erased")
        plan = ours(PassPlanRow, organization_id, plan_id, "plan")
        if plan.retired_at is not None and plan.retired_at <= at:
            raise Conflict("plan.retired", title=plan.title)
        starts_at = valid_from or at
        begins_later = plan.begins_with_first_use and valid_until is None
        ends_at = None if begins_later else valid_until or _end_of(organization_id, plan.valid_days, starts_at)
        if ends_at is not None:
            words.span(starts_at, ends_at)
        row = of_plan(plan, member_id, Span(starts_at, ends_at), at, begins_later=begins_later)
        if plan.punches:
            ledger.grant(organization_id, row.id, plan.punches, at, by.cause("pass sold"))
        note_change(row, PassChangeKind.ISSUED, at, by.cause("pass sold"), plan=plan_id)
        return str(row.id)


class Span(NamedTuple):
    """From when and up to but not including when a pass is good. No end: for good, or not known yet."""

    starts_at: datetime
    ends_at: datetime | None


def of_plan(plan: PassPlanRow, member_id: str, span: Span, at: datetime, *, begins_later: bool = False) -> PassRow:
    """A pass with the plan's numbers, and no punches yet. `begins_later`: its days count from its first use."""
    return PassRow.create(
        id=new_id(at),
        organization=plan.organization_id,
        member=member_id,
        plan=plan.id,
        type=plan.type,
        title=plan.title,
        valid_from=span.starts_at,
        valid_until=span.ends_at,
        class_type_ids=plan.class_type_ids,
        course=plan.course_id,
        is_in_order=plan.is_in_order,
        punches_included=plan.punches,
        max_reservations_ahead=plan.max_reservations_ahead,
        absence_grace_minutes=plan.absence_grace_minutes,
        issued_at=at,
        days_from_first_use=plan.valid_days if begins_later else None,
    )


def correct_punches(organization_id: str, pass_id: str, delta: int, because: str, by: Asker, at: datetime) -> None:
    """Staff add or take punches, with a reason, as a line of its own. Raises `NotFound`, `Conflict`, `Invalid`.

    A correction never takes what is set aside for reservations: those are cancelled first.
    """
    why = words.required("because", because)
    if delta == 0 or abs(delta) > 1000:
        raise Invalid("field.out_of_range", field="delta", given=delta, least=-1000, most=1000)
    with writing():
        require(organization_id, by, Right.SERVE)
        lock_member(organization_id, ours(PassRow, organization_id, pass_id, "pass").member_id)
        pass_ = PassRow.get_by_id(pass_id)
        if not ledger.is_punched(pass_id):
            raise Conflict("pass.is_not_punched", title=pass_.title)
        if delta < 0 and ledger.balance(pass_id).available + delta < 0:
            raise Conflict("pass.punches_not_there", available=ledger.balance(pass_id).available)
        line = Line(
            organization_id=organization_id,
            pass_id=pass_id,
            delta=delta,
            kind=PunchKind.CORRECTION,
            key=f"correction:{new_id(at)}",
        )
        ledger.write(line, at, by.cause(why))
        if delta > 0:
            # That it was used up is said anew when it is so again.
            pass_.runs_out_told_at = pass_.ran_out_told_at = None
            pass_.save()
        note_change(pass_, PassChangeKind.ADJUSTED, at, by.cause(why), delta=delta)


def _end_of(organization_id: str, days: int | None, starts_at: datetime) -> datetime | None:
    return None if days is None else end_of_days(starts_at, days, zone_of(organization_id))
