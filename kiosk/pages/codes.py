"""Draws a card's text as a QR code on the screen, dark on paper, so that a phone can photograph it."""

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from kiosk.pages.markup import Html, tag

QUIET = 4
"""Modules of paper around the code, as readers want them."""


def code_drawn(text: str, label: str) -> Html:
    """The code as an image with that label; `text` in capitals, digits and ` $%*+-./:` only."""
    made = QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    made.add_data(QRData(text.encode("ascii"), mode=MODE_ALPHA_NUM))
    made.make(fit=True)
    lines = made.get_matrix()
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, line in enumerate(lines) for x, is_dark in enumerate(line) if is_dark
    )
    size = len(lines) + 2 * QUIET
    return tag(
        "svg",
        tag("path", d=path),
        cls="qr",
        viewBox=f"0 0 {size} {size}",
        role="img",
        aria_label=label,
    )
