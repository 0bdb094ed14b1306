"""`tessera kiosk test-card FILE`: the card that a self-test wants to see, to be printed once and kept at the desk.

It is nobody's and opens nothing: its code says only what it is, and beside it lie lines fine enough to judge focus by.
"""

from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M

from core.errors import Invalid
from core.messages import FALLBACK, direction, say
from core.selftest import TEST_CARD

DOTS = 300
"""An inch."""
WIDTH_MM, HEIGHT_MM = 105, 148
CODE_MM, MARGIN_MM = 60, 12
FONTS = Path(__file__).parents[2] / "assets/fonts/print"
INK, PAPER = (16, 28, 43), (255, 255, 255)


def write_test_card(file: Path, language: str) -> str:
    """Write a PDF or a PNG, A6; the sentence to show. Raises `Invalid` for another kind of file, OSError."""
    if file.suffix.lower() not in (".pdf", ".png"):
        raise Invalid("test_card.kind", file=str(file))
    drawn(language).save(file, resolution=DOTS, dpi=(DOTS, DOTS))
    return say("en", "selftest.card.written", file=str(file))


def drawn(language: str) -> Image.Image:
    """The whole card. A language that is written from right to left gives way to English, whose letters it has."""
    language = language if direction(language) == "ltr" else FALLBACK
    card = Image.new("RGB", (_dots(WIDTH_MM), _dots(HEIGHT_MM)), PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, card.width - 1, card.height - 1), outline=INK, width=_dots(0.3))
    _line(pen, MARGIN_MM, say(language, "selftest.card.title"), "Inter-SemiBold.ttf", 6.4)
    side = _dots(CODE_MM)
    card.paste(_code().resize((side, side), Image.Resampling.NEAREST), ((card.width - side) // 2, _dots(24)))
    _fine_lines(pen, top=_dots(90))
    for row, key in enumerate(("hold", "distance", "nobody")):
        _line(pen, 112 + 8 * row, say(language, f"selftest.card.{key}"), "Inter-Medium.ttf", 3.9)
    return card


def _code() -> Image.Image:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, box_size=1)
    code.add_data(TEST_CARD)
    return code.make_image().get_image().convert("RGB")


def _fine_lines(pen: ImageDraw.ImageDraw, top: int) -> None:
    """Five patches of lines, each half as wide as the one before: 2 mm to an eighth of one."""
    patch, left, width = _dots(13), _dots(MARGIN_MM), 2.0
    for place in range(5):
        start = left + place * _dots(17)
        step = max(1, _dots(width))
        for x in range(start, start + patch - step + 1, 2 * step):
            pen.rectangle((x, top, x + step - 1, top + patch), fill=INK)
        width /= 2


def _line(pen: ImageDraw.ImageDraw, top_mm: float, text: str, font: str, size_mm: float) -> None:
    """In the middle, smaller if it is too long."""
    widest = _dots(WIDTH_MM - 2 * MARGIN_MM)
    for size in range(_dots(size_mm), _dots(1.5), -1):
        letters = ImageFont.truetype(FONTS / font, size)
        if pen.textlength(text, letters) <= widest:
            break
    pen.text((_dots(WIDTH_MM) / 2, _dots(top_mm)), text, INK, letters, anchor="mt")


def _dots(mm: float) -> int:
    return round(mm / 25.4 * DOTS)
