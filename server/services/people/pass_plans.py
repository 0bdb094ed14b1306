"""Pass plans: what is sold. A pass takes a plan's numbers with it, so that changing a plan changes no pass."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Invalid
from core.model import PassType
from server.services.people import words
from server.services.people.ours import all_ours, ours
from server.services.people.rights import Asker, Right, require, require_of_ours
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import ClassTypeRow, CourseRow, PassPlanRow


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlan:
    """`class_type_ids` empty: every class type that is not a course. `punches` for a punch pass, `course_id` for a
    full course, and only there. `valid_days` None: for good; with `begins_with_first_use` they count from the first
    check-in."""

    title: str
    type: PassType
    class_type_ids: tuple[str, ...] = ()
    course_id: str | None = None
    punches: int | None = None
    valid_days: int | None = None
    begins_with_first_use: bool = False
    is_in_order: bool = False
    max_reservations_ahead: int = 3
    absence_grace: timedelta = timedelta(hours=24)


def add_plan(organization_id: str, new: NewPlan, by: Asker, at: datetime) -> str:
    """A new pass plan's id. Raises `Invalid`, `NotFound`, `Forbidden`."""
    title = words.required("title", new.title)
    if (new.type is PassType.PUNCH_PASS) != (new.punches is not None):
        raise Invalid("plan.punches_are_for_punch_passes")
    if (new.type is PassType.FULL_COURSE) != (new.course_id is not None):
        raise Invalid("plan.course_is_for_full_courses")
    if new.punches is not None:
        words.count("punches", new.punches, most=1000)
    if new.valid_days is not None:
        words.count("valid_days", new.valid_days, most=36_500)
    elif new.begins_with_first_use:
        raise Invalid("plan.first_use_needs_days")
    words.count("max_reservations_ahead", new.max_reservations_ahead, least=0, most=1000)
    with writing():
        require(organization_id, by, Right.PLAN)
        all_ours(ClassTypeRow, organization_id, new.class_type_ids, "class_type")
        if new.course_id is not None:
            ours(CourseRow, organization_id, new.course_id, "course")
        id_ = new_id(at)
        PassPlanRow.create(
            id=id_,
            organization=organization_id,
            title=title,
            type=new.type.value,
            class_type_ids=json.dumps(sorted(new.class_type_ids)),
            course=new.course_id,
            punches=new.punches,
            valid_days=new.valid_days,
            begins_with_first_use=new.begins_with_first_use,
            is_in_order=new.is_in_order,
            max_reservations_ahead=new.max_reservations_ahead,
            absence_grace_minutes=new.absence_grace // timedelta(minutes=1),
        )
        return id_


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A pass plan as it is sold, or was."""

    id: str
    title: str
    type: PassType
    class_type_ids: tuple[str, ...]
    course_id: str | None
    punches: int | None
    valid_days: int | None
    begins_with_first_use: bool
    is_in_order: bool
    max_reservations_ahead: int
    absence_grace: timedelta
    retired_at: datetime | None


def list_plans(organization_id: str, by: Asker, at: datetime, *, with_retired: bool = False) -> tuple[Plan, ...]:
    """Those that are sold now, or all there ever were, by title. Members may look, too. Raises `Forbidden`."""
    with reading():
        require_of_ours(organization_id, by, Right.WELCOME)
        rows = PassPlanRow.select().where(PassPlanRow.organization == organization_id)
        if not with_retired:
            rows = rows.where(PassPlanRow.retired_at.is_null() | (PassPlanRow.retired_at > at))
        return tuple(_as_plan(row) for row in rows.order_by(PassPlanRow.title, PassPlanRow.id))


def _as_plan(row: PassPlanRow) -> Plan:
    return Plan(
        id=row.id,
        title=row.title,
        type=PassType(row.type),
        class_type_ids=tuple(json.loads(row.class_type_ids)),
        course_id=row.course_id,
        punches=row.punches,
        valid_days=row.valid_days,
        begins_with_first_use=row.begins_with_first_use,
        is_in_order=row.is_in_order,
        max_reservations_ahead=row.max_reservations_ahead,
        absence_grace=timedelta(minutes=row.absence_grace_minutes),
        retired_at=row.retired_at,
    )


def retire_plan(organization_id: str, plan_id: str, by: Asker, at: datetime) -> None:
    """It is sold no more; passes sold stay as they are. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.PLAN)
        plan = ours(PassPlanRow, organization_id, plan_id, "plan")
        plan.retired_at = plan.retired_at or at
        plan.save()
