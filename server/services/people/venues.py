"""Venues, each with its time zone, and the rooms in them."""

from datetime import datetime

from core import clocktime
from server.services.door.changes import VENUE, touch
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import RoomRow, VenueRow


def open_venue(organization_id: str, name: str, zone: str, by: Asker, at: datetime) -> str:
    """A new venue's id. `zone` is an IANA name such as `Europe/Berlin`. Raises `Invalid`, `Forbidden`."""
    clean = words.required("name", name)
    clocktime.zone_named(zone)
    with writing():
        require(organization_id, by, Right.PLAN)
        id_ = new_id(at)
        VenueRow.create(id=id_, organization=organization_id, name=clean, zone=zone)
        touch(organization_id, VENUE, id_)
        return id_


def open_room(organization_id: str, venue_id: str, name: str, by: Asker, at: datetime) -> str:
    """A new room's id. Raises `NotFound` for a venue that is not ours, `Invalid`, `Forbidden`."""
    clean = words.required("name", name)
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(VenueRow, organization_id, venue_id, "venue")
        id_ = new_id(at)
        RoomRow.create(id=id_, organization=organization_id, venue=venue_id, name=clean)
        return id_
