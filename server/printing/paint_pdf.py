"""Cards on sheets of paper as a PDF: panels and codes as vectors, texts as real text in embedded fonts.

It bears no true date, so the same cards make the same file.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never

from fpdf import FPDF
from fpdf.enums import TextMode

from core.errors import Invalid
from server.printing.card_face import CardFace, picture_of
from server.printing.code_modules import MODULES, black_runs
from server.printing.colours import rgb_of
from server.printing.lettering import Run, line_of
from server.printing.shapes import CARD_HEIGHT, CARD_WIDTH, Box, CodeField, Disc, Lettering, Picture, Shape
from server.printing.sheet import BLEED, CARDS_A_PAGE, MODULE, PAPERS, Paper, Sheet, crop_marks, scale_strokes
from server.printing.staff_layout import shapes_on
from server.printing.typeface import Typeface, Weight, printable

POINTS_PER_MM = 72 / 25.4
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def paint(faces: Sequence[CardFace], sheet: Sheet) -> bytes:
    """Checked cards, ten a page. `Invalid` if there are none."""
    if not faces:
        raise Invalid("card.none_to_print")
    paper = PAPERS[sheet]
    pdf = FPDF(unit="mm", format=(paper.width, paper.height))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_creation_date(NO_DAY)
    pdf.set_title(faces[0].studio_name)
    for first in range(0, len(faces), CARDS_A_PAGE):
        _page(pdf, paper, faces[first : first + CARDS_A_PAGE])
    return bytes(pdf.output())


def _page(pdf: FPDF, paper: Paper, faces: Sequence[CardFace]) -> None:
    pdf.add_page()
    _strokes(pdf, crop_marks(paper))
    _scale(pdf, paper, faces[0].words.scale)
    for face, (left, top) in zip(faces, paper.cards(), strict=False):
        with pdf.rect_clip(left - BLEED, top - BLEED, CARD_WIDTH + 2 * BLEED, CARD_HEIGHT + 2 * BLEED):
            for shape in shapes_on(face, module=MODULE, bleed=BLEED):
                _shape(pdf, shape, left, top)


def _strokes(pdf: FPDF, strokes: Sequence[tuple[float, float, float, float]]) -> None:
    with pdf.local_context():
        pdf.set_line_width(0.12)
        pdf.set_draw_color(0)
        for stroke in strokes:
            pdf.line(*stroke)


def _scale(pdf: FPDF, paper: Paper, words: str) -> None:
    strokes = scale_strokes(paper)
    _strokes(pdf, strokes)
    line, size = line_of(printable(words), Weight.PLAIN), 2.2
    x, _, end, y = strokes[0]
    if paper.is_scale_upright:
        with pdf.rotation(90, x, y):
            _letter(pdf, Lettering(x=x, y=y - 1.6, size=size, line=line, colour="#333333"), 0, 0)
    else:
        _letter(pdf, Lettering(x=end + 2.0, y=y + 0.36 * size, size=size, line=line, colour="#333333"), 0, 0)


def _shape(pdf: FPDF, shape: Shape, left: float, top: float) -> None:
    match shape:
        case Box():
            pdf.set_fill_color(*rgb_of(shape.colour))
            place = (left + shape.x, top + shape.y, shape.width, shape.height)
            pdf.rect(*place, style="F", round_corners=shape.corner > 0, corner_radius=shape.corner)
        case Disc():
            pdf.set_fill_color(*rgb_of(shape.colour))
            pdf.circle(left + shape.x, top + shape.y, shape.radius, style="F")
        case Lettering():
            _letter(pdf, shape, left, top)
        case Picture():
            pdf.image(picture_of(shape.content), left + shape.x, top + shape.y, shape.width, shape.height)
        case CodeField():
            _code(pdf, shape, left, top)
        case _:
            assert_never(shape)


def _letter(pdf: FPDF, lettering: Lettering, left: float, top: float) -> None:
    x, baseline = left + lettering.x, top + lettering.y
    for run in lettering.line.runs:
        with pdf.local_context():
            pdf.set_font(_family(pdf, run.typeface), size=lettering.size * POINTS_PER_MM)
            pdf.set_text_color(*rgb_of(lettering.colour))
            if run.typeface.thickened:
                pdf.text_mode = TextMode.FILL_STROKE
                pdf.set_line_width(run.typeface.thickened * lettering.size)
                pdf.set_draw_color(*rgb_of(lettering.colour))
            _run(pdf, run, x + run.x * lettering.size, baseline, lettering.size)


def _run(pdf: FPDF, run: Run, x: float, baseline: float, size: float) -> None:
    """fpdf puts a cell's baseline 0.8 of the font size under its top."""
    pdf.set_text_shaping(True, direction="rtl" if run.is_rtl else "ltr")
    pdf.set_xy(x, baseline - 0.8 * size)
    pdf.cell(h=size, text=run.text)


def _family(pdf: FPDF, typeface: Typeface) -> str:
    family = typeface.path.stem.lower()
    if family not in pdf.fonts:
        pdf.add_font(family, fname=typeface.path)
    return family


def _code(pdf: FPDF, field: CodeField, left: float, top: float) -> None:
    """One path for all modules, so that no viewer shows seams between them."""
    x = left + (CARD_WIDTH - MODULES * MODULE) / 2
    y = top + (CARD_HEIGHT - MODULES * MODULE) / 2
    with pdf.new_path() as path:
        path.style.fill_color = "#000000"
        path.style.stroke_color = None
        for column, row, length in black_runs(field.modules):
            path.rectangle(x + column * MODULE, y + row * MODULE, length * MODULE, MODULE)
