"""Alice's phone, 360 pixels wide, shows its code page; the kiosk's own reader reads it off the screen, and knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core import clocktime, phone_codes
from core.phone_codes import STEP, PhoneCode, PhonePeriod
from kiosk.camera.decoder import Decoder
from server.services.fleet.cards import revoke_card
from server.services.fleet.phone_links import periods_by_card
from server.services.people.rights import the_house
from server.store.database import reading
from tests.server.desk_evening import NOW, Evening
from tests.server.desk_server import running_desk
from tests.server.phone_stories import StoryPhone, phone_of

PHONE = {"width": 360, "height": 740}
READY = "html[data-state=code]"


@dataclass(kw_only=True)
class Holding:
    """A phone and what the kiosk holds of it."""

    evening: Evening
    address: str
    phone: StoryPhone
    periods: tuple[PhonePeriod, ...]

    @property
    def link(self) -> str:
        return f"{self.address}/me/code#{self.phone.link.token}"


@pytest.fixture(scope="module")
def running(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Evening, str]]:
    with running_desk(sqlite_template, tmp_path_factory.mktemp("desk")) as started:
        yield started


@pytest.fixture
def holding(running: tuple[Evening, str]) -> Holding:
    """A new link for each story."""
    evening, address = running
    phone = phone_of(evening.studio, evening.member("Dan Okafor"), NOW - timedelta(hours=1))
    with reading():
        periods = periods_by_card([phone.link.card_id])[phone.link.card_id]
    return Holding(evening=evening, address=address, phone=phone, periods=periods)


def a_phone(browser: Browser, scheme: Literal["light", "dark"] = "light") -> BrowserContext:
    made = browser.new_context(
        viewport=PHONE, device_scale_factor=2, color_scheme=scheme, locale="en-GB", is_mobile=True
    )  # fmt: skip
    made.set_default_timeout(30_000)
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = a_phone(browser)
    yield made
    made.close()


def at(page: Page, moment: datetime) -> None:
    page.clock.set_fixed_time(moment)


def opened(context: BrowserContext, holding: Holding, moment: datetime = NOW) -> Page:
    """The page at a moment that stands still, as the server's does."""
    page = context.new_page()
    page.clock.install(time=moment)
    at(page, moment)
    page.goto(holding.link)
    page.wait_for_selector(READY)
    return page


def read_by_the_kiosk(page: Page) -> str:
    picture = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    codes = Decoder().read(picture).codes
    assert len(codes) == 1
    return codes[0].payload.decode()


def shown_step(page: Page, step: int) -> None:
    page.clock.run_for(300)
    page.wait_for_selector(f"#code[data-step='{step}']")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_kiosk_reads_the_code_off_a_phone_and_knows_whose_and_when(
    browser: Browser, holding: Holding, scheme: Literal["light", "dark"]
) -> None:
    page = opened(a_phone(browser, scheme), holding)
    text = read_by_the_kiosk(page)
    assert text == holding.phone.code(NOW).text
    read = phone_codes.read(text)
    assert isinstance(read, PhoneCode)
    found = phone_codes.recognized(read, holding.periods, NOW)
    assert found is not None
    assert found.step == phone_codes.step_at(NOW)
    expect(page.locator("#whose")).to_contain_text("Dan at")
    tile = page.evaluate("getComputedStyle(document.getElementById('code')).backgroundColor")
    assert tile == "rgb(255, 255, 255)"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()


def test_it_changes_every_thirty_seconds_and_the_old_one_is_over(context: BrowserContext, holding: Holding) -> None:
    """The last moment of a step, and the first of the next."""
    step = phone_codes.step_at(NOW)
    page = opened(context, holding)
    at(page, phone_codes.begins_at(step + 1) - timedelta(milliseconds=1))
    shown_step(page, step)
    expect(page.locator("#left")).to_have_text("1")
    before = read_by_the_kiosk(page)
    at(page, phone_codes.begins_at(step + 1))
    shown_step(page, step + 1)
    expect(page.locator("#left")).to_have_text("30")
    assert read_by_the_kiosk(page) == holding.phone.code(NOW + STEP).text != before
    assert not phone_codes.is_fresh(step, phone_codes.begins_at(step + 2))


def test_without_a_network_it_goes_on_over_midnight_and_opens_again(context: BrowserContext, holding: Holding) -> None:
    page = opened(context, holding)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.open('tessera-phone-1').then((kept) => kept.keys()).then((all) => all.length >= 6)")
    context.set_offline(True)
    tomorrow = clocktime.from_ms(clocktime.to_ms(NOW)) + timedelta(days=3, hours=7)
    at(page, tomorrow)
    shown_step(page, phone_codes.step_at(tomorrow))
    assert read_by_the_kiosk(page) == holding.phone.code(tomorrow).text
    page.reload()
    page.clock.run_for(300)
    page.wait_for_selector(READY)
    assert read_by_the_kiosk(page) == holding.phone.code(tomorrow).text


def test_after_two_weeks_without_a_network_it_asks_for_one(context: BrowserContext, holding: Holding) -> None:
    page = opened(context, holding)
    context.set_offline(True)
    at(page, NOW + timedelta(days=16))
    page.clock.run_for(300)
    expect(page.locator("h1")).to_have_text("Please go online for a moment, so that your codes go on.")


def test_a_phone_whose_clock_is_wrong_shows_the_codes_of_the_servers_time(
    context: BrowserContext, holding: Holding
) -> None:
    page = opened(context, holding, NOW - timedelta(hours=5))
    assert read_by_the_kiosk(page) == holding.phone.code(NOW).text


def test_a_link_that_was_blocked_forgets_itself(context: BrowserContext, holding: Holding) -> None:
    page = opened(context, holding)
    studio = holding.evening.studio
    revoke_card(studio.organization, holding.phone.link.card_id, "lost", the_house(studio.organization), NOW)
    page.reload()
    expect(page.locator("h1")).to_have_text("This link is over")
    assert page.evaluate("localStorage.length") == 0
    assert not page.locator("#code").is_visible()


def test_the_secret_is_in_no_address_that_is_sent(context: BrowserContext, holding: Holding) -> None:
    sent: list[str] = []
    context.on("request", lambda request: sent.append(f"{request.url} {request.headers}"))
    opened(context, holding)
    assert any("/me/code/open" in one for one in sent)
    assert not [one for one in sent if holding.phone.link.token in one.replace(f"#{holding.phone.link.token}", "")]


def test_the_screen_is_asked_to_stay_on(context: BrowserContext, holding: Holding) -> None:
    context.add_init_script(
        "window.asked = []; Object.defineProperty(navigator, 'wakeLock', { value: { request: (kind) => {"
        " window.asked.push(kind); return Promise.resolve({ addEventListener() {} }); } } });"
    )
    page = opened(context, holding)
    assert page.evaluate("window.asked") == ["screen"]


def test_it_fits_a_small_phone_in_whole_pixels(context: BrowserContext, holding: Holding) -> None:
    page = opened(context, holding)
    width, page_width = page.evaluate("[document.getElementById('code').clientWidth, document.body.scrollWidth]")
    assert width % 33 == 0
    assert 297 <= width <= PHONE["width"]
    assert page_width <= PHONE["width"]


def test_without_a_link_it_says_what_to_do(context: BrowserContext, holding: Holding) -> None:
    page = context.new_page()
    page.goto(f"{holding.address}/me/code")
    expect(page.locator("h1")).to_have_text("Nothing is open here")
    page.goto(f"{holding.address}/me/code#guessed")
    expect(page.locator("h1")).to_have_text("This link is over")
