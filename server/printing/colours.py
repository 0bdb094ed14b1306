"""Colours of the card, and what keeps a studio's own colour visible beside them.

No text ever stands on the studio's colour, so none can become unreadable; only tiles wear it.
"""

import re

from core.errors import Invalid

NIGHT = "#0f1b2d"
NIGHT_DISC = "#16263d"
NIGHT_TILE = "#243754"
PAPER = "#f7f3ea"
PERFORATION = "#b9ad94"
INK = "#14202f"
QUIET_INK = "#4d5966"
HOLD_INK = "#d5dbe3"
AMBER = "#f2b134"
WHITE = "#ffffff"

LEAST_TILE_CONTRAST = 1.8
"""A tile is ornament, not text: it has to be seen, not read."""


def rgb_of(colour: str) -> tuple[int, int, int]:
    """`#c8553d` or `#c53`, in either case, `#` or not, as three numbers 0 to 255. Anything else is `Invalid`."""
    digits = colour.strip().removeprefix("#")
    if re.fullmatch(r"[0-9a-fA-F]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        raise Invalid("card.colour_unreadable", colour=colour)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen_on(ground: str, colour: str) -> str:
    """The colour, or the nearest shade of it that stands out from the ground, as `#rrggbb`."""
    towards = (255, 255, 255) if _luminance(ground) < 0.2 else (0, 0, 0)
    red, green, blue = rgb_of(colour)
    for step in range(21):
        share = step / 20
        mixed = [round(part + (end - part) * share) for part, end in zip((red, green, blue), towards, strict=True)]
        shade = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(shade, ground) >= LEAST_TILE_CONTRAST:
            break
    return shade


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = rgb_of(colour)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
