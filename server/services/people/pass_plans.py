"""Pass plans: what is sold. A pass takes a plan's numbers with it, so that changing a plan changes no pass."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Invalid
from core.model import PassType
from server.services.people import words
from server.services.people.ours import all_ours, ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import ClassTypeRow, CourseRow, PassPlanRow


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlan:
    """`class_type_ids` empty: every class type that is not a course. `punches` for a punch pass, `course_id` for a
    full course, and only there. `valid_days` None: for good."""

    title: str
    type: PassType
    class_type_ids: tuple[str, ...] = ()
    course_id: str | None = None
    punches: int | None = None
    valid_days: int | None = None
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
            is_in_order=new.is_in_order,
            max_reservations_ahead=new.max_reservations_ahead,
            absence_grace_minutes=new.absence_grace // timedelta(minutes=1),
        )
        return id_


def retire_plan(organization_id: str, plan_id: str, by: Asker, at: datetime) -> None:
    """It is sold no more; passes sold stay as they are. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.PLAN)
        plan = ours(PassPlanRow, organization_id, plan_id, "plan")
        plan.retired_at = plan.retired_at or at
        plan.save()
