"""The page of staff, role by role: an owner gives cards and sets PINs, a manager looks, everybody sets their own."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from peewee import Database

from core import staff_cards
from core.errors import TesseraError
from core.messages import LANGUAGES, say
from server.pages import live
from server.pages.context import PagesContext
from server.pages.staff import add_staff_page, staff_card_routes
from server.pages.visits import COOKIE
from server.services.people import signing_in
from server.services.people.accounts import NewAccount, close_account, open_account
from server.services.people.rights import Role, the_house
from server.services.people.staff_cards import face_of_staff_card
from server.services.people.staff_pins import check_card_and_pin, check_pin, give_staff_card, set_pin
from server.store.database import reading, writing
from server.store.tables import StaffCardRow, StaffRow
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, Evening, open_house
from tests.server.studio import VAULT

CONTEXT = PagesContext(now=lambda: NOW, vault=VAULT)
PIN = "482917"
GIVING = ("Give a card", "Give a new card", "Take it away", "Print the card")


class Office:
    """Lena looks, in the role of the test; Finn works there too."""

    def __init__(self, evening: Evening, user: User) -> None:
        self.organization = evening.studio.organization
        self.house = the_house(self.organization)
        self.lena = str(evening.lena.staff_id)
        finn = NewAccount(email="finn@kiln.example.org", name="Finn Fox", password=PASSWORD, role=Role.FRONT_DESK)
        self.finn = open_account(self.organization, finn, self.house, NOW)
        self._user = user

    async def opened_by(self, role: Role, language: str = "en") -> None:
        with writing():
            StaffRow.update(role=role.value, language=language).where(StaffRow.id == self.lena).execute()
        self._user.http_client.cookies.set(COOKIE, signing_in.sign_in(EMAIL, PASSWORD, NOW).token)
        await self._user.open("/staff")

    def of(self, name: str) -> "Shown":
        """What is on the card of the page that bears this name."""
        named = self._user.find(kind=TextElement, content=name).elements
        (article,) = {one for one in map(article_around, named) if one is not None}
        return Shown(self._user, article)

    def give(self, staff_id: str) -> staff_cards.StaffCardCode:
        return give_staff_card(self.organization, staff_id, self.house, NOW, VAULT)

    def cards(self, staff_id: str) -> list[tuple[bool, str]]:
        """(whether it opens something, why not any more), those that ended first."""
        with reading():
            rows = StaffCardRow.select().where(StaffCardRow.staff == staff_id)
            return sorted((row.revoked_at is None, row.because) for row in rows)

    def proves(self, staff_id: str) -> bool:
        """Whether the card that would be printed now goes with the PIN."""
        code = face_of_staff_card(self.organization, staff_id, self.house, VAULT).code
        assert isinstance(code, staff_cards.StaffCardCode)
        try:
            check_card_and_pin(self.organization, code.fingerprint, code.keyed(PIN), NOW)
        except TesseraError:
            return False
        return True


def article_around(element: ui.element) -> ui.element | None:
    around: ui.element | None = element
    while around is not None and around.tag != "article":
        around = around.parent_slot.parent if around.parent_slot else None
    return around


class Shown:
    """One person on the page."""

    def __init__(self, user: User, ground: ui.element) -> None:
        self._user, self._ground = user, ground

    def texts(self) -> list[str]:
        found = [getattr(one, "text", "") for one in self._ground.descendants()]
        return [text for text in found if text]

    def press(self, text: str) -> None:
        (button,) = [one for one in self._ground.descendants() if getattr(one, "text", "") == text]
        UserInteraction(self._user, {button}, None).click()

    def type(self, *texts: str) -> None:
        """Into the fields there are, in their order."""
        fields = [one for one in self._ground.descendants() if one.tag == "input"]
        for field, text in zip(fields, texts, strict=True):
            UserInteraction(self._user, {field}, None).trigger("input", text)


@pytest.fixture
def office(sqlite_database: Database, user: User) -> Office:
    made = Office(open_house(), user)
    add_staff_page(CONTEXT, VAULT)
    return made


async def has_seen(user: User, text: str) -> None:
    await user.should_see(text, retries=int(live.EVERY * 10) * 3)


async def test_an_owner_gives_a_card_and_sets_its_pin(office: Office, user: User) -> None:
    await office.opened_by(Role.OWNER)
    assert [text for text in office.of("Finn Fox").texts() if text == "None"] == ["None", "None"]
    office.of("Finn Fox").press("Give a card")
    await has_seen(user, "Finn Fox has a new card. Print it, then set the PIN.")
    assert "Given 18:24" in office.of("Finn Fox").texts()
    office.of("Finn Fox").press("Set the PIN")
    office.of("Finn Fox").type(PIN, PIN)
    office.of("Finn Fox").press("Keep this PIN")
    await has_seen(user, "The PIN of Finn Fox is set.")
    assert {"Set", "Ready for kiosks"} <= set(office.of("Finn Fox").texts())
    assert office.cards(office.finn) == [(True, "")]
    assert office.proves(office.finn)


async def test_a_new_card_is_given_in_two_steps_and_wants_its_pin(office: Office, user: User) -> None:
    office.give(office.finn)
    set_pin(office.organization, office.finn, PIN, office.house, NOW, VAULT)
    await office.opened_by(Role.OWNER)
    office.of("Finn Fox").press("Give a new card")
    await user.should_see("The card that Finn Fox has now opens nothing any more")
    office.of("Finn Fox").press("Leave it")
    await user.should_not_see("The card that Finn Fox has now opens nothing any more")
    assert office.cards(office.finn) == [(True, "")] and office.proves(office.finn)
    office.of("Finn Fox").press("Give a new card")
    office.of("Finn Fox").press("Yes, a new card")
    await has_seen(user, "To be set for the new card")
    assert office.cards(office.finn) == [(False, "replaced"), (True, "")]
    assert not office.proves(office.finn)


async def test_a_card_is_taken_away_with_a_reason_and_not_without(office: Office, user: User) -> None:
    office.give(office.finn)
    await office.opened_by(Role.OWNER)
    office.of("Finn Fox").press("Take it away")
    office.of("Finn Fox").type("  ")
    office.of("Finn Fox").press("Take the card away")
    await user.should_see("Please write why.")
    assert office.cards(office.finn) == [(True, "")]
    office.of("Finn Fox").type("left in a tram")
    office.of("Finn Fox").press("Take the card away")
    await has_seen(user, "Finn Fox has no card any more.")
    assert office.cards(office.finn) == [(False, "left in a tram")]
    assert "Print the card" not in office.of("Finn Fox").texts()


async def test_a_pin_that_will_not_do_is_refused_in_a_sentence_and_never_shown(office: Office, user: User) -> None:
    await office.opened_by(Role.OWNER)
    office.of("Lena Brandt").press("Set the PIN")
    for typed, again, says in (
        (PIN, "482918", "These two are not the same."),
        ("12345", "12345", "A PIN has six digits."),
        ("121212", "121212", "This PIN is the first that anybody would try."),
    ):
        office.of("Lena Brandt").type(typed, again)
        office.of("Lena Brandt").press("Keep this PIN")
        await has_seen(user, says)
        assert typed not in " ".join(office.of("Lena Brandt").texts())
    with pytest.raises(TesseraError, match=r"pin\.none"):
        check_pin(office.organization, office.lena, PIN, NOW, VAULT)


async def test_a_manager_sees_everybody_and_sets_only_their_own_pin(office: Office, user: User) -> None:
    office.give(office.finn)
    await office.opened_by(Role.MANAGER)
    await user.should_see("An owner gives staff cards")
    shown = office.of("Finn Fox").texts()
    assert "Given 18:24" in shown and not {*GIVING, "Set the PIN"} & set(shown)
    assert not set(GIVING) & set(office.of("Lena Brandt").texts())
    office.of("Lena Brandt").press("Set the PIN")
    office.of("Lena Brandt").type(PIN, PIN)
    office.of("Lena Brandt").press("Keep this PIN")
    await has_seen(user, "The PIN of Lena Brandt is set.")
    check_pin(office.organization, office.lena, PIN, NOW, VAULT)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.INSTRUCTOR])
async def test_everybody_else_sees_themselves_and_sets_their_own_pin(office: Office, user: User, role: Role) -> None:
    await office.opened_by(role)
    await user.should_see("lena@kiln.example.org")
    await user.should_not_see("Finn Fox")
    for text in GIVING:
        await user.should_not_see(text)
    office.of("This is you").press("Set the PIN")
    office.of("This is you").type(PIN, PIN)
    office.of("This is you").press("Keep this PIN")
    await has_seen(user, "The PIN of Lena Brandt is set.")
    check_pin(office.organization, office.lena, PIN, NOW, VAULT)


async def test_an_owner_who_is_none_any_more_gives_nothing(office: Office, user: User) -> None:
    await office.opened_by(Role.OWNER)
    with writing():
        StaffRow.update(role=Role.MANAGER.value).where(StaffRow.id == office.lena).execute()
    office.of("Finn Fox").press("Give a card")
    await has_seen(user, "The role MANAGER does not include this.")
    assert office.cards(office.finn) == []


async def test_what_is_being_typed_stays_while_others_come_and_go(office: Office, user: User) -> None:
    await office.opened_by(Role.OWNER)
    office.of("Lena Brandt").press("Set the PIN")
    office.of("Lena Brandt").type(PIN, PIN)
    close_account(office.organization, office.finn, office.house, NOW)
    await user.should_not_see("Finn Fox", retries=int(live.EVERY * 10) * 3)
    office.of("Lena Brandt").press("Keep this PIN")
    await has_seen(user, "The PIN of Lena Brandt is set.")
    check_pin(office.organization, office.lena, PIN, NOW, VAULT)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_speaks_every_language(office: Office, user: User, language: str) -> None:
    await office.opened_by(Role.OWNER, language)
    for key in ("page.staff", "staff.lead", "staff.card.none", "staff.give", "staff.set", "staff.role.FRONT_DESK"):
        await user.should_see(say(language, f"desk.{key}"))


@pytest.mark.parametrize(
    ("role", "prints"),
    [(Role.OWNER, True), (Role.MANAGER, False), (Role.FRONT_DESK, False), (Role.INSTRUCTOR, False)],
)
async def test_only_an_owner_gets_a_card_on_paper(sqlite_database: Database, role: Role, prints: bool) -> None:
    evening = open_house()
    organization, lena = evening.studio.organization, str(evening.lena.staff_id)
    give_staff_card(organization, lena, the_house(organization), NOW, VAULT)
    with writing():
        StaffRow.update(role=role.value).where(StaffRow.id == lena).execute()
    app = FastAPI()
    app.include_router(staff_card_routes(CONTEXT, VAULT))
    with TestClient(app, follow_redirects=False) as browser:
        stranger = browser.get(f"/staff/{lena}/card.pdf")
        assert (stranger.status_code, stranger.headers["location"]) == (303, "/sign-in")
        browser.cookies.set(COOKIE, signing_in.sign_in(EMAIL, PASSWORD, NOW).token)
        answer = browser.get(f"/staff/{lena}/card.pdf")
        assert (answer.content.startswith(b"%PDF"), answer.status_code) == (prints, 200 if prints else 404)
        assert prints or f"The role {role.value} does not include this." in answer.text
