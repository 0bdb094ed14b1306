"""Organizations: who runs a studio. Opening one needs no right, since nobody works there yet."""

from datetime import datetime

from core.errors import Invalid, NotFound
from core.messages import LANGUAGES
from server.services.people import words
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import OrganizationRow


def open_organization(name: str, at: datetime, *, colour: str = "", language: str = "en") -> str:
    """A new organization's id. `colour` is a CSS colour such as `#c8553d`, or empty. Raises `Invalid`."""
    clean = words.required("name", name)
    if language not in LANGUAGES:
        raise Invalid("field.not_understood", field="language", given=language[:40])
    with writing():
        id_ = new_id(at)
        OrganizationRow.create(
            id=id_,
            name=clean,
            colour=words.optional("colour", colour, longest=40),
            language=language,
            created_at=at,
        )
        return id_


def only_organization() -> str | None:
    """The id of the one organization of this installation; None if there is none. Raises `NotFound` for several."""
    with reading():
        ids = [row.id for row in OrganizationRow.select(OrganizationRow.id).limit(2)]
    if len(ids) > 1:
        raise NotFound("organization.which")
    return ids[0] if ids else None


def organizations() -> tuple[str, ...]:
    """The ids of all of this installation, oldest first."""
    with reading():
        return tuple(row.id for row in OrganizationRow.select(OrganizationRow.id).order_by(OrganizationRow.id))
