"""The inbox's page: what waits is read, answered with a reason and seen among what was settled; the menu counts."""

from nicegui import ui
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction
from peewee import Database

from server.pages import live
from server.pages.context import PagesContext
from server.pages.inbox import add_inbox_page
from server.pages.today import add_today_page
from server.pages.visits import COOKIE
from server.services.people import signing_in
from server.services.people.rights import Role
from server.store.database import reading, writing
from server.store.tables import DeviceRow, InboxSettlementRow, StaffRow
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, Evening, full_house, open_house
from tests.server.door_stories import kiosk_of, live_visits
from tests.server.inbox_evening import sofia_came_on_a_pass_that_had_run_out
from tests.server.studio import VAULT

CONTEXT = PagesContext(now=lambda: NOW, vault=VAULT)
SOFIA = "Sofia Rossi came to Open studio on a pass that had run out."


def lena_signed_in(user: User) -> None:
    add_today_page(CONTEXT)
    add_inbox_page(CONTEXT)
    user.http_client.cookies.set(COOKIE, signing_in.sign_in(EMAIL, PASSWORD, NOW).token)


def with_role(evening: Evening, role: Role) -> None:
    with writing():
        StaffRow.update(role=role.value).where(StaffRow.id == evening.lena.staff_id).execute()


def press(user: User, text: str) -> None:
    """The button around these words: a simulated browser's clicks stay where they are made."""
    (words,) = user.find(text).elements
    assert words.parent_slot is not None
    UserInteraction(user, {words.parent_slot.parent}, None).click()


async def has_seen(user: User, text: str) -> None:
    await user.should_see(text, retries=int(live.EVERY * 10) * 3)


async def test_with_nothing_to_answer_the_page_says_so(sqlite_database: Database, user: User) -> None:
    open_house()
    lena_signed_in(user)
    await user.open("/inbox")
    await user.should_see("Nothing waits for you")
    await user.should_see("Nothing held back")
    await user.should_see("Nothing yet")


async def test_what_happens_while_the_page_is_open_appears_and_is_answered(
    sqlite_database: Database, user: User
) -> None:
    evening = open_house()
    lena_signed_in(user)
    await user.open("/inbox")
    await user.should_see("Nothing waits for you")
    sofia_came_on_a_pass_that_had_run_out(evening, kiosk_of(evening.studio, "Cellar door"))
    await has_seen(user, SOFIA)
    await user.should_see("1 waits for you")
    await user.should_see("Autumn evenings. Member list from yesterday, 09:10.")
    press(user, "Let it stand")
    await user.should_see("Please choose a reason or write one.")
    user.find("Came in good faith").click()
    press(user, "Let it stand")
    await has_seen(user, "Let it stand: Came in good faith")
    await has_seen(user, "Nothing waits for you")
    with reading():
        row = InboxSettlementRow.get()
        assert (row.because, row.staff_id, row.by_name) == ("Came in good faith", evening.lena.staff_id, "Lena Brandt")


async def test_the_number_in_the_menu_stands_on_every_page(sqlite_database: Database, user: User) -> None:
    full_house()
    lena_signed_in(user)
    await user.open("/")
    await has_seen(user, "2 open")


async def test_an_instructor_has_no_inbox(sqlite_database: Database, user: User) -> None:
    with_role(full_house(), Role.INSTRUCTOR)
    lena_signed_in(user)
    await user.open("/")
    await user.should_not_see("Inbox")
    await user.open("/inbox")
    await user.should_see("This page cannot be shown just now")


async def test_what_only_a_manager_may_answer_says_so_to_others(sqlite_database: Database, user: User) -> None:
    evening = full_house()
    with writing():
        DeviceRow.update(forked_at=NOW).where(DeviceRow.id == evening.front_door.known.id).execute()
    lena_signed_in(user)
    await user.open("/inbox")
    await user.should_see("A manager can answer this.")
    await user.should_not_see("I know which one is real")
    with_role(evening, Role.MANAGER)
    await user.open("/inbox")
    await user.should_see("I know which one is real")


async def test_signed_out_meanwhile_nothing_is_settled_any_more(sqlite_database: Database, user: User) -> None:
    evening = open_house()
    sofia_came_on_a_pass_that_had_run_out(evening, kiosk_of(evening.studio, "Cellar door"))
    lena_signed_in(user)
    ui.page("/sign-in")(lambda: ui.label("The way in"))
    await user.open("/inbox")
    await user.should_see(SOFIA)
    user.find("Came in good faith").click()
    signing_in.sign_out(user.http_client.cookies[COOKIE], NOW)
    press(user, "Undo the check-in")
    await has_seen(user, "The way in")
    with reading():
        assert InboxSettlementRow.select().count() == 0
    assert len(live_visits()) == 1
