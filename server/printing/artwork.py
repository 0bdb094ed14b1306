"""Draw membership and staff cards: `draw_png` for a card printer, `draw_sheet` for paper and scissors.

Every card carries its real code, so what comes from here is as secret as the card itself: hand it to whoever prints,
and keep no copy.
"""

from collections.abc import Sequence

from server.printing import paint_pdf, paint_png
from server.printing.card_face import CardFace, CardWords, checked, letters_missing_on
from server.printing.sheet import CARDS_A_PAGE, Sheet
from server.printing.typeface import text_shaping_report

__all__ = [
    "CARDS_A_PAGE",
    "CardFace",
    "CardWords",
    "Sheet",
    "draw_png",
    "draw_sheet",
    "letters_missing_on",
    "text_shaping_report",
]


def draw_png(face: CardFace) -> bytes:
    """One card, 1012 x 638 pixels at 300 dpi, a module 12 pixels. `Invalid` says what cannot be drawn."""
    return paint_png.paint(checked(face))


def draw_sheet(faces: Sequence[CardFace], sheet: Sheet) -> bytes:
    """A PDF with ten cards a page, in the order given, as many pages as it takes.

    `Invalid` if there is none, or if one of them cannot be drawn (its member number is in the values).
    """
    return paint_pdf.paint([checked(face) for face in faces], sheet)
