"""A hand scanner that types, in a real browser: wherever the focus is, with Enter or without, on any layout."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.pages.gallery import app as gallery_app
from kiosk.pages.gallery import samples, stand_for
from tests.faces.panel import LYING, begin, panel, taps
from tests.faces.serving import served

FACES = samples(stand_for())

CODE = "T1ABCDEFGHJKMNPQRSTVWXYZ01234"
KEYS = """([keys, gap]) => {
  let at = performance.now() + 1000 * (window.scans = (window.scans ?? 0) + 1);
  return keys.map(([key, code]) => {
    const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: (at += gap) });
    const acts = document.activeElement.dispatchEvent(event);
    const place = document.activeElement;
    if (acts && key.length === 1 && place.matches("input")) {
      place.value += key;
      place.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return acts;
  });
}"""
"""Keys so many ms apart by their own time stamps, however busy this machine is; whether each has its own effect."""


@pytest.fixture(scope="module")
def loaded(browser: Browser) -> Iterator[Page]:
    with served(gallery_app()) as gallery, panel(browser, gallery, LYING) as shown:
        yield shown


def keys_of(text: str, *ending: str, on: str = "") -> list[list[str]]:
    """Each key as its letter and its place, on the keyboard of whoever owns this machine."""
    places = {**{c: f"Key{c}" for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}, **{d: f"Digit{d}" for d in "0123456789"}}
    written = dict(zip(places, on, strict=True)) if on else {}
    return [[written.get(c, c), places.get(c, "Space" if c == " " else "")] for c in text] + [[e, e] for e in ending]


def scan(page: Page, text: str, *ending: str, gap: float = 5, on: str = "") -> list[bool]:
    return page.evaluate(KEYS, [keys_of(text, *ending, on=on), gap])


def scanned(page: Page) -> list[list[str]]:
    page.wait_for_function("window.taps.length > 0")
    return taps(page)


@pytest.mark.parametrize("ending", [(), ("Enter",), ("Tab",), ("NumpadEnter",)])
def test_with_or_without_enter_it_is_one_scan(page: Page, ending: tuple[str, ...]) -> None:
    scan(page, CODE, *ending)
    assert scanned(page) == [["scanned", CODE]]


@pytest.mark.parametrize("gap, is_one", [(59, True), (60, False)])
def test_people_are_slower_than_a_scanner(page: Page, gap: float, is_one: bool) -> None:
    scan(page, CODE, "Enter", gap=gap)
    page.wait_for_timeout(200)
    assert taps(page) == ([["scanned", CODE]] if is_one else [])


@pytest.mark.parametrize("text, is_one", [("T1ABCDE", False), ("T1ABCDEF", True)])
def test_a_few_quick_keys_are_no_scan(page: Page, text: str, is_one: bool) -> None:
    scan(page, text)
    page.wait_for_timeout(200)
    assert taps(page) == ([["scanned", text]] if is_one else [])


def test_neither_its_enter_nor_a_blank_in_it_presses_the_button_that_has_the_focus(page: Page) -> None:
    begin(page, FACES["no"])
    page.get_by_role("button", name="Call staff").focus()
    effects = scan(page, "WIFI S MY STUDIO", "Enter")
    assert not any(effects[1:])
    assert taps(page) == [["scanned", "WIFI S MY STUDIO"]]


def test_an_enter_that_comes_late_presses_nothing_and_the_next_one_does(page: Page) -> None:
    begin(page, FACES["no"])
    page.get_by_role("button", name="Call staff").focus()
    page.keyboard.type(CODE)
    page.wait_for_function("window.taps.length > 0")
    page.keyboard.press("Enter")
    assert taps(page) == [["scanned", CODE]]
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    assert taps(page) == [["scanned", CODE], ["call_staff", ""]]


def test_a_scan_into_a_field_leaves_what_was_written_there(page: Page) -> None:
    begin(page, FACES["notpaired"])
    field = page.locator("[data-field]")
    field.focus()
    page.keyboard.type("AB", delay=90)
    scan(page, CODE, "Enter")
    assert scanned(page) == [["scanned", CODE]]
    expect(field).to_have_value("AB")
    page.get_by_role("button", name="Pair", exact=True).click()
    assert taps(page)[-1] == ["pair", "AB"]


def test_both_readings_are_told_where_letters_and_places_differ(page: Page) -> None:
    german = "ABCDEFGHIJKLMNOPQRSTUVWXZY0123456789"
    scan(page, CODE, "Enter", on=german)
    assert scanned(page) == [["scanned", f"{CODE.translate(str.maketrans('YZ', 'ZY'))}\t{CODE}"]]
