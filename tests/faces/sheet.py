"""Lays pictures of faces out: one large sheet to look over, and a page that links to each. It takes no picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TALLEST = 200
"""Pixels: how tall an upright face is on the sheet."""
GAP, LABEL = 6, 170
INK, PAPER = "#0c1526", "#f7f3ea"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One way of showing every face: a panel, a language, and what makes it easier to use."""

    panel: str
    language: str
    mode: str = ""

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.panel, self.language, self.mode) if part)


def contact_sheet(
    columns: Sequence[Column], shot: Mapping[tuple[str, Column], Path], names: Sequence[str]
) -> Image.Image:
    """A row a face, a column a way of showing it."""
    small = {key: _small(path) for key, path in shot.items()}
    widths = {column: max(small[name, column].width for name in names) for column in columns}
    height = GAP + 24 + len(names) * (TALLEST + GAP)
    sheet = Image.new("RGB", (LABEL + sum(widths.values()) + GAP * (len(columns) + 1), height), INK)
    pen, letters = ImageDraw.Draw(sheet), ImageFont.load_default(12)
    x = LABEL + GAP
    for column in columns:
        pen.text((x, GAP), column.name, PAPER, letters)
        for row, name in enumerate(names):
            sheet.paste(small[name, column], (x, GAP + 24 + row * (TALLEST + GAP)))
        x += widths[column] + GAP
    for row, name in enumerate(names):
        pen.text((GAP, GAP + 24 + row * (TALLEST + GAP)), name, PAPER, letters)
    return sheet


def index_page(columns: Sequence[Column], shot: Mapping[tuple[str, Column], Path], names: Sequence[str]) -> str:
    """The same as a page; each picture links to itself at its full size."""
    head = "".join(f"<th>{escape(column.name)}" for column in columns)
    rows = "".join(
        f"<tr><th>{escape(name)}"
        + "".join(
            f'<td><a href="{shot[name, column].name}"><img loading="lazy" alt="{escape(name)}, {escape(column.name)}" '
            f'height="{TALLEST}" src="{shot[name, column].name}"></a>'
            for column in columns
        )
        for name in names
    )
    style = (
        f"body{{background:{INK};color:{PAPER};font:14px system-ui}}th{{text-align:start;vertical-align:top;"
        f"position:sticky;left:0;top:0;background:{INK};padding:4px}}img{{display:block}}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Every face of the kiosk</title>'
        f"<style>{style}</style><table><tr><th>{head}{rows}</table></html>"
    )


def _small(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        scale = TALLEST / 1920 if picture.height > picture.width else TALLEST / 1.6 / 800
        return picture.convert("RGB").resize((round(picture.width * scale), round(picture.height * scale)))
