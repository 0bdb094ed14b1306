"""Staff get a card and a PIN; kiosks get what checks both together, and nothing a PIN could be guessed from alone."""

from datetime import datetime, timedelta

import pytest
from peewee import Database

from core import staff_cards, wire
from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError
from core.pins import FREE_TRIES, MOST_TRIES
from core.protocol import StaffVerifier
from core.staff_cards import StaffCardCode
from kiosk.names import unsealed
from kiosk.staff import fits
from server.services.door.vault import CodeVault
from server.services.fleet.replica import is_news, replica_since
from server.services.people.accounts import NewAccount, close_account, open_account
from server.services.people.rights import Asker, Role, asker_of_staff, the_house
from server.services.people.staff_pins import check_pin, give_staff_card, set_pin, take_away_staff_card
from server.store.database import reading
from server.store.tables import StaffCardRow, StaffRow
from tests.server.door_stories import kiosk_of
from tests.server.studio import SIX_PM, VAULT, Studio, after, open_studio

PIN, WRONG = "704182", "704183"
LATER = after(60)


class Office:
    """A studio with Finn at its front desk, and one kiosk."""

    def __init__(self) -> None:
        self.studio: Studio = open_studio()
        self.organization = self.studio.organization
        self.house = the_house(self.organization)
        new = NewAccount(email="finn@kiln.example.org", name="Finn Fox", password="long enough", role=Role.FRONT_DESK)
        self.finn = open_account(self.organization, new, self.house, SIX_PM)
        self.kiosk = kiosk_of(self.studio).known

    def asker(self, staff_id: str) -> Asker:
        with reading():
            return asker_of_staff(self.organization, staff_id)

    def card(self, staff_id: str | None = None, at: datetime = SIX_PM) -> StaffCardCode:
        return give_staff_card(self.organization, staff_id or self.finn, self.house, at, VAULT)

    def pin(self, pin: str = PIN, at: datetime = SIX_PM) -> None:
        set_pin(self.organization, self.finn, pin, self.house, at, VAULT)

    def check(self, pin: str, at: datetime) -> str:
        try:
            check_pin(self.organization, self.finn, pin, at, VAULT)
        except TesseraError as no:
            return no.code
        return "right"

    def given(self) -> tuple[StaffVerifier, ...]:
        return replica_since(self.kiosk, 0, LATER).staff


def test_a_kiosk_gets_what_checks_card_and_pin_together(database: Database) -> None:
    office = Office()
    code = office.card()
    assert office.given() == (), "a card without a PIN proves nobody"
    office.pin()
    [given] = office.given()
    assert (given.card, given.staff_id) == (code.fingerprint, office.finn)
    assert fits(given.verifier, code.keyed(PIN)) and not fits(given.verifier, code.keyed(WRONG))
    person = unsealed(given.sealed, code)
    assert person is not None and person.first_name == "Finn"


def test_nothing_that_leaves_the_server_can_be_guessed_without_the_card(sqlite_database: Database) -> None:
    office = Office()
    code = office.card()
    office.pin()
    text = wire.to_json(replica_since(office.kiosk, 0, LATER))
    [given] = office.given()
    for secret in (PIN, code.text, code.keyed(PIN), "Finn", "finn@"):
        assert secret not in text
    others = staff_cards.new_code(lambda bits: 5)
    assert not fits(given.verifier, PIN) and not fits(given.verifier, others.keyed(PIN))
    assert not fits(given.verifier, VAULT.keyed_pin(PIN)), "what the server itself checks is another thing"
    assert given.verifier.startswith("$argon2id$")
    with reading():
        kept = StaffRow.get_by_id(office.finn)
        row = StaffCardRow.get(StaffCardRow.staff == office.finn)
    assert not fits(kept.pin_hash, PIN), "nor do the server's rows tell it without the installation's key"
    assert code.text not in row.code_encrypted and VAULT.open_staff_card(row.code_encrypted) == code
    with pytest.raises(Conflict):
        VAULT.open(row.code_encrypted)
    with pytest.raises(Conflict):
        CodeVault(bytes(32)).open_staff_card(row.code_encrypted)


def test_every_change_is_news_to_kiosks(database: Database) -> None:
    office = Office()
    steps = (
        lambda: office.card(),
        lambda: office.pin(),
        lambda: office.pin("918273"),
        lambda: take_away_staff_card(office.organization, office.finn, "lost", office.house, LATER),
        lambda: close_account(office.organization, office.finn, office.house, LATER),
    )
    for step in steps:
        before = replica_since(office.kiosk, 0, LATER).version
        step()
        assert is_news(office.kiosk, before)


def test_a_new_card_ends_the_one_before_and_wants_the_pin_set_again(database: Database) -> None:
    office = Office()
    office.card()
    office.pin()
    newer = office.card(at=LATER)
    assert office.given() == ()
    office.pin()
    [given] = office.given()
    assert given.card == newer.fingerprint


@pytest.mark.parametrize("leaves", ["the card", "the job"])
def test_whoever_lost_the_card_or_left_is_taken_off_every_kiosk(database: Database, leaves: str) -> None:
    office = Office()
    office.card()
    office.pin()
    if leaves == "the card":
        take_away_staff_card(office.organization, office.finn, "lost", office.house, LATER)
    else:
        close_account(office.organization, office.finn, office.house, LATER)
    assert office.given() == ()


def test_a_pin_alone_works_where_the_server_answers(database: Database) -> None:
    office = Office()
    assert office.check(PIN, LATER) == "pin.none"
    office.pin()
    assert (office.check(WRONG, LATER), office.check("", LATER), office.check(PIN, LATER)) == (
        "pin.wrong", "pin.wrong", "right",
    )  # fmt: skip


def test_tries_are_counted_on_the_server_too_and_a_right_one_clears_them(database: Database) -> None:
    office = Office()
    office.pin()
    for _ in range(FREE_TRIES - 1):
        assert office.check(WRONG, LATER) == "pin.wrong"
    assert office.check(PIN, LATER) == "right"
    for _ in range(FREE_TRIES):
        assert office.check(WRONG, LATER) == "pin.wrong"
    assert office.check(PIN, LATER + timedelta(seconds=59)) == "pin.wait"
    assert office.check(PIN, LATER + timedelta(seconds=60)) == "right"


def test_after_twenty_tries_only_a_new_pin_helps(sqlite_database: Database) -> None:
    office = Office()
    office.pin()
    for count in range(MOST_TRIES):
        assert office.check(WRONG, LATER + timedelta(hours=2 * count)) == "pin.wrong"
    much_later = LATER + timedelta(days=90)
    assert office.check(PIN, much_later) == "pin.is_over"
    office.pin("918273", much_later)
    assert office.check("918273", much_later) == "right"


def test_a_try_stays_counted_when_the_power_goes_before_the_pin_is_looked_at(database: Database) -> None:
    office = Office()
    office.pin()

    class PowerCut(BaseException):
        pass

    class Unplugged(CodeVault):
        def keyed_pin(self, pin: str) -> str:
            raise PowerCut

    with pytest.raises(PowerCut):
        check_pin(office.organization, office.finn, PIN, LATER, Unplugged(bytes(range(32))))
    with reading():
        assert StaffRow.get_by_id(office.finn).pin_tries == 1


@pytest.mark.parametrize(("pin", "why"), [("1234", "pin.not_a_pin"), ("123456", "pin.too_easy"), ("", "pin.not_a_pin")])
def test_a_pin_is_six_digits_and_not_the_first_that_anybody_would_try(
    sqlite_database: Database, pin: str, why: str
) -> None:
    with pytest.raises(Invalid, match=why.replace(".", r"\.")):
        Office().pin(pin)


def test_ones_own_pin_is_ones_own_business_and_everybody_elses_is_the_owners(sqlite_database: Database) -> None:
    office = Office()
    finn, mira = office.asker(office.finn), office.asker(office.studio.staff)
    set_pin(office.organization, office.finn, PIN, finn, SIX_PM, VAULT)
    set_pin(office.organization, office.finn, PIN, mira, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        set_pin(office.organization, office.studio.staff, PIN, finn, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        give_staff_card(office.organization, office.finn, finn, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        take_away_staff_card(office.organization, office.finn, "", finn, SIX_PM)


def test_nobody_of_another_studio_and_nobody_who_left_gets_one(sqlite_database: Database) -> None:
    office, others = Office(), open_studio("Barn")
    with pytest.raises(NotFound):
        give_staff_card(office.organization, others.staff, office.house, SIX_PM, VAULT)
    with pytest.raises(NotFound):
        check_pin(office.organization, others.staff, PIN, SIX_PM, VAULT)
    close_account(office.organization, office.finn, office.house, SIX_PM)
    with pytest.raises(NotFound):
        office.card()
    with pytest.raises(NotFound):
        office.pin()
