"""`tessera open` and `tessera pair`: a studio's first steps, before anybody can take them in a browser."""

from datetime import datetime

from core import clocktime
from core.errors import Conflict, NotFound
from server.services.fleet.pairing import open_pairing
from server.services.night.runs import night_venues
from server.services.people.accounts import NewAccount, open_account
from server.services.people.organizations import only_organization, open_organization
from server.services.people.rights import Role, the_house
from server.services.people.venues import open_venue
from server.settings import Settings
from server.terminal.database import opened


def open_first_studio(settings: Settings, name: str, venue: str, zone: str, account: NewAccount, at: datetime) -> str:
    """Says what was made. Raises `Conflict` if there is a studio already, `Invalid` for what cannot be understood."""
    clocktime.zone_named(zone)
    with opened(settings):
        if only_organization() is not None:
            raise Conflict("organization.there_already")
        organization_id = open_organization(name, at)
        house = the_house(organization_id)
        open_venue(organization_id, venue, zone, house, at)
        open_account(organization_id, account, house, at)
    return f"{name} is open. Start `tessera server` and sign in as {account.email}."


def pairing_code(settings: Settings, venue: str | None, at: datetime) -> str:
    """A code for a new kiosk, with what to do. Raises `NotFound` for a venue unknown, or if one must be named."""
    with opened(settings):
        organization_id = only_organization()
        if organization_id is None:
            raise NotFound("organization.none")
        found = [one for one in night_venues() if venue in (None, one.name)]
        if len(found) != 1:
            raise NotFound("venue.which", known=", ".join(one.name for one in night_venues()))
        code = open_pairing(organization_id, found[0].venue_id, the_house(organization_id), at)
    return (
        f"{code[:4]}-{code[4:]} pairs one kiosk with {found[0].name}, once, within 10 minutes: type it on its screen."
    )


def owner(name: str, email: str, password: str) -> NewAccount:
    """The first account, which may do everything."""
    return NewAccount(email=email, name=name, password=password, role=Role.OWNER)
