"""The colours of theme.css, computed: words 7:1 where they are read from afar, edges and focus 3:1, both ways of light.

Source: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11.
"""

import re

import pytest

from kiosk.pages.page import ASSETS

THEME = (ASSETS / "theme.css").read_text("utf-8")
KIOSK = (ASSETS / "kiosk.css").read_text("utf-8")
TOKEN = re.compile(r"--([a-z-]+):\s*(?:var\(--studio, )?(#[0-9a-fA-F]{3,6})")
WORDS_FROM_AFAR, WORDS, EDGES = 7.0, 4.5, 3.0
EVENING = [
    ("paper", "night", WORDS_FROM_AFAR),
    ("paper", "night-deep", WORDS_FROM_AFAR),
    ("paper", "panel", WORDS_FROM_AFAR),
    ("mist", "night", WORDS_FROM_AFAR),
    ("mist", "night-deep", WORDS_FROM_AFAR),
    ("ink", "paper", WORDS_FROM_AFAR),
    ("ink", "green", WORDS_FROM_AFAR),
    ("ink", "amber", WORDS_FROM_AFAR),
    ("ink-quiet", "paper", WORDS_FROM_AFAR),
    ("paper", "green-deep", WORDS_FROM_AFAR),
    ("paper", "amber-deep", WORDS_FROM_AFAR),
    ("green", "night", WORDS_FROM_AFAR),
    ("amber", "night", WORDS_FROM_AFAR),
    ("terracotta-ink", "paper", WORDS),
    ("terracotta-light", "night", WORDS),
    ("red-light", "night", WORDS),
    ("line", "night", EDGES),
    ("line", "panel", EDGES),
    ("line", "night-deep", EDGES),
    ("terracotta", "paper", EDGES),
    ("sky", "night", EDGES),
    ("amber", "night-deep", EDGES),  # the focus
    ("night", "green", EDGES),
    ("night", "amber", EDGES),
    ("night", "paper", EDGES),
]

NOT_DRAWN_THEN = {("night", "paper"), ("terracotta", "paper")}
"""In high contrast floods and punches are black, so these do not meet."""


def tokens(css: str) -> dict[str, str]:
    return dict(TOKEN.findall(css))


def rule(selector: str) -> str:
    """What stands between the braces behind this selector."""
    return THEME[THEME.index("{", THEME.index(selector)) :].partition("}")[0]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_computation_is_the_known_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("words, ground, least", EVENING, ids=lambda each: str(each))
def test_what_is_to_be_read_can_be_read(words: str, ground: str, least: float) -> None:
    known = tokens(rule(":root"))
    assert contrast(known[words], known[ground]) >= least


@pytest.mark.parametrize("words, ground, least", EVENING, ids=lambda each: str(each))
def test_more_contrast_is_more(words: str, ground: str, least: float) -> None:
    known = tokens(rule(":root"))
    bright = known | tokens(rule('[data-mode~="hc"]'))
    if (words, ground) not in NOT_DRAWN_THEN:
        assert contrast(bright[words], bright[ground]) >= least
    if least == WORDS_FROM_AFAR and {words, ground} & set(tokens(rule('[data-mode~="hc"]'))):
        assert contrast(bright[words], bright[ground]) >= contrast(known[words], known[ground]) * 0.95


def test_in_high_contrast_the_focus_and_the_tiles_are_seen_on_black() -> None:
    line = next(line for line in KIOSK.splitlines() if line.startswith('[data-mode~="hc"] { --tile-dim'))
    for name, colour in tokens(line).items():
        assert contrast(colour, "#000") >= EDGES, name
