"""What is taught, and by whom: class types and instructors."""

from datetime import datetime

from server.services.people import words
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import ClassTypeRow, InstructorRow


def add_class_type(organization_id: str, name: str, by: Asker, at: datetime, *, colour: str = "") -> str:
    """A new class type's id. What it does differently from the policy stands in the policy. Raises `Forbidden`."""
    clean = words.required("name", name)
    with writing():
        require(organization_id, by, Right.PLAN)
        id_ = new_id(at)
        shade = words.optional("colour", colour, longest=40)
        ClassTypeRow.create(id=id_, organization=organization_id, name=clean, colour=shade)
        return id_


def add_instructor(organization_id: str, name: str, by: Asker, at: datetime) -> str:
    """A new instructor's id: a name on sessions, not an account. Raises `Forbidden`."""
    clean = words.required("name", name)
    with writing():
        require(organization_id, by, Right.PLAN)
        id_ = new_id(at)
        InstructorRow.create(id=id_, organization=organization_id, name=clean)
        return id_
