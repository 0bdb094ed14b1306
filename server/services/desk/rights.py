"""Who may look at the desk's pages: people who work for the organization, and whose account has not ended."""

from core.errors import NotFound
from server.services.desk.values import Place, Visitor
from server.services.people.rights import Asker, Right, require
from server.store.database import reading
from server.store.tables import OrganizationRow, StaffRow, VenueRow


def visitor(asker: Asker) -> Visitor:
    """Who looks, for the frame around every page. Raises `Forbidden`."""
    with reading():
        require(asker.organization_id, asker, Right.WELCOME)
        organization = OrganizationRow.get_by_id(asker.organization_id)
        staff = StaffRow.get_or_none(StaffRow.id == asker.staff_id) if asker.staff_id else None
        return Visitor(
            asker=asker,
            organization_name=organization.name,
            language=staff.language if staff else organization.language,
        )


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
