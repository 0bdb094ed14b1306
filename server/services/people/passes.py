"""Passes: sold to a member from a plan, with their punches granted in the ledger; given back, with what is reserved."""

from datetime import datetime, time, timedelta

from core import clocktime
from core.errors import Conflict, Invalid
from server.services.door import ledger
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.ledger import Line, PunchKind
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import PassPlanRow, PassRow, VenueRow


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

    Raises `NotFound`, `Conflict` for a plan that is sold no more, `Invalid`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        lock_member(organization_id, member_id)
        plan = ours(PassPlanRow, organization_id, plan_id, "plan")
        if plan.retired_at is not None and plan.retired_at <= at:
            raise Conflict("plan.retired", title=plan.title)
        starts_at = valid_from or at
        ends_at = valid_until or _end_of(organization_id, plan.valid_days, starts_at)
        if ends_at is not None:
            words.span(starts_at, ends_at)
        id_ = new_id(at)
        PassRow.create(
            id=id_,
            organization=organization_id,
            member=member_id,
            plan=plan_id,
            type=plan.type,
            title=plan.title,
            valid_from=starts_at,
            valid_until=ends_at,
            class_type_ids=plan.class_type_ids,
            course=plan.course_id,
            is_in_order=plan.is_in_order,
            punches_included=plan.punches,
            max_reservations_ahead=plan.max_reservations_ahead,
            absence_grace_minutes=plan.absence_grace_minutes,
            issued_at=at,
        )
        if plan.punches:
            ledger.grant(organization_id, id_, plan.punches, at, by.cause("pass sold"))
        touch_member(organization_id, member_id)
        return id_


def correct_punches(organization_id: str, pass_id: str, delta: int, because: str, by: Asker, at: datetime) -> None:
    """Staff add or take punches, with a reason, as a line of its own. Raises `NotFound`, `Conflict`, `Invalid`.

    A correction never takes what is set aside for reservations: those are cancelled first.
    """
    why = words.required("because", because)
    if delta == 0 or abs(delta) > 1000:
        raise Invalid("field.out_of_range", field="delta", given=delta, least=-1000, most=1000)
    with writing():
        require(organization_id, by, Right.SERVE)
        pass_ = ours(PassRow, organization_id, pass_id, "pass")
        lock_member(organization_id, pass_.member_id)
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
        touch_member(organization_id, pass_.member_id)


def _end_of(organization_id: str, days: int | None, starts_at: datetime) -> datetime | None:
    """The midnight that ends the last of that many local days, the first counted, at the first venue's clock."""
    if days is None:
        return None
    venue = VenueRow.select().where(VenueRow.organization == organization_id).order_by(VenueRow.id).first()
    zone = clocktime.zone_named(venue.zone if venue else "UTC")
    return clocktime.at_wall_clock(clocktime.local_day(starts_at, zone) + timedelta(days=days), time(), zone)
