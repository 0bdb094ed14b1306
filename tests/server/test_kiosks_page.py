"""The page of kiosks: how each is, pairing one with a code and a sign, closing one in two steps."""

from datetime import timedelta

import pytest
from nicegui.testing import User
from peewee import Database

from core.protocol import Pair, Unpair
from server.pages import live
from server.pages.context import PagesContext
from server.pages.kiosks import add_kiosks_page
from server.pages.visits import COOKIE
from server.services.fleet.confirming import take_back, waiting_kiosks
from server.services.fleet.devices import Device, devices_of
from server.services.fleet.pairing import invite, pair
from server.services.people import signing_in
from server.services.people.rights import Role, the_house
from server.store.database import reading, writing
from server.store.tables import DeviceRow, PairingCodeRow, StaffRow
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, Evening, open_house

CONTEXT = PagesContext(now=lambda: NOW)


@pytest.fixture
def evening(sqlite_database: Database, user: User) -> Evening:
    made = open_house()
    with writing():
        StaffRow.update(role=Role.MANAGER.value).where(StaffRow.id == made.lena.staff_id).execute()
    add_kiosks_page(CONTEXT)
    user.http_client.cookies.set(COOKIE, signing_in.sign_in(EMAIL, PASSWORD, NOW).token)
    return made


def devices(evening: Evening) -> tuple[Device, ...]:
    return devices_of(evening.studio.organization, the_house(evening.studio.organization))


def note(evening: Evening, **values: object) -> None:
    with writing():
        DeviceRow.update(**values).where(DeviceRow.id == evening.front_door.known.id).execute()


async def has_seen(user: User, text: str) -> None:
    await user.should_see(text, retries=int(live.EVERY * 10) * 3)


async def test_staff_see_in_words_how_a_kiosk_is(evening: Evening, user: User) -> None:
    health = '{"clock_offset_ms": "12000", "list_age_s": "7300", "disk_free_bytes": "41000000000", "camera": "BLACK"}'
    note(evening, health=health, max_seq=31)
    await user.open("/kiosks")
    for words in ("In touch", "12 s fast", "2 h old", "41 GB free", "sees only black", "31"):
        await user.should_see(words)
    note(evening, forked_at=NOW, last_heard_at=NOW - timedelta(hours=6))
    await has_seen(user, "Two kiosks speak as")
    await has_seen(user, "Please look at it")


async def test_a_kiosk_without_a_camera_says_so_once(evening: Evening, user: User) -> None:
    note(evening, health='{"camera": "OFF", "camera_source": "none"}')
    await user.open("/kiosks")
    await user.should_see("none here")
    await user.should_not_see("none here, none")
    note(evening, health='{"camera": "BLACK", "camera_source": "device"}')
    await has_seen(user, "sees only black, device")


async def test_closing_a_kiosk_takes_two_steps(evening: Evening, user: User) -> None:
    await user.open("/kiosks")
    user.find("Close").click()
    await user.should_see("forgets all members")
    assert not devices(evening)[0].is_revoked
    user.find("Close this kiosk").click()
    await has_seen(user, "Closed 18:24")
    assert devices(evening)[0].is_revoked


async def test_retiring_a_kiosk_says_what_it_still_holds_and_takes_two_steps(evening: Evening, user: User) -> None:
    note(evening, max_seq=31)
    await user.open("/kiosks")
    user.find("Retire").click()
    await user.should_see("It still holds 31 records that may be check-ins")
    user.find("Leave it").click()
    await user.should_not_see("It still holds 31 records")
    assert not devices(evening)[0].is_retired
    user.find("Retire").click()
    await user.should_see("It still holds 31 records")
    user.find("Retire this kiosk").click()
    await has_seen(user, "Retired 18:24")
    assert devices(evening)[0].is_retired and not devices(evening)[0].is_revoked


async def test_a_question_to_confirm_goes_when_the_kiosk_itself_said_no(evening: Evening, user: User) -> None:
    studio = evening.studio
    made = invite(studio.organization, studio.venue, the_house(studio.organization), NOW)
    paired = pair(Pair(code=made.code, name="Back door"), NOW)
    await user.open("/kiosks")
    await user.should_see("Back door wants to be a kiosk")
    take_back(Unpair(token=paired.token), NOW)
    await user.should_not_see("Back door wants to be a kiosk", retries=40)


async def test_a_kiosk_that_used_the_code_waits_for_a_word(evening: Evening, user: User) -> None:
    studio, before = evening.studio, len(devices(evening))
    await user.open("/kiosks")
    user.find("Pair a kiosk at Harbour Street").click()
    await has_seen(user, "10:00 left")
    with reading():
        assert PairingCodeRow.get().is_to_confirm
    made = invite(studio.organization, studio.venue, the_house(studio.organization), NOW)
    pair(Pair(code=made.code, name="Back door"), NOW)
    with reading():
        [waiting] = waiting_kiosks(studio.organization, NOW)
    await has_seen(user, "Back door wants to be a kiosk of Harbour Street")
    user.find(f"It shows {waiting.sign}: pair it").click()
    await user.should_not_see("Back door wants to be a kiosk", retries=40)
    assert len(devices(evening)) == before + 1
