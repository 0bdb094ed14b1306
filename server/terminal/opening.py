"""`tessera open`: a new studio in an empty database, so that somebody can sign in and go on from there."""

from datetime import datetime

from core import clocktime
from core.errors import Conflict
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


def owner(name: str, email: str, password: str) -> NewAccount:
    """The first account, which may do everything."""
    return NewAccount(email=email, name=name, password=password, role=Role.OWNER)
