"""The inbox in a real browser: a dispute settled with a typed reason that nothing disturbs; both themes, phone too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from core.refusals import RefusalReason
from server.store.database import reading
from server.store.tables import InboxSettlementRow
from tests.server.desk_evening import NOW, Evening
from tests.server.desk_server import running_desk
from tests.server.inbox_evening import troubled_house
from tests.server.test_desk_in_a_browser import WIDTHS, signed_in

SOFIA = "Sofia Rossi came to Open studio on a pass that had run out."


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Evening, str]]:
    with running_desk(sqlite_template, tmp_path, troubled_house) as running:
        yield running


def at_the_inbox(context: BrowserContext, address: str) -> Page:
    page = signed_in(context, address)
    page.locator(".rail").get_by_role("link", name="Inbox").click()
    page.wait_for_selector(".ask")
    return page


def test_a_dispute_is_settled_with_a_typed_reason_while_other_things_happen(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    evening, address = house
    page = at_the_inbox(context, address)
    before = page.locator(".ask").count()
    expect(page.locator(".rail .count")).to_contain_text(str(before))
    item = page.locator(".ask", has_text=SOFIA)
    item.get_by_label("Why").fill("She renewed at the desk,")
    evening.turned_away(NOW, RefusalReason.CARD_UNKNOWN)
    expect(page.locator(".ask")).to_have_count(before + 1)
    item.get_by_label("Why").press_sequentially(" before class")
    expect(item.get_by_label("Why")).to_have_value("She renewed at the desk, before class")
    item.get_by_role("button", name="Let it stand").click()
    settled = page.locator(".settled li", has_text=SOFIA)
    expect(settled).to_contain_text("Let it stand: She renewed at the desk, before class")
    expect(settled).to_contain_text("18:24, Lena Brandt")
    expect(page.locator(".ask", has_text=SOFIA)).to_have_count(0)
    expect(page.locator(".rail .count")).to_contain_text(str(before))
    with reading():
        assert InboxSettlementRow.get().because == "She renewed at the desk, before class"


def test_a_reason_at_hand_is_written_into_the_field_and_can_be_changed(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    page = at_the_inbox(context, house[1])
    item = page.locator(".ask", has_text="June Lee")
    item.get_by_role("button", name="Try again").click()
    expect(item.get_by_role("alert")).to_contain_text("choose a reason")
    item.get_by_role("button", name="The cause is mended").click()
    expect(item.get_by_label("Why")).to_have_value("The cause is mended")
    item.get_by_role("button", name="Try again").click()
    expect(item.get_by_role("alert")).to_contain_text("The member or session is not known here.")
    item.get_by_label("Why").press("End")
    item.get_by_label("Why").press_sequentially(", not yet")
    item.get_by_role("button", name="Set aside for good").click()
    expect(page.locator(".settled li", has_text="June Lee")).to_contain_text("The cause is mended, not yet")


def test_axe_finds_nothing_at_the_inbox_and_it_never_scrolls_sideways(
    house: tuple[Evening, str], context: BrowserContext
) -> None:
    page = at_the_inbox(context, house[1])
    item = page.locator(".ask", has_text=SOFIA)
    item.get_by_role("button", name="Came in good faith").click()
    item.get_by_role("button", name="Undo the check-in").click()
    page.locator(".settled li").wait_for()
    page.locator(".ask").first.locator(".btn.main").click()
    page.locator(".problem").wait_for()
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page).response["violations"]
            assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (width, wide) == (width, 0)
