"""Who may look: people who work for the organization, and whose account has not ended."""

from core.errors import Forbidden, NotFound
from server.services.desk.values import Place
from server.store.tables import OrganizationRow, StaffRow, VenueRow


def require_staff(organization_id: str, staff_id: str) -> str:
    """The organization's name. Raises `Forbidden` for anybody who does not work there now."""
    name = (
        OrganizationRow.select(OrganizationRow.name)
        .join(StaffRow, on=StaffRow.organization == OrganizationRow.id)
        .where(OrganizationRow.id == organization_id, StaffRow.id == staff_id, StaffRow.left_at.is_null())
        .scalar()
    )
    if name is None:
        raise Forbidden("desk.not_staff")
    return str(name)


def venues_of(organization_id: str) -> tuple[Place, ...]:
    """In the order in which they were made."""
    rows = VenueRow.select().where(VenueRow.organization == organization_id).order_by(VenueRow.id)
    return tuple(Place(id=row.id, name=row.name, zone=row.zone) for row in rows)


def venue_among(venues: tuple[Place, ...], venue_id: str | None) -> Place:
    """The one asked for, the first if none was. Raises `NotFound`."""
    if venue_id is None and venues:
        return venues[0]
    for venue in venues:
        if venue.id == venue_id:
            return venue
    raise NotFound("venue.not_found", id=venue_id or "")
