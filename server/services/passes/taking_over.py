"""Passes that another system sold and a member still holds: of a plan of ours, with the punches that are left."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Conflict
from core.model import PassType
from server.services.door import ledger
from server.services.door.facts import lock_member
from server.services.door.ledger import Line, PunchKind
from server.services.passes.changing import PassChangeKind, note_change
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.passes import Span, of_plan
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.tables import PassPlanRow

TAKEN_OVER = "taken over from another system"


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenOver:
    """`punches_left` for a punch pass, and only there. `key` says which pass of which system it is, and is granted
    once."""

    member_id: str
    plan_id: str
    punches_left: int | None
    valid_from: datetime
    valid_until: datetime | None
    key: str


def take_over_pass(organization_id: str, taken: TakenOver, by: Asker, at: datetime) -> str:
    """The pass's id; its punches are one line of the ledger.

    Raises `NotFound`, `Invalid` for a span, `Forbidden`, and `Conflict` for a plan that is paid another way or a pass
    that was taken over before.
    """
    if taken.valid_until is not None:
        words.span(taken.valid_from, taken.valid_until)
    with writing():
        require(organization_id, by, Right.SERVE)
        lock_member(organization_id, taken.member_id)
        plan = ours(PassPlanRow, organization_id, taken.plan_id, "plan")
        if (plan.type == PassType.PUNCH_PASS.value) != (taken.punches_left is not None):
            raise Conflict("plan.punches_are_for_punch_passes")
        cause = by.cause(TAKEN_OVER)
        row = of_plan(plan, taken.member_id, Span(taken.valid_from, taken.valid_until), at)
        if taken.punches_left is not None:
            line = Line(
                organization_id=organization_id,
                pass_id=row.id,
                delta=taken.punches_left,
                kind=PunchKind.GRANT,
                key=f"import:{taken.key}",
            )
            if not ledger.write(line, at, cause):
                raise Conflict("pass.taken_over_before", title=plan.title)
        note_change(row, PassChangeKind.ISSUED, at, cause, plan=plan.id)
        return str(row.id)
