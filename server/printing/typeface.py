"""Which font has the letters for a character: the shipped ones first, then the machine's own for rare ideographs.

The order of `SHIPPED` is the order of preference. A character no font has is reported, never drawn as a box.
"""

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

import uharfbuzz

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts" / "print"

SHIPPED: tuple[tuple[str, str], ...] = (
    ("Inter-Medium.ttf", "Inter-SemiBold.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
    ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    ("NotoSansArmenian-Regular.ttf", "NotoSansArmenian-Bold.ttf"),
    ("NotoSansGeorgian-Regular.ttf", "NotoSansGeorgian-Bold.ttf"),
    *(
        (f"NotoSans{script}-Regular.ttf", "")
        for script in (
            *("Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Kannada"),
            *("Malayalam", "Sinhala", "Lao", "Myanmar", "Khmer", "Ethiopic"),
        )
    ),
    ("DroidSansFallback.ttf", ""),
)
"""File for plain text, file for strong text; where the second is empty, the first is drawn thicker."""

OF_THE_MACHINE: tuple[str, ...] = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
)
"""Where Debian, Arch and Fedora keep the Noto fonts for Chinese, Japanese and Korean."""

THICKER = 0.028
"""How much, in em, a font without a strong cut is thickened for strong text."""


class Weight(Enum):
    PLAIN = "plain"
    STRONG = "strong"


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One font file, opened. `thickened` is in em and 0 unless the file has to stand in for a strong cut."""

    path: Path
    thickened: float
    letters: frozenset[int]
    font: uharfbuzz.Font
    em: int

    def __contains__(self, character: str) -> bool:
        return ord(character) in self.letters


@cache
def opened(path: Path, thickened: float) -> Typeface:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    font = uharfbuzz.Font(face)
    font.scale = (face.upem, face.upem)
    if thickened:
        font.synthetic_bold = (thickened, thickened, True)
    return Typeface(path=path, thickened=thickened, letters=frozenset(face.unicodes), font=font, em=face.upem)


@cache
def typefaces(weight: Weight) -> tuple[Typeface, ...]:
    """Every typeface there is, best first."""
    found: list[Typeface] = []
    for plain, strong in SHIPPED:
        is_thickened = weight is Weight.STRONG and not strong
        name = strong if weight is Weight.STRONG and strong else plain
        found.append(opened(FONTS / name, THICKER if is_thickened else 0.0))
    for name in OF_THE_MACHINE:
        if Path(name).exists():
            found.append(opened(Path(name), THICKER if weight is Weight.STRONG else 0.0))
    return tuple(found)


def typeface_for(character: str, weight: Weight, before: Typeface | None) -> Typeface | None:
    """The typeface to draw a character in, or None if no font has it.

    What is no letter (a space, a hyphen, an accent) stays in the typeface of the character `before` it, if it can.
    """
    if before and not character.isalpha() and (character in before or _is_ignorable(character)):
        return before
    return next((typeface for typeface in typefaces(weight) if character in typeface), None)


def printable(text: str) -> str:
    """The text in composed form, with single spaces, and without pictures (emoji) and controls that no font draws."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(character for character in composed if not _is_left_off(character))
    return " ".join(kept.split())


def letters_without_a_font(text: str) -> str:
    """The characters of a text that no font here can draw, each once, in order; empty when all is well."""
    missing = [c for c in printable(text) if not _is_ignorable(c) and typeface_for(c, Weight.PLAIN, None) is None]
    return "".join(dict.fromkeys(missing))


def text_shaping_report() -> str:
    """One sentence for `tessera check`: with what letters are joined, from how many fonts, and what is missing."""
    absent = [name for pair in SHIPPED for name in pair if name and not (FONTS / name).exists()]
    if absent:
        return f"Cards cannot be printed: these fonts are missing from assets/fonts/print: {', '.join(absent)}."
    rare = "with" if any(Path(name).exists() for name in OF_THE_MACHINE) else "without"
    return (
        f"Names are shaped by HarfBuzz {uharfbuzz.version_string()} itself (no system library needed), "
        f"in {len(typefaces(Weight.PLAIN))} fonts, {rare} the Noto CJK fonts for rare ideographs."
    )


def _is_ignorable(character: str) -> bool:
    """Joiners and direction marks: they change how neighbours look and have no look of their own."""
    return unicodedata.category(character) == "Cf"


def _is_left_off(character: str) -> bool:
    category = unicodedata.category(character)
    if category in ("Cc", "Co", "Cs") or "\ufe00" <= character <= "\ufe0f" or "\U000e0000" <= character <= "\U000e01ef":
        return True
    return category in ("So", "Sk") and typeface_for(character, Weight.PLAIN, None) is None
