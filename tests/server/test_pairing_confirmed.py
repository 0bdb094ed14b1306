"""A code from a browser makes a kiosk wait: until staff compared the signs it asks, tells and fetches nothing."""

import hashlib
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.errors import Forbidden, NotFound, Unauthenticated
from core.pairing import sign_of
from core.protocol import Pair, Paired, Unpair
from server.services.fleet.confirming import WaitingKiosk, confirm, take_back, turn_away, waiting_kiosks
from server.services.fleet.devices import devices_of, kiosk_of_token
from server.services.fleet.pairing import invite, pair
from server.services.people.rights import Asker, Role, the_house
from server.store.database import reading
from tests.server.studio import SIX_PM, Studio, after, open_studio


def promised(studio: Studio) -> Paired:
    made = invite(studio.organization, studio.venue, the_house(studio.organization), SIX_PM)
    return pair(Pair(code=made.code, name="Front door"), after(1))


def waiting(studio: Studio, at: datetime = SIX_PM) -> tuple[WaitingKiosk, ...]:
    with reading():
        return waiting_kiosks(studio.organization, at)


def said_of(token: str, at: datetime = SIX_PM) -> str:
    with pytest.raises(Unauthenticated) as no:
        kiosk_of_token(token, at)
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
    assert kiosk_of_token(paired.token, SIX_PM).id == paired.device_id
    assert waiting(studio) == ()


def test_one_that_was_turned_away_is_nobody(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    paired = promised(studio)
    [kiosk] = waiting(studio)
    turn_away(studio.organization, kiosk.id, house, after(2))
    assert said_of(paired.token) == "device.turned_away"
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


def test_one_that_nobody_confirmed_waits_until_its_code_is_too_old_and_not_longer(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    paired = promised(studio)
    [kiosk] = waiting(studio)
    last, over = after(10) - timedelta(milliseconds=1), after(10)
    assert waiting(studio, last) == (kiosk,) and said_of(paired.token, last) == "device.not_confirmed"
    assert waiting(studio, over) == () and said_of(paired.token, over) == "device.confirmed_too_late"
    for verb in (confirm, turn_away):
        with pytest.raises(NotFound):
            verb(studio.organization, kiosk.id, house, over)
    confirm(studio.organization, kiosk.id, house, last)
    assert kiosk_of_token(paired.token, over).id == paired.device_id, "confirmed in time, it is one for good"


def test_a_no_at_the_kiosk_ends_the_question_in_the_browser_at_once(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    paired, other = promised(studio), promised(studio)
    [kiosk] = [one for one in waiting(studio) if one.sign == sign_in(paired)]
    assert take_back(Unpair(token=paired.token), after(2)).was_waiting
    assert [one.sign for one in waiting(studio)] == [sign_in(other)]
    assert not take_back(Unpair(token=paired.token), after(2)).was_waiting, "twice does no harm"
    assert said_of(paired.token) == "device.turned_away"
    with pytest.raises(NotFound):
        confirm(studio.organization, kiosk.id, house, after(3))
    assert devices_of(studio.organization, house) == ()


def test_a_token_takes_back_nothing_but_its_own_open_promise(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    paired = promised(studio)
    [kiosk] = waiting(studio)
    for stranger in ("", "not a token of ours"):
        with pytest.raises(Unauthenticated):
            take_back(Unpair(token=stranger), after(2))
    assert waiting(studio) == (kiosk,)
    confirm(studio.organization, kiosk.id, house, after(2))
    assert not take_back(Unpair(token=paired.token), after(3)).was_waiting
    assert kiosk_of_token(paired.token, after(3)).id == paired.device_id, "only staff close a device"


def sign_in(paired: Paired) -> str:
    return sign_of(paired.device_id, hashlib.sha256(paired.token.encode()).hexdigest())
