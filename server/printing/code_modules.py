"""A card's code as black and white modules: QR version 2, level Q, alphanumeric, and never anything else.

It refuses to scale: painters place whole modules.
"""

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from core.cards import Code

MODULES = 25
QUIET_ZONE = 4
"""Modules of white that a reader needs on each side."""

Modules = tuple[tuple[bool, ...], ...]


def modules_of(code: Code) -> Modules:
    """25 rows of 25 modules, true where black, without the quiet zone."""
    qr: QRCode = QRCode(version=2, error_correction=ERROR_CORRECT_Q, border=0)
    qr.add_data(QRData(code.text.encode("ascii"), mode=MODE_ALPHA_NUM), optimize=0)
    qr.make(fit=False)
    rows = tuple(tuple(bool(module) for module in row) for row in qr.modules)
    if len(rows) != MODULES:
        raise AssertionError(f"a card code fills {MODULES} modules, this one {len(rows)}")
    return rows


def black_runs(modules: Modules) -> list[tuple[int, int, int]]:
    """Neighbouring black modules joined: (column, row, how many to the right), so that no seam shows between them."""
    runs: list[tuple[int, int, int]] = []
    for row, cells in enumerate(modules):
        start: int | None = None
        for column, is_black in enumerate((*cells, False)):
            if is_black and start is None:
                start = column
            elif not is_black and start is not None:
                runs.append((start, row, column - start))
                start = None
    return runs
