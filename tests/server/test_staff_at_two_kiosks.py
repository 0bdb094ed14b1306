"""Staff at real kiosks with the real server between them: what is done alone at one door is obeyed at the other.

Two kiosks' desks and stores, the server's own app, no wire: each request is handed to the app, or nobody is there.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from fastapi.testclient import TestClient
from peewee import Database

from core.decisions import Admitted, Decision, Refused
from core.pins import FREE_TRIES, MOST_TRIES, PinRefusal, PinRefused
from core.protocol import AttemptState
from core.refusals import RefusalReason as R
from core.staff_cards import StaffCardCode
from core.staff_talk import StaffSignIn
from kiosk.desk import Desk
from kiosk.server_client import JsonServerClient, Reply, ServerUnreachable
from kiosk.staff_desk import StaffDesk
from kiosk.staff_server import JsonStaffServer
from kiosk.staff_values import NoNetwork, StaffSession
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from server.api.app import make_app
from server.services.door.kiosks import KnownKiosk
from server.services.door.vault import CodeVault
from server.services.fleet.cards import issue_card
from server.services.people.accounts import NewAccount, close_account, open_account
from server.services.people.api_tokens import make_api_token
from server.services.people.rights import Role, the_house
from server.services.people.staff_at_kiosks import sign_in_at_kiosk
from server.services.people.staff_pins import give_staff_card, set_pin
from server.store.database import reading
from server.store.tables import DeviceRow, OverrideRow, StaffActRow
from tests.kiosk.at_the_desk import Clocks
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, before, open_studio

PIN, FINNS_PIN, WRONG = "704182", "918273", "704183"


@dataclass
class House:
    """Alice, whose pass ran out yesterday; Mira and Finn with cards and PINs; the server's app."""

    clocks: Clocks = field(default_factory=lambda: Clocks(at=before(30)))

    def __post_init__(self) -> None:
        self.studio: Studio = open_studio()
        self.organization, self.house = self.studio.organization, the_house(self.studio.organization)
        self.alice = self.studio.member()
        self.pass_ = self.studio.punch_pass(self.alice, 8, valid_until=before(24 * 60))
        self.session = self.studio.session()
        self.card = issue_card(self.organization, self.alice, self.house, before(60), VAULT)
        self.mira, self.miras = self.hired("Mira Moss", PIN)
        self.finn, self.finns = self.hired("Finn Fox", FINNS_PIN)
        self.http = TestClient(make_app(now=lambda: self.clocks.at, vault=VAULT), raise_server_exceptions=False)

    def hired(self, name: str, pin: str) -> tuple[str, StaffCardCode]:
        new = NewAccount(
            email=f"{name.split()[0].lower()}@house.example.org", name=name, password="long enough",
            role=Role.FRONT_DESK,
        )  # fmt: skip
        staff = open_account(self.organization, new, self.house, before(60))
        code = give_staff_card(self.organization, staff, self.house, before(60), VAULT)
        set_pin(self.organization, staff, pin, self.house, before(60), VAULT)
        return staff, code


class Door:
    """One kiosk of the house; `is_online` False: its cable is out."""

    def __init__(self, house: House, folder: Path, name: str) -> None:
        self.house, self.folder, self.name, self.is_online = house, folder / name, name, True
        self.device = house.studio.kiosk(name)
        self.start("boot-1")
        self.store.remember(Identity(device_id=self.device, token=f"{TOKEN} {name} {house.organization}"))
        assert self.desk.sync().is_complete

    def start(self, boot: str) -> None:
        bits, clocks = Random(f"{self.name} {boot}").getrandbits, self.house.clocks
        self.store = KioskStore(self.folder, at=clocks.at, random_bits=bits)
        client = JsonServerClient(self.exchange, ask_deadline=1.0)
        self.desk = Desk(self.store, client, now=clocks.now, boot=boot, random_bits=bits)
        self.staff = StaffDesk(self.desk, JsonStaffServer(client), mono=lambda: clocks.mono, random_bits=bits)

    def exchange(self, verb: str, path: str, body: str | None, deadline: float) -> Reply:
        if not self.is_online or self.store.identity is None:
            raise ServerUnreachable("Nobody is there.")
        headers = {"Authorization": f"Bearer {self.store.identity.token}"}
        said = self.house.http.request(verb, path, content=body, headers=headers)
        return Reply(said.status_code, said.headers.get("content-type", ""), said.content)

    def sign_in(self) -> StaffSession:
        session = self.staff.sign_in(self.house.miras.text, PIN)
        assert isinstance(session, StaffSession), session
        return session

    def sync(self) -> None:
        self.house.clocks.pass_by(20)
        assert self.desk.sync().is_complete

    def alice_is(self) -> Decision:
        return self.desk.show_card(self.house.card.text).decision


def reason(decision: Decision) -> R | None:
    return decision.reason if isinstance(decision, Refused) else None


def test_an_override_made_alone_at_one_door_is_obeyed_there_at_once_and_at_the_other_after_a_sync(
    database: Database, tmp_path: Path
) -> None:
    house = House()
    front, back = Door(house, tmp_path, "Front"), Door(house, tmp_path, "Back")
    front.is_online = back.is_online = False
    front.sign_in()
    ends_at = house.clocks.at + timedelta(hours=3)
    assert front.staff.override(house.alice, R.PASS_EXPIRED, None, ends_at, "pays tomorrow").is_done
    assert reason(back.alice_is()) is R.PASS_EXPIRED, "the other door cannot know"
    assert isinstance(front.alice_is(), Admitted)
    front.is_online = back.is_online = True
    front.sync()
    back.sync()
    back.is_online = False
    again = back.desk.show_card(house.card.text)
    assert isinstance(again.decision, Admitted) and again.decided_by is AttemptState.LOCAL
    with reading():
        assert OverrideRow.select().count() == 1
        assert StaffActRow.get(StaffActRow.act == "OVERRIDE").because == "pays tomorrow"
    front.sync()
    with reading():
        assert OverrideRow.select().count() == 1, "told once, and once only"


def test_at_a_door_that_is_online_the_very_next_card_is_asked_about_with_what_staff_just_did(
    sqlite_database: Database, tmp_path: Path
) -> None:
    house = House()
    front = Door(house, tmp_path, "Front")
    front.sign_in()
    front.staff.override(house.alice, R.PASS_EXPIRED, None, house.clocks.at + timedelta(hours=3), "pays tomorrow")
    shown = front.desk.show_card(house.card.text)
    assert shown.decided_by is AttemptState.SERVER and isinstance(shown.decision, Admitted)


def test_staff_let_in_online_take_back_within_ten_minutes_and_everybody_hears_of_it(
    database: Database, tmp_path: Path
) -> None:
    house = House()
    front, back = Door(house, tmp_path, "Front"), Door(house, tmp_path, "Back")
    assert front.sign_in().sees_names
    assert front.staff.check_in(house.alice, house.session).values["reason"] is R.PASS_EXPIRED
    front.staff.override(house.alice, R.PASS_EXPIRED, house.session, house.clocks.at + timedelta(hours=3), "pays later")
    done = front.staff.check_in(house.alice, house.session, "forgot the card")
    assert done.is_done and house.studio.punches_left(house.pass_) == 7
    front.sync()
    back.sync()
    back.sign_in()
    [session] = back.staff.roster().sessions
    [person] = session.people
    assert (person.name, person.number, person.visit_key is not None) == ("Alice A.", "0001", True)
    assert back.staff.undo(house.alice, person.visit_key or "", "wrong person").key == "staff.done.undo_punch"
    back.sync()
    front.sync()
    assert house.studio.punches_left(house.pass_) == 8
    front.sign_in()
    assert front.staff.roster().sessions[0].people == ()
    with reading():
        acts = sorted((row.act, row.came_of) for row in StaffActRow.select())
    assert acts == [("CHECK_IN", "DONE"), ("CHECK_IN", "REFUSED"), ("OVERRIDE", "DONE"), ("UNDO", "DONE")]


def test_a_pin_alone_finds_whose_it_is_and_its_tries_are_rows_that_outlive_the_kiosk(
    database: Database, tmp_path: Path
) -> None:
    house = House()
    front, back = Door(house, tmp_path, "Front"), Door(house, tmp_path, "Back")
    session = front.staff.sign_in_online(FINNS_PIN)
    assert isinstance(session, StaffSession) and (session.first_name, session.sees_names) == ("Finn", True)
    for count in range(1, FREE_TRIES + 1):
        assert front.staff.sign_in_online(WRONG) == PinRefused(reason=PinRefusal.PIN_WRONG)
        with reading():
            assert DeviceRow.get_by_id(front.device).pin_tries == count
    front.start("boot-2")
    refused = front.staff.sign_in_online(FINNS_PIN)
    assert isinstance(refused, PinRefused) and refused.reason is PinRefusal.WAIT, "the right one waits too"
    assert refused.until == house.clocks.at + timedelta(minutes=1)
    assert isinstance(back.staff.sign_in_online(FINNS_PIN), StaffSession), "another kiosk has tries of its own"
    with reading():
        DeviceRow.update(pin_tries=MOST_TRIES).where(DeviceRow.id == front.device).execute()
    house.clocks.pass_by(100 * 3600)
    refused = front.staff.sign_in_online(FINNS_PIN)
    assert isinstance(refused, PinRefused) and refused.reason is PinRefusal.PIN_ALONE_IS_OVER
    front.sign_in()
    assert isinstance(front.staff.sign_in_online(FINNS_PIN), StaffSession), "somebody with a card was there"


class PowerCut(BaseException):
    """The plug is pulled."""


class CutVault(CodeVault):
    """Somebody pulls it as the PIN is looked at."""

    def keyed_pin(self, pin: str) -> str:
        raise PowerCut


def test_a_pin_alone_is_counted_before_it_is_looked_at(sqlite_database: Database, tmp_path: Path) -> None:
    house = House()
    front = Door(house, tmp_path, "Front")
    kiosk = KnownKiosk(id=front.device, organization_id=house.organization, venue_id=house.studio.venue)
    for count in (1, 2):
        with pytest.raises(PowerCut):
            sign_in_at_kiosk(kiosk, StaffSignIn(pin=FINNS_PIN), house.clocks.at, CutVault(bytes(range(32))))
        with reading():
            assert DeviceRow.get_by_id(front.device).pin_tries == count


def test_a_pin_that_two_have_is_not_enough_alone(sqlite_database: Database, tmp_path: Path) -> None:
    house = House()
    set_pin(house.organization, house.finn, PIN, house.house, SIX_PM, VAULT)
    front = Door(house, tmp_path, "Front")
    assert front.staff.sign_in_online(PIN) == PinRefused(reason=PinRefusal.PIN_OF_TWO)
    front.is_online = False
    assert front.staff.sign_in_online(PIN) == NoNetwork()


def test_what_is_done_by_a_pin_alone_is_proven_by_the_grant_also_when_told_later(
    sqlite_database: Database, tmp_path: Path
) -> None:
    house = House()
    front = Door(house, tmp_path, "Front")
    assert isinstance(front.staff.sign_in_online(FINNS_PIN), StaffSession)
    front.is_online = False
    ends_at = house.clocks.at + timedelta(hours=3)
    assert front.staff.override(house.alice, R.PASS_EXPIRED, None, ends_at, "pays tomorrow").is_done
    front.is_online = True
    house.clocks.pass_by(2 * 3600)
    front.sync()
    with reading():
        row = StaffActRow.get()
    assert (row.staff_id, row.came_of, row.proved_by) == (house.finn, "DONE", "PIN, with the server")


def test_names_are_given_to_those_who_were_believed_and_to_nobody_else(
    sqlite_database: Database, tmp_path: Path
) -> None:
    house = House()
    front, back = Door(house, tmp_path, "Front"), Door(house, tmp_path, "Back")
    front.sign_in()
    found = front.staff.search("acker")
    assert found.is_whole and [(one.name, one.is_known_here) for one in found.people] == [("Alice A.", True)]
    grant = front.staff._signing.grant(house.clocks.at)
    assert grant is not None
    looks = {"grant": grant.grant, "secret": grant.secret, "text": "acker"}
    told = {"kind_of": "StaffLooks", **looks}

    def asked(door: Door, **changed: str) -> int:
        token = door.store.identity.token if door.store.identity else ""
        headers = {"Authorization": f"Bearer {token}"}
        return house.http.post("/api/kiosk/staff/names", json={**told, **changed}, headers=headers).status_code

    assert asked(front) == 200
    assert asked(back) == 403, "a grant is for one kiosk"
    assert asked(front, secret="00" * 32) == 403
    assert asked(front, grant=f"{house.finn}.{front.device}.9999999999999") == 403
    house.clocks.pass_by(3601)
    assert asked(front) == 403, "and for an hour"
    house.clocks.pass_by(-3600)
    close_account(house.organization, house.mira, house.house, house.clocks.at)
    assert asked(front) == 403


def test_the_trail_over_http(sqlite_database: Database, tmp_path: Path) -> None:
    house = House()
    front = Door(house, tmp_path, "Front")
    front.sign_in()
    assert front.staff.out_of_order("does not read").is_done
    front.sync()
    token = make_api_token(house.organization, "Studio app", house.house, SIX_PM, role=Role.MANAGER)
    said = house.http.get("/api/staff-acts", headers={"Authorization": f"Bearer {token}", "Accept-Language": "de"})
    [act] = said.json()["acts"]
    assert (act["act"], act["said"], act["who"]) == ("OUT_OF_ORDER", "Kiosk außer Betrieb", "Mira Moss")
    assert (act["because"], act["where"], act["cameOf"]) == ("does not read", "Front · Kiln House", "DONE")
    assert house.http.get("/api/staff-acts").status_code == 401


@pytest.mark.parametrize("path", ["/api/kiosk/staff", "/api/kiosk/staff/names"])
def test_nobody_without_a_kiosks_token_is_answered(sqlite_database: Database, path: str) -> None:
    assert House().http.post(path, content="{}").status_code == 401
