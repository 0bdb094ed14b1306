"""A temporary card on a small sheet of paper (A6, as a PDF): whose, until when, and the code, large enough to read.

It bears the real code: it is made for a printer and kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from core import clocktime, messages
from core.cards import CardCode
from kiosk.store.replica import Venue

FONTS = Path(__file__).parent.parent / "assets" / "fonts" / "print"
FIRST = ("Inter-SemiBold.ttf", "NotoSansArabic-Bold.ttf", "NotoSansHebrew-Bold.ttf")
WIDTH, HEIGHT, EDGE = 105.0, 148.0, 10.0
MODULE = 2.0
"""All in mm. A card's modules are 1 mm: a plain printer may be twice as bad."""
LARGEST, SMALLEST = 30, 12
"""Points of a name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CardPaper:
    """What stands on it: finished sentences and names. `name` may be empty."""

    code: CardCode
    title: str
    name: str
    studio: str
    until: str


def paper_of(code: CardCode, name: str, until_at: datetime, venue: Venue, language: str) -> CardPaper:
    """In one language, its end by the venue's clock: the last minute in which it is good, so that no day is doubted."""
    local = (until_at - timedelta(minutes=1)).astimezone(clocktime.zone_named(venue.zone))
    month = messages.say(language, f"desk.month.{local.month}")
    day = messages.say(language, "desk.date.short", date=local.day, month=month)
    return CardPaper(
        code=code,
        title=messages.say(language, "card.temporary"),
        name=name,
        studio=venue.organization_name or venue.name,
        until=messages.say(language, "card.temporary.until", moment=f"{day}, {local:%H:%M}"),
    )


def paper_pdf(paper: CardPaper) -> bytes:
    """One page. Letters that no font here has are left out rather than drawn as boxes."""
    pdf = FPDF(unit="mm", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.add_page()
    _add_fonts(pdf, "".join((paper.title, paper.name, paper.studio, paper.until)))
    _line(pdf, paper.studio, y=12.0, size=14)
    _line(pdf, paper.title, y=20.0, size=18)
    bottom = _code(pdf, paper.code, top=32.0)
    if paper.name:
        _line(pdf, paper.name, y=bottom + 10.0, size=LARGEST)
    _line(pdf, paper.until, y=bottom + 26.0, size=14)
    return bytes(pdf.output())


def _line(pdf: FPDF, text: str, *, y: float, size: int) -> None:
    """In the middle, smaller if it must be."""
    for points in range(size, SMALLEST - 1, -1):
        pdf.set_font_size(points)
        if pdf.get_string_width(text) <= WIDTH - 2 * EDGE:
            break
    pdf.set_xy(EDGE, y)
    pdf.cell(w=WIDTH - 2 * EDGE, h=size * 0.36, text=text, align="C")


def _code(pdf: FPDF, code: CardCode, *, top: float) -> float:
    """Where it ends."""
    made: QRCode = QRCode(version=2, error_correction=ERROR_CORRECT_Q, border=0)
    made.add_data(QRData(code.text.encode("ascii"), mode=MODE_ALPHA_NUM), optimize=0)
    made.make(fit=False)
    left = (WIDTH - len(made.modules) * MODULE) / 2
    with pdf.new_path() as path:
        path.style.fill_color = "#000000"
        path.style.stroke_color = None
        for row, cells in enumerate(made.modules):
            for column, is_black in enumerate(cells):
                if is_black:
                    path.rectangle(left + column * MODULE, top + row * MODULE, MODULE, MODULE)
    return top + len(made.modules) * MODULE


def _add_fonts(pdf: FPDF, text: str) -> None:
    """As few as have all the letters: most names need one."""
    missing = {letter for letter in text if not letter.isspace()}
    families: list[str] = []
    for file in _files():
        if not missing and families:
            break
        has = _letters_of(file)
        if families and missing.isdisjoint(has):
            continue
        missing -= has
        family = file.stem.lower()
        pdf.add_font(family, fname=file)
        families.append(family)
    pdf.set_font(families[0])
    pdf.set_fallback_fonts(families[1:], exact_match=False)
    pdf.set_text_shaping(True)


def _files() -> Iterator[Path]:
    yield from (FONTS / name for name in FIRST)
    yield from (file for file in sorted(FONTS.glob("NotoSans*.ttf")) if file.name not in FIRST)
    yield FONTS / "DroidSansFallback.ttf"


@cache
def _letters_of(file: Path) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(chr(code) for code in font.getBestCmap())
