"""Staff's page in a real browser: a card printed and a PIN typed by keys alone prove who holds them; both themes."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from core import staff_cards
from core.staff_cards import StaffCardCode
from kiosk.camera.decoder import Decoder
from server.services.people.accounts import NewAccount, open_account
from server.services.people.rights import Role, the_house
from server.services.people.staff_pins import check_card_and_pin, give_staff_card
from server.store.database import writing
from server.store.tables import StaffRow
from tests.server.desk_evening import NOW, Evening, open_house
from tests.server.desk_server import running_desk
from tests.server.studio import VAULT
from tests.server.test_desk_in_a_browser import WIDTHS, signed_in

PIN = "482917"
LONG = "Maximiliane-Alexandra von Hohenstein-Lichtenberg"


def staffed_house() -> Evening:
    """Lena owns the studio; Finn holds nothing yet, and somebody with a long name has a card without a PIN."""
    evening = open_house()
    organization = evening.studio.organization
    with writing():
        StaffRow.update(role=Role.OWNER.value).where(StaffRow.id == evening.lena.staff_id).execute()
    for name, email in (("Finn Fox", "finn@kiln.example.org"), (LONG, "maximiliane-alexandra@kiln.example.org")):
        new = NewAccount(email=email, name=name, password="long enough", role=Role.FRONT_DESK)
        made = open_account(organization, new, the_house(organization), NOW - timedelta(days=2))
        if name == LONG:
            give_staff_card(organization, made, the_house(organization), NOW - timedelta(days=1), VAULT)
    return evening


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Evening, str]]:
    with running_desk(sqlite_template, tmp_path_factory.mktemp("staff"), staffed_house) as running:
        yield running


def at_the_staff_page(context: BrowserContext, address: str) -> Page:
    page = signed_in(context, address)
    page.locator(".rail").get_by_role("link", name="Staff").click()
    page.wait_for_selector(".person")
    return page


def person(page: Page, name: str) -> Locator:
    return page.locator(".person", has=page.locator("h2", has_text=name))


def printed(page: Page, address: str, name: str) -> StaffCardCode:
    """The code on the sheet behind the button."""
    button = person(page, name).get_by_role("link", name="Print the card")
    answer = page.request.get(address + str(button.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    sheet = pypdfium2.PdfDocument(answer.body())[0]
    assert {"Kiln & Co.", "Staff", name.split()[0]} <= set(sheet.get_textpage().get_text_range().split("\r\n"))
    (found,) = Decoder().read(np.array(sheet.render(scale=3).to_pil().convert("RGB"))).codes
    code = staff_cards.read(found.text)
    assert isinstance(code, StaffCardCode)
    return code


def test_a_card_printed_and_a_pin_typed_by_keys_alone_prove_who_holds_them(
    context: BrowserContext, house: tuple[Evening, str]
) -> None:
    evening, address = house
    page = at_the_staff_page(context, address)
    person(page, "Finn Fox").get_by_role("button", name="Give a card").click()
    expect(person(page, "Finn Fox").get_by_role("status")).to_contain_text("Finn Fox has a new card.")
    code = printed(page, address, "Finn Fox")
    person(page, "Finn Fox").get_by_role("button", name="Set the PIN").focus()
    page.keyboard.press("Enter")
    first = person(page, "Finn Fox").get_by_label("New PIN, six digits")
    expect(first).to_be_focused()
    assert first.get_attribute("type") == "password", "it is typed among people"
    page.keyboard.type(PIN)
    page.keyboard.press("Tab")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(person(page, "Finn Fox")).to_contain_text("The PIN of Finn Fox is set.")
    expect(person(page, "Finn Fox")).to_contain_text("Ready for kiosks")
    assert PIN not in page.content()
    proven = check_card_and_pin(evening.studio.organization, code.fingerprint, code.keyed(PIN), NOW)
    assert proven.name == "Finn Fox"


def test_axe_finds_nothing_and_no_page_scrolls_sideways_whatever_is_asked(
    context: BrowserContext, house: tuple[Evening, str]
) -> None:
    page = at_the_staff_page(context, house[1])
    person(page, LONG).get_by_role("button", name="Take it away").click()
    person(page, LONG).get_by_role("button", name="Take the card away").click()
    expect(person(page, LONG).get_by_role("alert")).to_have_text("Please write why. It is kept with the card.")
    person(page, "Lena Brandt").get_by_role("button", name="Set the PIN").click()
    expect(page.locator(".person .input")).to_have_count(3)
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            found = Axe().run(page).response["violations"]
            assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    for width in (*WIDTHS, 390):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (width, wide) == (width, 0)


def test_no_words_of_the_menu_run_into_each_other_on_a_small_phone(
    context: BrowserContext, house: tuple[Evening, str]
) -> None:
    page = at_the_staff_page(context, house[1])
    page.set_viewport_size({"width": 320, "height": 640})
    for language in ("English", "Deutsch", "Français", "Español", "Polski", "العربية"):
        page.locator(".languages").get_by_role("link", name=language).click()
        page.wait_for_selector(".person")
        boxes = page.evaluate(
            "[...document.querySelectorAll('.tabs span:not(.island):not(.count):not(.vh)')].map(one => {"
            " const box = one.getBoundingClientRect(); return [box.left, box.right]; })"
        )
        ordered = sorted(boxes)
        assert len(ordered) == 5, language
        assert all(end <= begin for (_, end), (begin, _) in pairwise(ordered)), (
            language,
            ordered,
        )
        assert ordered[0][0] >= 0 and ordered[-1][1] <= 320, (language, ordered)
