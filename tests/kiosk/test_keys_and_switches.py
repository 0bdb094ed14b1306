"""Without a finger: every button is reached and pressed by keys, or by one switch while the light goes by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.pages.gallery import samples, stand_for
from tests.faces.panel import PANELS, UPRIGHT, begin, load, panel, picture_of, taps

FACES = samples(stand_for())
ALL = 'const all = [...document.querySelectorAll(".kiosk button, .kiosk input")];'
SEEN = f"""() => {{ {ALL}
  return all.map((place, at) => at).filter((at) => all[at].checkVisibility({{ visibilityProperty: true }})); }}"""
FOCUSED = f"() => {{ {ALL} return all.indexOf(document.activeElement); }}"
NOTHING = -1
LABEL = "() => document.activeElement?.innerText.trim() ?? ''"
HOW_IT_IS_LIT = """() => {
  const place = document.activeElement, style = getComputedStyle(place);
  const behind = [];
  for (let at = place.parentElement; at; at = at.parentElement) behind.push(getComputedStyle(at).backgroundColor);
  const ground = behind.find((colour) => colour !== "rgba(0, 0, 0, 0)");
  return [parseFloat(style.outlineWidth), style.outlineStyle, style.outlineColor, ground];
}"""
SCANNED = """(keys) => keys.forEach((key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
A_MACHINE_WITH_PLUGS = """
  const devices = new EventTarget();
  devices.found = [{ kind: "audiooutput" }, { kind: "videoinput" }];
  devices.enumerateDevices = async () => devices.found;
  Object.defineProperty(navigator, "mediaDevices", { value: devices });
  window.plug = (count) => {
    devices.found = Array.from({ length: count }, () => ({ kind: "audiooutput" }));
    devices.dispatchEvent(new Event("devicechange"));
  };
"""


@pytest.fixture(scope="module")
def timed(browser: Browser, gallery: str) -> Iterator[Page]:
    """Its clock goes as the test says."""
    page = browser.new_page(viewport={"width": UPRIGHT[0], "height": UPRIGHT[1]})
    page.clock.install()
    load(page, gallery)
    yield page
    page.close()


@pytest.fixture
def with_plugs(browser: Browser, gallery: str) -> Iterator[Page]:
    """Its machine has plugs for headphones."""
    page = browser.new_page(viewport={"width": UPRIGHT[0], "height": UPRIGHT[1]})
    page.add_init_script(A_MACHINE_WITH_PLUGS)
    load(page, gallery)
    yield page
    page.close()


def luminance(colour: str) -> float:
    """Of `rgb(1, 2, 3)`. Source: WCAG 2.2, relative luminance."""
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.fixture(params=PANELS.values(), ids=PANELS, scope="module")
def sized(request: pytest.FixtureRequest, browser: Browser, gallery: str) -> Iterator[Page]:
    with panel(browser, gallery, request.param) as shown:
        shown.evaluate(
            f"document.addEventListener('focusin', () => window.lit.push([({FOCUSED})(), ({HOW_IT_IS_LIT})()]))"
        )
        yield shown


@pytest.mark.parametrize("mode", ["", "hc"])
def test_tab_reaches_every_button_in_order_and_each_is_seen_to_have_the_focus(sized: Page, mode: str) -> None:
    wrong = {}
    for name, face in samples(stand_for(mode=mode)).items():
        begin(sized, face)
        places = sized.evaluate(f"() => {{ window.lit = []; return ({SEEN})(); }}")
        for _ in places:
            sized.keyboard.press("Tab")
        lit = sized.evaluate("window.lit")
        for place, (width, style, colour, ground) in lit:
            if width < 2 or style != "solid" or contrast(colour, ground) < 3:
                wrong[name] = [place, width, style, colour, ground]
        if [place for place, _ in lit] != places:
            wrong[name] = [lit, places]
    assert wrong == {}


def test_arrows_go_round_and_shift_tab_goes_back(page: Page) -> None:
    begin(page, FACES["choose"])
    places = page.evaluate(SEEN)
    for place in [*places, places[0]]:
        page.keyboard.press("ArrowDown")
        assert page.evaluate(FOCUSED) == place
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == places[-1]
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == places[-2]


def test_left_goes_forward_where_one_reads_from_the_right(page: Page) -> None:
    begin(page, samples(stand_for(language="ar"))["choose"])
    places = page.evaluate(SEEN)
    for key, at in [("ArrowLeft", 0), ("ArrowLeft", 1), ("ArrowRight", 0), ("ArrowDown", 1)]:
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == places[at]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_enter_and_the_space_bar_press(page: Page, key: str) -> None:
    begin(page, FACES["choose"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    assert [what for what, _ in taps(page)] == ["choose"] and "19:00" in taps(page)[0][1]


def test_a_new_face_begins_at_its_first_button(page: Page) -> None:
    page.get_by_role("button", name="Call staff").focus()
    page.evaluate("document.activeElement.blur()")
    page.evaluate("(choose) => window.stand.show(choose)", picture_of(FACES["choose"]))
    page.keyboard.press("Tab")
    assert "Wheel throwing" in page.evaluate(LABEL)


def test_the_way_into_easier_and_out_again_by_keys(page: Page) -> None:
    page.get_by_role("button", name="Easier to use").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(LABEL) == "Larger text"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate(LABEL) == "Easier to use"
    assert taps(page) == [["mode", "hc"]]


def test_one_switch_is_enough_while_the_light_goes_by_itself(timed: Page) -> None:
    begin(timed, samples(stand_for(mode="steps"))["no"])
    assert timed.evaluate(FOCUSED) == NOTHING
    timed.clock.run_for(2100)
    assert timed.evaluate(LABEL).endswith("Call staff")
    timed.clock.run_for(2100)
    assert timed.evaluate(LABEL).endswith("More time")
    timed.keyboard.press("Space")
    assert taps(timed)[-1] == ["more_time", ""]


def test_the_light_stays_where_a_person_moved_it_with_a_second_switch(timed: Page) -> None:
    begin(timed, samples(stand_for(mode="steps"))["no"])
    timed.clock.run_for(2100)
    timed.keyboard.press("ArrowDown")
    timed.clock.run_for(9000)
    assert timed.evaluate(LABEL).endswith("More time")
    timed.clock.run_for(3500)
    assert not timed.evaluate(LABEL).endswith("More time")


def test_the_light_takes_twice_as_long_for_those_who_want_more_time(timed: Page) -> None:
    begin(timed, samples(stand_for(mode="steps slow"))["no"])
    timed.clock.run_for(2500)
    assert timed.evaluate(FOCUSED) == NOTHING
    timed.clock.run_for(1700)
    assert timed.evaluate(LABEL).endswith("Call staff")


def test_nothing_is_lit_by_itself_where_nobody_asked(timed: Page) -> None:
    begin(timed, FACES["no"])
    timed.clock.run_for(30000)
    assert timed.evaluate(FOCUSED) == NOTHING


def test_a_hand_scanner_presses_nothing_that_is_lit(timed: Page) -> None:
    begin(timed, samples(stand_for(mode="steps"))["no"])
    timed.clock.run_for(2100)
    timed.evaluate(SCANNED, [*"T1ABCDEFGHJK MNPQRSTVWXYZ", "Enter"])
    timed.clock.run_for(500)
    assert {what for what, _ in taps(timed)} == {"scanned"}


@pytest.mark.parametrize("key, mode", [("F2", "speech"), ("F9", "steps")])
def test_a_key_asks_for_what_cannot_be_seen(page: Page, key: str, mode: str) -> None:
    page.keyboard.press(key)
    assert taps(page) == [["mode", mode]]


def test_who_goes_through_the_buttons_is_given_more_time(timed: Page) -> None:
    begin(timed, FACES["choose"])
    timed.keyboard.press("ArrowDown")
    assert taps(timed) == [], "26 seconds are left"
    timed.clock.run_for(21000)
    timed.keyboard.press("ArrowDown")
    assert taps(timed) == [["more_time", ""]]
    timed.keyboard.press("ArrowDown")
    assert len(taps(timed)) == 1, "once is enough"


def test_plugging_headphones_in_asks_for_speech_and_pulling_them_out_ends_it(with_plugs: Page) -> None:
    with_plugs.evaluate("window.plug(2)")
    with_plugs.wait_for_function("window.taps.length === 1")
    with_plugs.evaluate("window.stand.show({...window.stand.picture, mode: 'speech'})")
    with_plugs.evaluate("window.plug(1)")
    with_plugs.wait_for_function("window.taps.length === 2")
    assert taps(with_plugs) == [["mode", "speech"]] * 2


def test_headphones_do_not_switch_off_what_is_on_already(with_plugs: Page) -> None:
    begin(with_plugs, samples(stand_for(mode="speech"))["waiting"])
    with_plugs.evaluate("window.plug(2)")
    with_plugs.wait_for_timeout(100)
    assert taps(with_plugs) == []


def test_the_menu_stays_open_for_those_who_go_through_it(timed: Page) -> None:
    begin(timed, FACES["waiting"])
    timed.get_by_role("button", name="Easier to use").click()
    timed.clock.run_for(15000)
    timed.keyboard.press("ArrowRight")
    timed.clock.run_for(15000)
    expect(timed.get_by_role("button", name="More contrast")).to_be_visible()
    timed.clock.run_for(6000)
    expect(timed.get_by_role("button", name="More contrast")).to_be_hidden()


def test_digits_on_real_keys_press_the_pad_and_a_hand_scanners_digits_do_not(page: Page) -> None:
    begin(page, FACES["notpaired"])
    page.keyboard.press("7")
    expect(page.locator("[data-field]")).to_have_value("7")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-field]")).to_have_value("")
    page.evaluate(SCANNED, [*"1234567890", "Enter"])
    page.wait_for_function("window.taps.length === 1")
    assert taps(page) == [["scanned", "1234567890"]]
    expect(page.locator("[data-field]")).to_have_value("")
