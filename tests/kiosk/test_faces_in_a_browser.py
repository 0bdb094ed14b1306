"""The faces in a real browser: everything fits, and hands and scanners are understood."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.faces import Face
from kiosk.pages.gallery import LONG, samples, stand_for
from tests.faces.panel import PANELS, begin, panel, picture_of, taps, walk

FACES = samples(stand_for())
LONGEST_NAME = "Maximiliane-Alexandra"
WHAT_DOES_NOT_FIT = """() => {
  const wrong = [], face = document.querySelector(".face").getBoundingClientRect();
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight + 1 || page.scrollWidth > innerWidth + 1) wrong.push("the page scrolls");
  for (const part of document.querySelectorAll(".top *, .face *, .foot *")) {
    const box = part.getBoundingClientRect();
    const name = `${part.tagName} ${part.className} ${part.textContent}`.slice(0, 60);
    if (part.closest("svg") || part.closest(".pane") || part.closest(".unseen") || !box.width) continue;
    if (box.left < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) wrong.push(`outside: ${name}`);
    if (part.closest(".face") && box.bottom > face.bottom + 2) wrong.push(`below: ${name}`);
    if (part.tagName === "BUTTON" && (box.height < 95.5 || box.width < 95.5)) wrong.push(`too small: ${name}`);
    if (part.matches("h1, .lead, .button") && part.scrollWidth > part.clientWidth + 2) wrong.push(`cut: ${name}`);
  }
  const parts = [...document.querySelectorAll(".face > *")].map((part) => part.getBoundingClientRect());
  parts.forEach((a, i) => parts.slice(i + 1).forEach((b) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      wrong.push("two parts lie on each other");
  }));
  return wrong;
}"""


@pytest.fixture(params=PANELS.values(), ids=PANELS, scope="module")
def sized(request: pytest.FixtureRequest, browser: Browser, gallery: str) -> Iterator[Page]:
    with panel(browser, gallery, request.param) as shown:
        yield shown


def show(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".face")
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize(
    "faces",
    [
        FACES,
        samples(stand_for("de"), LONGEST_NAME, LONG),
        samples(stand_for("de", "large reach"), LONGEST_NAME, LONG),
        samples(stand_for(mode="hc large")),
    ],
    ids=["short", "long", "long-large-reach", "hc-large"],
)
def test_everything_fits_and_nothing_scrolls(sized: Page, faces: dict[str, Face]) -> None:
    found = walk(sized, faces, WHAT_DOES_NOT_FIT)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_touch_says_what_was_touched(page: Page) -> None:
    begin(page, FACES["choose"])
    page.get_by_role("button", name="Glazing evening").click()
    page.get_by_role("button", name="None of these").click()
    assert [what for what, _ in taps(page)] == ["choose", "next"]
    assert "19:00" in taps(page)[0][1]


def test_easier_to_use_opens_three_ways_and_closes_again(page: Page) -> None:
    begin(page, samples(stand_for(mode="hc"))["waiting"])
    expect(page.get_by_role("button", name="Larger text")).to_be_hidden()
    page.get_by_role("button", name="Easier to use").click()
    expect(page.get_by_role("button", name="More contrast")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Call staff")).to_be_visible()
    assert taps(page) == [["mode", "large"]]


TYPED_AT_ONCE = """(keys) => keys.map((key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
"""Types as fast as a scanner, however busy this machine is; says for each key whether it still has its own effect."""


def test_a_hand_scanners_enter_presses_no_button(page: Page) -> None:
    begin(page, FACES["no"])
    page.get_by_role("button", name="Call staff").focus()
    effects = page.evaluate(TYPED_AT_ONCE, [*"T1ABCDEFGHJKMNPQRSTVWXYZ01234", "Enter"])
    assert effects[-1] is False
    assert taps(page) == [["scanned", "T1ABCDEFGHJKMNPQRSTVWXYZ01234"]]


def test_enter_alone_still_presses_the_button_that_has_the_focus(page: Page) -> None:
    begin(page, FACES["no"])
    page.get_by_role("button", name="Call staff").press("Enter")
    assert taps(page) == [["call_staff", ""]]


def test_a_hand_scanner_without_enter_is_understood_and_slow_typing_is_not_a_card(page: Page) -> None:
    page.keyboard.type("not a card", delay=90)
    page.evaluate(TYPED_AT_ONCE, [*"T1ABCDEFGHJK"])
    page.wait_for_function("window.taps.length > 0")
    assert taps(page) == [["scanned", "T1ABCDEFGHJK"]]


def test_a_pairing_code_can_be_typed_on_the_screen(page: Page) -> None:
    begin(page, FACES["notpaired"])
    for key in "AB3":
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name="Delete the last character").click()
    page.get_by_role("button", name="Pair", exact=True).click()
    assert taps(page) == [["pair", "AB"]]


def test_a_mode_that_is_switched_on_is_seen_on_its_button_at_once(page: Page) -> None:
    page.get_by_role("button", name="Easier to use").click()
    page.evaluate("window.stand.show({...window.stand.picture, mode: 'large'})")
    expect(page.get_by_role("button", name="Larger text")).to_have_attribute("aria-pressed", "true")
    page.evaluate("window.stand.show({...window.stand.picture, mode: ''})")
    expect(page.get_by_role("button", name="Larger text")).to_have_attribute("aria-pressed", "false")


def test_the_sentence_and_the_picture_stay_the_same_elements_from_face_to_face(page: Page) -> None:
    """So that a screen reader hears what changed, and the camera's picture does not begin again."""
    page.evaluate("window.kept = [document.querySelector('.say'), document.querySelector('img.picture')]")
    page.evaluate("(welcome) => window.stand.show(welcome)", picture_of(FACES["welcome"]))
    expect(page.locator("h1")).to_have_text("Welcome, Ana")
    assert page.evaluate("window.kept[0] === document.querySelector('.say')")
    assert page.evaluate("window.kept[1] === document.querySelector('img.picture')")
    assert page.locator(".face > .window").count() == page.locator("header").count() == 1


def test_a_hostile_name_runs_nothing(browser: Browser, gallery: str) -> None:
    said = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    show(page, f"{gallery}/welcome?name=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3C%2Fscript%3E")
    expect(page.locator("h1")).to_have_text("Welcome, <img src=x onerror=alert(1)></script>")
    assert page.locator("h1 img").count() == 0 and said == []
    page.close()


def test_the_seconds_count_by_themselves(page: Page) -> None:
    begin(page, FACES["choose"])
    ring = page.locator("[data-tap=more_time] .ring")
    first = int(ring.inner_text())
    expect(ring).to_have_text(str(first - 1))
