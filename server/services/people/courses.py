"""Courses: a series of parts, numbered from 1."""

from collections.abc import Sequence
from datetime import datetime

from core.errors import Invalid
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import ClassTypeRow, CoursePartRow, CourseRow


def add_course(
    organization_id: str, name: str, class_type_id: str, parts: Sequence[str], by: Asker, at: datetime
) -> str:
    """A new course's id. `parts` are the titles of its parts, in order. Raises `Invalid`, `NotFound`, `Forbidden`."""
    clean = words.required("name", name)
    titles = [words.required("part", title) for title in parts]
    if not titles:
        raise Invalid("field.missing", field="parts")
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(ClassTypeRow, organization_id, class_type_id, "class_type")
        id_ = new_id(at)
        CourseRow.create(id=id_, organization=organization_id, name=clean, class_type=class_type_id)
        for part, title in enumerate(titles, start=1):
            CoursePartRow.create(id=new_id(at), organization=organization_id, course=id_, part=part, title=title)
        return id_
