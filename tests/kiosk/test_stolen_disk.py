"""Whoever takes a kiosk home after a whole day finds nobody on its disk: no name, address, number, code or PIN.

A day with a thousand members through the server's own services; then every byte of the kiosk's folder is looked at.
"""

import base64
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import apsw
import pytest
from peewee import Database

from core import wire
from core.cards import CardCode
from core.decisions import Admitted
from core.errors import Unauthenticated
from core.model import PassType
from core.pins import PinRefused, StaffProof
from core.protocol import AttemptState, Pair
from core.staff_cards import StaffCardCode
from kiosk.desk import Desk
from kiosk.server_client import JsonServerClient, Reply, ServerUnreachable
from kiosk.store.files import COPY, FILE
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from kiosk.terminal.journal import export
from server.services.fleet.cards import issue_card
from server.services.fleet.conversing import answer, give_replica, hear
from server.services.fleet.devices import revoke_device
from server.services.fleet.pairing import open_pairing, pair
from server.services.people.accounts import NewAccount, open_account
from server.services.people.members import NewMember, add_member
from server.services.people.pass_plans import NewPlan, add_plan
from server.services.people.passes import sell_pass
from server.services.people.rights import Role, the_house
from server.services.people.staff_pins import give_staff_card, set_pin
from server.store.database import writing
from tests.kiosk.at_the_desk import Clocks
from tests.kiosk.secrets_on_disk import Search, dresses, sizes
from tests.kiosk.test_kiosk_damage import damage
from tests.server.studio import VAULT, before, open_studio

MEMBERS, STAFF, ONLINE, OFFLINE = 1000, 5, 25, 100
GUESTS_WIFI = "WIFI:S:Canarynetwork;P:Canarypassword;;"
OPENS_AT = before(60)


class Thousand:
    """A studio with a thousand members and five of staff; `secrets` are all that is theirs."""

    def __init__(self, members: int = MEMBERS, staff: int = STAFF) -> None:
        self.studio = open_studio()
        self.organization, self.house = self.studio.organization, the_house(self.studio.organization)
        self.secrets: dict[str, str] = {"the Wi-Fi's password": "Canarypassword"}
        self.pins: list[str] = []
        self.cards: list[CardCode] = []
        self.staff_cards: list[StaffCardCode] = []
        self.studio.session(capacity=2 * MEMBERS)
        with writing():
            new = NewPlan(title="Everything", type=PassType.UNLIMITED_SERIES)
            plan = add_plan(self.organization, new, self.house, OPENS_AT - timedelta(days=1))
            for number in range(members):
                self._member(number, plan)
        for number in range(staff):
            self._staff(number)

    def _member(self, number: int, plan: str) -> None:
        person = {
            "first name": f"Canaryfirst{number:04}",
            "last name": f"Canarylast{number:04}",
            "e-mail": f"canarymail{number:04}@nest.example.org",
            "phone": f"+49 555 {number:08}",
        }
        new = NewMember(
            number=f"M{number:04}", first_name=person["first name"], last_name=person["last name"],
            email=person["e-mail"], phone=person["phone"], birth_date="1961-02-03",
        )  # fmt: skip
        day_before = OPENS_AT - timedelta(days=1)
        member = add_member(self.organization, new, self.house, day_before)
        sell_pass(self.organization, member, plan, self.house, day_before)
        code = issue_card(self.organization, member, self.house, day_before, VAULT)
        self.cards.append(code)
        self._keep(number, {**person, "card code": code.text, "card's random part": code.text[2:-4]})

    def _staff(self, number: int) -> None:
        person = {
            "staff's name": f"Canarystaff{number:04}",
            "staff's e-mail": f"canarystaff{number:04}@nest.example.org",
        }
        new = NewAccount(
            email=person["staff's e-mail"], name=person["staff's name"], password=f"Canarypassword{number:04}",
            role=Role.FRONT_DESK,
        )  # fmt: skip
        staff = open_account(self.organization, new, self.house, OPENS_AT)
        code = give_staff_card(self.organization, staff, self.house, OPENS_AT, VAULT)
        pin = f"{Random(number).randrange(10**6):06}"
        set_pin(self.organization, staff, pin, self.house, OPENS_AT, VAULT)
        self.staff_cards.append(code)
        self.pins.append(pin)
        self._keep(number, {**person, "staff card code": code.text, "PIN keyed by the card": code.keyed(pin)})

    def _keep(self, number: int, secrets: dict[str, str]) -> None:
        self.secrets.update({f"{what} of {number}": secret for what, secret in secrets.items()})


class StolenKiosk:
    """One kiosk of that studio, its log in its own folder, and a network that can be cut."""

    def __init__(self, people: Thousand, folder: Path) -> None:
        self.people, self.folder = people, folder
        self.clocks = Clocks(at=OPENS_AT)
        self.is_online = True
        code = open_pairing(people.organization, people.studio.venue, people.house, OPENS_AT)
        self.paired = pair(Pair(code=code, name="Front door"), OPENS_AT)
        self.client = JsonServerClient(self.exchange, ask_deadline=1.0)
        self.start("boot-1")
        self.store.remember(
            Identity(
                device_id=self.paired.device_id,
                token=self.paired.token,
                organization_name="Kiln",
                venue_name="Kiln House",
            )
        )

    def start(self, boot: str) -> None:
        bits = Random(boot).getrandbits
        self.store = KioskStore(self.folder, at=self.clocks.at, random_bits=bits)
        self.desk = Desk(self.store, self.client, now=self.clocks.now, boot=boot, random_bits=bits)

    def exchange(self, verb: str, path: str, body: str | None, deadline: float) -> Reply:
        if not self.is_online:
            raise ServerUnreachable("Nobody is there.")
        asked, token, at, raw = urlsplit(path), self.paired.token, self.clocks.at, (body or "").encode()
        try:
            match asked.path.rsplit("/", 1)[-1]:
                case "ask":
                    said: object = answer(token, raw, at, VAULT)
                case "tell":
                    said = hear(token, raw, at, VAULT, now=lambda: at)
                case _:
                    query = parse_qs(asked.query)
                    said = give_replica(token, int(query["since"][0]), query.get("mark", [""])[0], at)
        except Unauthenticated as error:
            return Reply(401, "application/json", wire.to_json({"error": {"code": error.code}}).encode())
        return Reply(200, "application/json", wire.to_json(said).encode())


def live_a_day(kiosk: StolenKiosk) -> None:
    """Everything that can leave a trace: asked and alone, let in and undone, refused, damaged, copied, exported."""
    people, desk = kiosk.people, kiosk.desk
    assert desk.sync().is_complete and kiosk.store.replica.members() == MEMBERS
    for number in range(ONLINE):
        shown = desk.show_card(people.cards[number].text)
        assert isinstance(shown.decision, Admitted) and shown.decided_by is AttemptState.SERVER
        assert shown.person is not None and shown.person.first_name == f"Canaryfirst{number:04}"
        kiosk.clocks.pass_by(5)
    desk.undo(shown.attempt_id)
    desk.show_card(GUESTS_WIFI)
    kiosk.store.check_and_copy(kiosk.clocks.at)
    kiosk.is_online = False
    for number in range(ONLINE, ONLINE + OFFLINE):
        shown = desk.show_card(people.cards[number].text.lower().encode())
        assert shown.person is not None and shown.person.first_name == f"Canaryfirst{number:04}"
        kiosk.clocks.pass_by(5)
    assert shown.decided_by is AttemptState.LOCAL
    for code, pin in zip(people.staff_cards, people.pins, strict=True):
        assert isinstance(desk.prove_staff(code.text, "980317"), PinRefused)
        proof = desk.prove_staff(code.text, pin)
        assert isinstance(proof, StaffProof) and proof.first_name.startswith("Canarystaff")
        desk.show_card(code.text)
    export(kiosk.folder, kiosk.folder / "journal.jsonl", kiosk.clocks.at, is_all=True)


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    """Everything that the kiosk logs, to its own folder. The server's log is on another machine."""
    folder = tmp_path / "kiosk"
    folder.mkdir()
    handler, log = logging.FileHandler(folder / "kiosk.log"), logging.getLogger("kiosk")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield folder
    log.removeHandler(handler)
    log.setLevel(level)
    handler.close()


def pins_in(folder: Path, pins: list[str]) -> list[str]:
    """Six digits are in every heap of hex somewhere, so a PIN counts where it stands by itself; or dressed up."""
    pattern = re.compile(rb"(?<![0-9A-Za-z])(?:" + b"|".join(pin.encode() for pin in pins) + rb")(?![0-9A-Za-z])")
    dressed = [
        form for pin in pins for what, form in dresses(pin).items() if "utf-16" in what or what in ("url", "json")
    ]
    dressed += [base64.b64encode(pin.encode()) for pin in pins]
    found = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found += [f"{path.name}: a PIN"] * bool(pattern.search(content) or any(form in content for form in dressed))
    return found


def test_after_a_day_no_byte_of_the_disk_tells_of_anybody(sqlite_database: Database, logged: Path) -> None:
    people = Thousand()
    kiosk = StolenKiosk(people, logged)
    search = Search(people.secrets)
    assert len(people.secrets) > 6 * MEMBERS

    live_a_day(kiosk)
    there = sizes(logged)
    assert {FILE, f"{FILE}-wal", COPY, "kiosk.log", "journal.jsonl", "device.json"} <= set(there)
    assert there["kiosk.log"] > 0 and there[FILE] + there[f"{FILE}-wal"] > 500_000
    assert people.cards[7].fingerprint.encode() in (logged / COPY).read_bytes(), "this is the right place to look at"
    assert search.in_folder(logged) == [] and pins_in(logged, people.pins) == []

    kiosk.store.close()
    damage(logged / FILE, "a page of noise")
    kiosk.start("boot-2")
    assert kiosk.store.set_aside is not None and kiosk.store.replica.members() == MEMBERS
    assert isinstance(kiosk.desk.show_card(people.cards[-1].text).decision, Admitted)
    kiosk.is_online = True
    assert kiosk.desk.sync().is_complete
    assert search.in_folder(logged) == [] and pins_in(logged, people.pins) == []

    revoke_device(people.organization, kiosk.paired.device_id, people.house, kiosk.clocks.at)
    kiosk.desk.sync()  # hands in what is left
    kiosk.desk.sync()  # and hears that it is nobody any more
    assert kiosk.store.replica.members() == 0 and not (logged / COPY).exists()
    assert people.cards[900].fingerprint.encode() not in (logged / FILE).read_bytes(), "who was not seen is forgotten"
    kiosk.store.close()
    assert search.in_folder(logged) == [] and pins_in(logged, people.pins) == []


@pytest.mark.parametrize("dress", sorted(dresses("Canaryfirst0007")))
def test_the_search_finds_a_name_in_every_dress_and_at_every_place(tmp_path: Path, dress: str) -> None:
    search = Search({f"first name of {number}": f"Canaryfirst{number:04}" for number in range(100)})
    form = dresses("Canaryfirst0007")[dress]
    for place in range(11):
        (tmp_path / "disk").write_bytes(bytes(range(256)) * 20 + b"x" * place + form + b"\x00" * 5)
        assert any("first name of 7" in what for what in search.in_folder(tmp_path)), place
    (tmp_path / "disk").write_bytes(bytes(range(256)) * 20 + form[:-1])
    assert search.in_folder(tmp_path) == []


@pytest.mark.parametrize("skipped", range(3))
def test_the_search_finds_a_name_inside_a_longer_text_in_base64(tmp_path: Path, skipped: int) -> None:
    search = Search({"e-mail": "canarymail0007@nest.example.org"})
    text = b"x" * (skipped + 30) + b"canarymail0007@nest.example.org" + b"and so on"
    (tmp_path / "disk").write_bytes(base64.b64encode(text))
    assert search.in_folder(tmp_path) != []


def test_the_search_finds_a_name_that_was_deleted_from_a_table_but_not_from_the_disk(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "forgetful.db"))
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute("CREATE TABLE member (name TEXT)")
    connection.execute("INSERT INTO member VALUES ('Canaryfirst0007')")
    connection.execute("DELETE FROM member")
    assert Search({"first name": "Canaryfirst0007"}).in_folder(tmp_path) != []
    connection.close()


def test_the_search_finds_a_pin_that_stands_by_itself(tmp_path: Path) -> None:
    for content in (
        b'{"pin":"704182"}',
        b"PIN 704182 was wrong",
        base64.b64encode(b"704182"),
        "704182".encode("utf-16-le"),
    ):
        (tmp_path / "disk").write_bytes(content)
        assert pins_in(tmp_path, ["704182"]) != [], content
    (tmp_path / "disk").write_bytes(b"a1704182b 1795704182000")
    assert pins_in(tmp_path, ["704182"]) == []
