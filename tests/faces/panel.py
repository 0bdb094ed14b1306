"""One browser page that shows face after face without loading anything anew, and asks something of each: `walk()`.

Loading a page, its letters and axe for each face costs ten times what there is to be measured.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from kiosk.faces import Face
from kiosk.pages.drawing import draw
from kiosk.pages.gallery import AT

UPRIGHT, LYING = (1080, 1920), (1280, 800)
PANELS = {"upright": UPRIGHT, "lying": LYING}
"""The two panels faces are drawn for: width and height in pixels."""
EVERY_LETTER = "Aą ßŁñé № ء 09"
LETTERS_READY = """async (text) => {
  const families = new Set([...document.fonts].map((font) => font.family));
  await Promise.all([...families].flatMap((family) =>
    [500, 600, 700].map((weight) => document.fonts.load(`${weight} 20px "${family.replace(/"/g, "")}"`, text))));
  await document.fonts.ready;
}"""
SHOW = """async (picture) => {
  window.stand.show(picture);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
CUT_OFF, WALK = ((Path(__file__).parent / name).read_text("utf-8").rstrip() for name in ("cut_off.js", "walk.js"))
STILL = "*, *::before, *::after { animation: none !important; transition: none !important; }"


@contextmanager
def panel(browser: Browser, gallery: str, size: tuple[int, int]) -> Iterator[Page]:
    """A page of that size in which nothing moves. `gallery` is the address of the gallery's app."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    load(page, gallery)
    page.add_style_tag(content=STILL)
    yield page
    page.close()


def load(page: Page, gallery: str) -> None:
    """Once, with every letter; then `show`, `begin` and `walk` bring the faces."""
    page.goto(f"{gallery}/waiting")
    page.wait_for_function("window.stand")
    page.evaluate(LETTERS_READY, EVERY_LETTER)


def picture_of(face: Face, at: datetime = AT) -> dict[str, object]:
    """What the page is given to show that face."""
    return {**draw(face, at).as_props(), "version": 1, "now": round(at.timestamp() * 1000)}


def show(page: Page, face: Face, at: datetime = AT) -> None:
    """That face, drawn and settled."""
    page.evaluate(SHOW, picture_of(face, at))


def walk(page: Page, faces: Mapping[str, Face], look: str, at: datetime = AT) -> dict[str, Any]:
    """What `look`, a function in the page's language, answers of each face when a page has just loaded with it."""
    pictures = {name: picture_of(face, at) for name, face in faces.items()}
    page.mouse.move(0, 0)  # where a click left it, a button would look as if a finger lay on it
    found: dict[str, Any] = page.evaluate(f"(pictures) => ({WALK})(pictures, {look})", pictures)
    return found


def begin(page: Page, face: Face, at: datetime = AT) -> None:
    """That face, as on a page that has just loaded with it."""
    walk(page, {"it": face}, "() => null", at)


def cut_off(page: Page, faces: Mapping[str, Face], at: datetime = AT) -> dict[str, list[str]]:
    """What cannot be read whole, by face; empty where all is well. Shows each of them."""
    pictures = {name: picture_of(face, at) for name, face in faces.items()}
    found: dict[str, list[str]] = page.evaluate(
        f"""(pictures) => {{
        const cutOff = {CUT_OFF};
        const found = {{}};
        for (const [name, picture] of Object.entries(pictures)) {{
          window.stand.show(picture);
          const wrong = cutOff();
          if (wrong.length) found[name] = wrong;
        }}
        return found;
      }}""",
        pictures,
    )
    return found


def taps(page: Page) -> list[list[str]]:
    """What was touched since `begin`, with its value."""
    return page.evaluate("window.taps.map((tap) => [tap.what, tap.value])")
