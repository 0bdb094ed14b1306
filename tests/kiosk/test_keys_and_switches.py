"""Without a finger: every button is reached and pressed by keys, or by one switch while the light goes by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.pages.gallery import app as gallery_app
from kiosk.pages.gallery import samples, stand_for
from tests.kiosk.test_faces_in_a_browser import LYING, UPRIGHT, served, show, taps

NAMES = sorted(samples(stand_for()))
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
def gallery() -> Iterator[str]:
    with served(gallery_app()) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": UPRIGHT[0], "height": UPRIGHT[1]})
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


@pytest.mark.parametrize("how", ["", "mode=hc"])
@pytest.mark.parametrize("panel", [UPRIGHT, LYING], ids=["upright", "lying"])
def test_tab_reaches_every_button_in_order_and_each_is_seen_to_have_the_focus(
    browser: Browser, gallery: str, how: str, panel: tuple[int, int]
) -> None:
    page = browser.new_page(viewport={"width": panel[0], "height": panel[1]}, reduced_motion="reduce")
    wrong = {}
    for name in NAMES:
        show(page, f"{gallery}/{name}?{how}")
        places = page.evaluate(SEEN)
        reached = []
        for _ in places:
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
            width, style, colour, ground = page.evaluate(HOW_IT_IS_LIT)
            if width < 2 or style != "solid" or contrast(colour, ground) < 3:
                wrong[name] = [reached[-1], width, style, colour, ground]
        if reached != places:
            wrong[name] = [reached, places]
    page.close()
    assert wrong == {}


def test_arrows_go_round_and_shift_tab_goes_back(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/choose")
    places = page.evaluate(SEEN)
    for place in [*places, places[0]]:
        page.keyboard.press("ArrowDown")
        assert page.evaluate(FOCUSED) == place
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == places[-1]
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == places[-2]


def test_left_goes_forward_where_one_reads_from_the_right(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/choose?language=ar")
    places = page.evaluate(SEEN)
    for key, at in [("ArrowLeft", 0), ("ArrowLeft", 1), ("ArrowRight", 0), ("ArrowDown", 1)]:
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == places[at]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_enter_and_the_space_bar_press(page: Page, gallery: str, key: str) -> None:
    show(page, f"{gallery}/choose")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    assert [what for what, _ in taps(page)] == ["choose"] and "19:00" in taps(page)[0][1]


def test_a_new_face_begins_at_its_first_button(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/choose")
    choose = page.evaluate("window.stand.picture")
    show(page, f"{gallery}/waiting")
    page.get_by_role("button", name="Call staff").focus()
    page.evaluate("document.activeElement.blur()")
    page.evaluate("(choose) => window.stand.show(choose)", choose)
    page.keyboard.press("Tab")
    assert "Wheel throwing" in page.evaluate(LABEL)


def test_the_way_into_easier_and_out_again_by_keys(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/waiting")
    page.get_by_role("button", name="Easier to use").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(LABEL) == "Larger text"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate(LABEL) == "Easier to use"
    assert taps(page) == [["mode", "hc"]]


def test_one_switch_is_enough_while_the_light_goes_by_itself(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/no?mode=steps")
    assert page.evaluate(FOCUSED) == NOTHING
    page.clock.run_for(2100)
    assert page.evaluate(LABEL).endswith("Call staff")
    page.clock.run_for(2100)
    assert page.evaluate(LABEL).endswith("More time")
    page.keyboard.press("Space")
    assert taps(page)[-1] == ["more_time", ""]


def test_the_light_stays_where_a_person_moved_it_with_a_second_switch(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/no?mode=steps")
    page.clock.run_for(2100)
    page.keyboard.press("ArrowDown")
    page.clock.run_for(9000)
    assert page.evaluate(LABEL).endswith("More time")
    page.clock.run_for(3500)
    assert not page.evaluate(LABEL).endswith("More time")


def test_the_light_takes_twice_as_long_for_those_who_want_more_time(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/no?mode=steps+slow")
    page.clock.run_for(2500)
    assert page.evaluate(FOCUSED) == NOTHING
    page.clock.run_for(1700)
    assert page.evaluate(LABEL).endswith("Call staff")


def test_nothing_is_lit_by_itself_where_nobody_asked(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/no")
    page.clock.run_for(30000)
    assert page.evaluate(FOCUSED) == NOTHING


def test_a_hand_scanner_presses_nothing_that_is_lit(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/no?mode=steps")
    page.clock.run_for(2100)
    page.evaluate(SCANNED, [*"T1ABCDEFGHJK MNPQRSTVWXYZ", "Enter"])
    page.clock.run_for(500)
    assert {what for what, _ in taps(page)} == {"scanned"}


@pytest.mark.parametrize("key, mode", [("F2", "speech"), ("F9", "steps")])
def test_a_key_asks_for_what_cannot_be_seen(page: Page, gallery: str, key: str, mode: str) -> None:
    show(page, f"{gallery}/waiting")
    page.keyboard.press(key)
    assert taps(page) == [["mode", mode]]


def test_who_goes_through_the_buttons_is_given_more_time(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/choose")
    page.keyboard.press("ArrowDown")
    assert taps(page) == [], "26 seconds are left"
    page.clock.run_for(21000)
    page.keyboard.press("ArrowDown")
    assert taps(page) == [["more_time", ""]]
    page.keyboard.press("ArrowDown")
    assert len(taps(page)) == 1, "once is enough"


def test_plugging_headphones_in_asks_for_speech_and_pulling_them_out_ends_it(page: Page, gallery: str) -> None:
    page.add_init_script(A_MACHINE_WITH_PLUGS)
    show(page, f"{gallery}/waiting")
    page.evaluate("window.plug(2)")
    page.wait_for_function("window.taps.length === 1")
    page.evaluate("window.stand.show({...window.stand.picture, mode: 'speech'})")
    page.evaluate("window.plug(1)")
    page.wait_for_function("window.taps.length === 2")
    assert taps(page) == [["mode", "speech"]] * 2


def test_headphones_do_not_switch_off_what_is_on_already(page: Page, gallery: str) -> None:
    page.add_init_script(A_MACHINE_WITH_PLUGS)
    show(page, f"{gallery}/waiting?mode=speech")
    page.evaluate("window.plug(2)")
    page.wait_for_timeout(100)
    assert taps(page) == []


def test_the_menu_stays_open_for_those_who_go_through_it(page: Page, gallery: str) -> None:
    page.clock.install()
    show(page, f"{gallery}/waiting")
    page.get_by_role("button", name="Easier to use").click()
    page.clock.run_for(15000)
    page.keyboard.press("ArrowRight")
    page.clock.run_for(15000)
    expect(page.get_by_role("button", name="More contrast")).to_be_visible()
    page.clock.run_for(6000)
    expect(page.get_by_role("button", name="More contrast")).to_be_hidden()


def test_digits_on_real_keys_press_the_pad_and_a_hand_scanners_digits_do_not(page: Page, gallery: str) -> None:
    show(page, f"{gallery}/notpaired")
    page.keyboard.press("7")
    expect(page.locator("[data-field]")).to_have_value("7")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-field]")).to_have_value("")
    page.evaluate(SCANNED, [*"1234567890", "Enter"])
    page.wait_for_function("window.taps.length === 1")
    assert taps(page) == [["scanned", "1234567890"]]
    expect(page.locator("[data-field]")).to_have_value("")
