"""A code from a browser makes a kiosk wait: until staff compared the signs it asks, tells and fetches nothing."""

import hashlib

import pytest
from peewee import Database

from core.errors import Forbidden, NotFound, Unauthenticated
from core.pairing import sign_of
from core.protocol import Pair, Paired
from server.services.fleet.confirming import WaitingKiosk, confirm, turn_away, waiting_kiosks
from server.services.fleet.devices import devices_of, kiosk_of_token
from server.services.fleet.pairing import invite, pair
from server.services.people.rights import Asker, Role, the_house
from server.store.database import reading
from tests.server.studio import SIX_PM, Studio, after, open_studio


def promised(studio: Studio) -> Paired:
    made = invite(studio.organization, studio.venue, the_house(studio.organization), SIX_PM)
    return pair(Pair(code=made.code, name="Front door"), after(1))


def waiting(studio: Studio) -> tuple[WaitingKiosk, ...]:
    with reading():
        return waiting_kiosks(studio.organization)


def said_of(token: str) -> str:
    with pytest.raises(Unauthenticated) as no:
        kiosk_of_token(token)
    return no.value.code


def test_until_staff_confirm_it_there_is_no_device(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    paired = promised(studio)
    assert not paired.is_confirmed
    assert said_of(paired.token) == "device.not_confirmed"
    assert devices_of(studio.organization, house) == ()
    [kiosk] = waiting(studio)
    own_sign = sign_of(paired.device_id, hashlib.sha256(paired.token.encode()).hexdigest())
    assert (kiosk.name, kiosk.sign) == ("Front door", own_sign)
    assert confirm(studio.organization, kiosk.id, house, after(2)) == paired.device_id
    assert kiosk_of_token(paired.token).id == paired.device_id
    assert waiting(studio) == ()


def test_one_that_was_turned_away_is_nobody(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    paired = promised(studio)
    [kiosk] = waiting(studio)
    turn_away(studio.organization, kiosk.id, house, after(2))
    assert said_of(paired.token) == "device.unknown"
    assert waiting(studio) == ()
    with pytest.raises(NotFound):
        confirm(studio.organization, kiosk.id, house, after(3))


def test_only_who_plans_this_house_may_settle_it(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    promised(studio)
    [kiosk] = waiting(studio)
    front = Asker(organization_id=studio.organization, role=Role.FRONT_DESK, name="Front")
    for verb in (confirm, turn_away):
        with pytest.raises(Forbidden):
            verb(studio.organization, kiosk.id, front, SIX_PM)
        with pytest.raises(NotFound):
            verb(other.organization, kiosk.id, the_house(other.organization), SIX_PM)
    assert waiting(other) == () and len(waiting(studio)) == 1
