"""Text made ready to draw: split by direction and font, joined and placed by HarfBuzz, fitted into a slot.

All measures of a `Line` are in em, so one line serves every size. This module refuses to guess: it never drops a
letter in silence, an ellipsis says that something was cut.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from server.printing.typeface import Typeface, Weight, typeface_for

ELLIPSIS = "…"
SHRINK_STEP = 0.05
BEFORE_WRAPPING = 0.85
"""A text may shrink to this share of its largest size to stay on one line; beyond, it wraps."""

_PIECES = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\-\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+-*|-+|\s+"
)


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    glyph: int
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Text in one font and one direction. `x` is where it starts on the line, in em."""

    text: str
    typeface: Typeface
    is_rtl: bool
    x: float
    glyphs: tuple[PlacedGlyph, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Runs from left to right. `width`, `above` and `below` (ink over and under the baseline) in em."""

    text: str
    runs: tuple[Run, ...]
    is_rtl: bool
    width: float
    above: float
    below: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """Room for a text: `width` and sizes in mm."""

    width: float
    largest: float
    smallest: float
    most_lines: int
    weight: Weight


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A text fitted into its slot: its lines and their one size in mm."""

    lines: tuple[Line, ...]
    size: float


@lru_cache(maxsize=2048)
def line_of(text: str, weight: Weight) -> Line:
    """The text on one line. Characters without a font are passed over; ask `letters_without_a_font` first."""
    paragraph = BidiParagraph(text, preserve_bn_chars=True)
    is_rtl = paragraph.base_direction is TextDirection.RTL
    pieces = [
        piece
        for fragment, direction in paragraph.get_bidi_fragments()
        for piece in _by_typeface(fragment, weight, direction is TextDirection.RTL)
    ]
    runs: list[Run] = []
    x = above = below = 0.0
    for piece, typeface, piece_is_rtl in _in_visual_order(pieces, is_rtl):
        glyphs, advance, top, bottom = _shaped(piece, typeface, piece_is_rtl)
        runs.append(Run(text=piece, typeface=typeface, is_rtl=piece_is_rtl, x=x, glyphs=glyphs))
        x, above, below = x + advance, max(above, top), max(below, bottom)
    return Line(text=text, runs=tuple(runs), is_rtl=is_rtl, width=x, above=above, below=below)


def fit(text: str, slot: Slot) -> Setting:
    """The text as large as its slot allows: shrunk a little, then wrapped, shrunk more, broken, and cut at last."""
    if not text:
        return Setting(lines=(), size=slot.largest)
    for most_lines in range(1, slot.most_lines + 1):
        floor = max(slot.smallest, slot.largest * BEFORE_WRAPPING) if most_lines < slot.most_lines else slot.smallest
        size = slot.largest
        while size >= floor - 1e-9:
            wrapped = _wrapped(text, slot.weight, slot.width / size)
            if wrapped and len(wrapped) <= most_lines:
                return Setting(lines=tuple(line_of(part, slot.weight) for part in wrapped), size=size)
            size -= SHRINK_STEP
    broken = _broken(text, slot)
    return Setting(lines=tuple(line_of(part, slot.weight) for part in broken), size=slot.smallest)


def _wrapped(text: str, weight: Weight, width: float) -> list[str]:
    """Broken at spaces, after hyphens and between ideographs; empty if a word alone is too wide."""
    rows: list[str] = []
    row = ""
    for piece in _PIECES.findall(text):
        if line_of((row + piece).rstrip(), weight).width <= width:
            row += piece
            continue
        rows.append(row.rstrip())
        row = piece.lstrip()
        if line_of(row.rstrip(), weight).width > width or not rows[-1]:
            return []
    return [*rows, row.rstrip()] if row.strip() else rows


def _broken(text: str, slot: Slot) -> list[str]:
    """Broken anywhere between letters, with a hyphen where scripts have one, and ended by an ellipsis if need be."""
    width = slot.width / slot.smallest
    rows: list[str] = []
    rest = text
    while rest:
        is_last = len(rows) == slot.most_lines - 1
        if line_of(rest, slot.weight).width <= width:
            return [*rows, rest]
        ending = ELLIPSIS if is_last else ""
        taken = _longest_start(rest, ending, slot.weight, width)
        rows.append(taken.rstrip(" ") + (ending or _hyphen_between(taken, rest[len(taken) :])))
        if is_last:
            break
        rest = rest[len(taken) :].lstrip()
    return rows


def _longest_start(text: str, ending: str, weight: Weight, width: float) -> str:
    """As much of the beginning as fits, cut only where HarfBuzz may cut; at least one cluster."""
    ends = sorted(_cluster_starts(text, weight))[1:] or [len(text)]
    best = text[: ends[0]]
    for end in ends:
        start = text[:end]
        if line_of(start.rstrip() + (ending or _hyphen_between(start, text[end:])), weight).width > width:
            break
        best = start
    joint = max(best.rfind(" "), best.rfind("-")) + 1
    return best[:joint] if joint > len(best) * 0.4 and not ending else best


def _hyphen_between(start: str, rest: str) -> str:
    has_case = start[-1:].lower() != start[-1:].upper() and rest[:1].lower() != rest[:1].upper()
    return "-" if has_case else ""


def _cluster_starts(text: str, weight: Weight) -> set[int]:
    starts: set[int] = set()
    position = 0
    for fragment, direction in BidiParagraph(text, preserve_bn_chars=True).get_bidi_fragments():
        for piece, typeface, is_rtl in _by_typeface(fragment, weight, direction is TextDirection.RTL):
            starts |= {position + info.cluster for info in _shape(piece, typeface, is_rtl).glyph_infos}
            position += len(piece)
    return starts


def _by_typeface(text: str, weight: Weight, is_rtl: bool) -> list[tuple[str, Typeface, bool]]:
    pieces: list[tuple[str, Typeface, bool]] = []
    typeface: Typeface | None = None
    for character in text:
        chosen = typeface_for(character, weight, typeface)
        if chosen is None:
            continue
        if pieces and chosen is typeface:
            pieces[-1] = (pieces[-1][0] + character, chosen, is_rtl)
        else:
            pieces.append((character, chosen, is_rtl))
        typeface = chosen
    return pieces


def _in_visual_order(pieces: list[tuple[str, Typeface, bool]], is_rtl: bool) -> list[tuple[str, Typeface, bool]]:
    """Pieces in reading order put from left to right: stretches of one direction keep theirs."""
    stretches: list[list[tuple[str, Typeface, bool]]] = []
    for piece in pieces:
        if stretches and stretches[-1][0][2] == piece[2]:
            stretches[-1].append(piece)
        else:
            stretches.append([piece])
    ordered = [stretch[::-1] if stretch[0][2] else stretch for stretch in stretches]
    return [piece for stretch in (ordered[::-1] if is_rtl else ordered) for piece in stretch]


def _shape(text: str, typeface: Typeface, is_rtl: bool) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_rtl else "ltr"
    uharfbuzz.shape(typeface.font, buffer)
    return buffer


def _shaped(text: str, typeface: Typeface, is_rtl: bool) -> tuple[tuple[PlacedGlyph, ...], float, float, float]:
    """Glyphs with their places, and advance, ink above and ink below, all in em."""
    buffer = _shape(text, typeface, is_rtl)
    glyphs: list[PlacedGlyph] = []
    x = above = below = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        y = position.y_offset / typeface.em
        glyphs.append(PlacedGlyph(info.codepoint, x + position.x_offset / typeface.em, y))
        if extents := typeface.font.get_glyph_extents(info.codepoint):
            above = max(above, y + extents.y_bearing / typeface.em)
            below = max(below, -(y + (extents.y_bearing + extents.height) / typeface.em))
        x += position.x_advance / typeface.em
    return tuple(glyphs), x, above, below
