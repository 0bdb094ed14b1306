"""`tessera replica verify`: the list lies whole and nameless on the disk, and says what the server's own rows say."""

from datetime import timedelta
from pathlib import Path
from random import Random

import apsw
import pytest
from peewee import Database

from core.model import PassType
from core.protocol import ReplicaPart
from kiosk.server_client import ServerUnreachable
from kiosk.store.identity import Identity
from kiosk.store.store import FILE, KioskStore
from kiosk.terminal.replica import verify_replica
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.cards import issue_card, revoke_card
from server.services.fleet.replica import replica_since
from server.services.people.members import NewMember, add_member
from server.services.people.rights import the_house
from server.services.people.staff_pins import give_staff_card, set_pin
from server.store.database import reading
from server.store.tables import CardRow
from tests.kiosk.at_the_desk import FakeServer
from tests.server.door_stories import kiosk_of
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio


class ServicesClient(FakeServer):
    """The server's own services, without the way there."""

    def __init__(self, kiosk: KnownKiosk) -> None:
        self.kiosk = kiosk
        self.at = SIX_PM
        self.is_there = True

    def replica(self, since: int, mark: str) -> ReplicaPart:
        if not self.is_there:
            raise ServerUnreachable("Nobody is there.")
        return replica_since(self.kiosk, since, self.at, mark=mark, limit=3)


class Fleet:
    """A studio with seven members, and one kiosk that has fetched its list."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.studio: Studio = open_studio()
        self.house = the_house(self.studio.organization)
        self.members = [self.member(n) for n in range(7)]
        self.session = self.studio.session()
        self.studio.reservation(self.members[0], self.session, self.studio.punch_pass(self.members[0]))
        self.client = ServicesClient(kiosk_of(self.studio).known)
        self.store = KioskStore(folder, at=SIX_PM, random_bits=Random("kiosk").getrandbits)
        self.store.remember(Identity(device_id=self.client.kiosk.id, token="let me in"))
        self.fetch()

    def member(self, number: int) -> str:
        new = NewMember(
            number=f"C{number:03}", first_name=f"Canary{number}", last_name="Finch", email=f"c{number}@example.org"
        )
        id_ = add_member(self.studio.organization, new, self.house, SIX_PM)
        issue_card(self.studio.organization, id_, self.house, SIX_PM, VAULT)
        self.studio.pass_of(id_, PassType.UNLIMITED_SERIES)
        return id_

    def fetch(self) -> None:
        replica = self.store.replica
        while True:
            part = self.client.replica(replica.version, replica.mark)
            replica.apply(part, self.client.at)
            if part.is_complete:
                return

    def verdict(self, *, is_compared: bool = True, must_compare: bool = False) -> tuple[str, bool]:
        client = self.client if is_compared else None
        _, sentences, is_sound = verify_replica(self.folder, client, self.client.at, must_compare=must_compare)
        return " ".join(sentences), is_sound

    def change(self, sql: str, *values: object) -> None:
        connection = apsw.Connection(str(self.folder / FILE))
        connection.execute(sql, values)  # type: ignore[arg-type]
        connection.close()


@pytest.fixture
def fleet(sqlite_database: Database, tmp_path: Path) -> Fleet:
    return Fleet(tmp_path / "kiosk")


WHOLE = "The file is whole, every record is in its shape, and none names anybody."
SAME = "It says what the server says, record by record."


def test_a_fresh_list_says_what_the_server_says(database: Database, tmp_path: Path) -> None:
    assert Fleet(tmp_path / "kiosk").verdict() == (f"{WHOLE} {SAME}", True)


def test_it_still_does_days_later_although_time_has_passed(fleet: Fleet) -> None:
    for hours in (1, 47, 200):
        fleet.client.at = SIX_PM + timedelta(hours=hours)
        assert fleet.verdict() == (f"{WHOLE} {SAME}", True), hours


def test_a_kiosk_that_lags_behind_is_said_to(fleet: Fleet) -> None:
    new = fleet.member(8)
    words, is_sound = fleet.verdict()
    assert not is_sound and f"Members on the server and not here: {new}." in words
    assert "has not fetched the newest" in words
    fleet.fetch()
    assert fleet.verdict()[1]


def test_every_difference_is_named(fleet: Fleet) -> None:
    one, two, three = sorted(fleet.members)[:3]
    fleet.change("DELETE FROM member WHERE member_id = ?", one)
    fleet.change("DELETE FROM card WHERE member_id = ?", one)
    fleet.change(
        "UPDATE member SET facts = json_set(facts, '$.is_member_active', json('false')) WHERE member_id = ?", two
    )
    fleet.change("UPDATE card SET state = 'REPLACED' WHERE member_id = ?", three)
    fleet.change("UPDATE note SET value = json_set(value, '$.strikes', 9) WHERE key = 'policy'")
    fleet.change("UPDATE note SET value = json_set(value, '$[0].title', 'Another') WHERE key = 'sessions'")
    words, is_sound = fleet.verdict()
    assert not is_sound
    for sentence in (
        f"Members on the server and not here: {one}.",
        f"Members of the same version but with other facts: {two}.",
        f"Members of the same version but with other cards: {three}.",
        f"Sessions that differ: {fleet.session}.",
        "The policy here is 0, the server's 0.",
    ):
        assert sentence in words, (sentence, words)


def test_a_card_denied_on_one_side_only_is_counted(fleet: Fleet) -> None:
    with reading():
        card = CardRow.get(CardRow.member == fleet.members[0])
    revoke_card(fleet.studio.organization, card.id, "lost", fleet.house, SIX_PM)
    words, is_sound = fleet.verdict()
    assert not is_sound and "1 cards are on the deny list only there." in words


def test_a_new_pin_is_seen_to_be_missing_until_it_is_fetched(fleet: Fleet) -> None:
    give_staff_card(fleet.studio.organization, fleet.studio.staff, fleet.house, SIX_PM, VAULT)
    set_pin(fleet.studio.organization, fleet.studio.staff, "704182", fleet.house, SIX_PM, VAULT)
    words, is_sound = fleet.verdict()
    assert not is_sound and "1 staff cards, or their PINs, are not the same" in words
    fleet.fetch()
    assert fleet.verdict()[1]
    fleet.change("UPDATE staff SET verifier = '704182'")
    words, is_sound = fleet.verdict()
    assert not is_sound and "its PIN is not kept as it should be" in words


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE member SET facts = '{' WHERE member_id = (SELECT MIN(member_id) FROM member)", "cannot be read"),
        ("UPDATE member SET facts = json_set(facts, '$.member_id', 'x')", "about somebody else"),
        ("UPDATE member SET facts = json_set(facts, '$.zone', 'c3@example.org')", "there is an e-mail address in it"),
        ("UPDATE member SET facts = json_set(facts, '$.phone', '+49')", "a field that no kiosk may hold"),
        ("UPDATE note SET value = 'T1' || printf('%.27c', 'A') WHERE key = 'replica_mark'", "there is a card code"),
        ("UPDATE card SET sealed = 'Canary'", "its name is not sealed"),
        ("UPDATE card SET state = 'LENT'", "there is no state LENT"),
        ("UPDATE denied SET card = 'x'; INSERT OR IGNORE INTO denied VALUES ('x')", "is no fingerprint"),
        ("UPDATE note SET value = '[' WHERE key = 'sessions'", "The sessions cannot be read"),
    ],
)
def test_what_should_not_lie_there_is_found(fleet: Fleet, sql: str, sentence: str) -> None:
    assert fleet.verdict(is_compared=False) == (WHOLE, True)
    fleet.change(sql)
    words, is_sound = fleet.verdict(is_compared=False)
    assert not is_sound and sentence in words


def test_without_the_server_the_file_alone_is_judged_unless_a_server_was_named(fleet: Fleet) -> None:
    fleet.client.is_there = False
    words, is_sound = fleet.verdict()
    assert is_sound and "It was not laid beside the server's list. Nobody is there." in words
    assert not fleet.verdict(must_compare=True)[1]


def test_a_kiosk_without_a_list_is_no_fault(sqlite_database: Database, tmp_path: Path) -> None:
    KioskStore(tmp_path, at=SIX_PM, random_bits=Random(1).getrandbits).close()
    _, [sentence], is_sound = verify_replica(tmp_path, None, SIX_PM)
    assert is_sound and sentence.startswith("There is no member list here")


def test_a_damaged_page_is_found(fleet: Fleet) -> None:
    fleet.store.close()
    path = fleet.folder / FILE
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    root = content.find(b'"kind_of":"Facts"') // page * page
    content[root : root + page] = bytes(page)
    path.write_bytes(content)
    words, is_sound = fleet.verdict(is_compared=False)
    assert not is_sound and "The file is damaged" in words
