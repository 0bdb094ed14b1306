"""Staff open a member's cards in a browser: lend one for today, give a code page, print, replace and block."""

from datetime import timedelta

import cv2
import numpy as np
import pypdfium2
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from core import cards
from server.services.fleet.phone_links import phone_page
from server.store.database import reading
from server.store.tables import CardRow
from tests.server.desk_evening import NOW, Evening
from tests.server.studio import VAULT
from tests.server.test_desk_in_a_browser import signed_in


def at_the_cards(context: BrowserContext, house: tuple[Evening, str], name: str) -> tuple[Page, str]:
    evening, address = house
    member = evening.member(name)
    page = signed_in(context, address)
    page.goto(f"{address}/members/{member}/cards")
    page.wait_for_selector("table, .empty")
    return page, member


def kinds(member: str) -> list[tuple[str, bool]]:
    """(kind, whether it is in use), oldest first."""
    with reading():
        rows = CardRow.select().where(CardRow.member == member).order_by(CardRow.issued_at, CardRow.id)
        return [(row.kind, row.replaced_at is None and row.revoked_at is None) for row in rows]


def read_off(page: Page) -> str:
    picture = cv2.imdecode(np.frombuffer(page.locator(".qr").screenshot(), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_a_card_for_today_is_shown_and_printed(context: BrowserContext, house: tuple[Evening, str]) -> None:
    page, member = at_the_cards(context, house, "Lena Lent")
    expect(page.locator(".empty h2")).to_have_text("No card yet.")
    page.get_by_role("button", name="Temporary card").click()
    expect(page.locator(".pairing h2")).to_have_text("Lena's card for today")
    expect(page.locator(".pairing")).to_contain_text("Good until")
    shown = cards.read(read_off(page))
    with reading():
        row = CardRow.get(CardRow.member == member)
        assert VAULT.open(row.code_encrypted) == shown
        assert timedelta(0) < row.expires_at - NOW <= timedelta(days=1)
    expect(page.locator("tbody tr")).to_contain_text("Temporary card")
    answer = page.request.get(f"{house[1]}/cards/{row.id}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    sheet = pypdfium2.PdfDocument(answer.body())[0]
    picture = np.array(sheet.render(scale=3).to_pil().convert("L"))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [VAULT.open(row.code_encrypted).text]
    assert "Temporary" in sheet.get_textpage().get_text_range()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".pairing")).to_have_count(0)


def test_a_link_is_shown_once_and_opens_the_members_page(context: BrowserContext, house: tuple[Evening, str]) -> None:
    page, member = at_the_cards(context, house, "Paul Phone")
    page.get_by_role("button", name="Code page for a phone").click()
    expect(page.locator(".pairing h2")).to_have_text("Paul's code page")
    address, token = read_off(page).split("#")
    assert address == f"{house[1]}/me/code"
    assert phone_page(token, NOW, VAULT).first_name == "Paul"
    assert kinds(member) == [("phone", True)]
    page.reload()
    page.wait_for_selector("table")
    expect(page.locator(".pairing")).to_have_count(0)
    page.locator("tbody tr").get_by_role("button", name="Block").click()
    expect(page.locator("tbody tr")).to_contain_text("Blocked")
    assert kinds(member) == [("phone", False)]


def test_who_is_not_signed_in_prints_nothing(context: BrowserContext, house: tuple[Evening, str]) -> None:
    page, member = at_the_cards(context, house, "Nora New")
    page.get_by_role("button", name="Temporary card").click()
    page.wait_for_selector("tbody tr")
    with reading():
        card = CardRow.get(CardRow.member == member).id
    context.clear_cookies()
    answer = page.request.get(f"{house[1]}/cards/{card}.pdf", max_redirects=0)
    assert answer.status == 303
