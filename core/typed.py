"""What a hand scanner meant, which types as if it were a keyboard of another country. Pure.

A code of ours carries check characters, so a guess is either right or known to be wrong; nothing else is changed.
"""

from collections.abc import Callable, Iterator

from core import cards, phone_codes, staff_cards
from core.cards import LONGEST_TEXT_LOOKED_AT, NotACard
from core.pairing import code_in

BETWEEN = "\t"
"""What the screen puts between two readings of one scan: as this machine's layout says, and as its keys lie."""

_SAME: dict[int, str] = {}
_QWERTZ = str.maketrans("YZyz/", "ZYzy-")
_AZERTY = str.maketrans("QWAZ:;qwaz!@#$%^&*()", "AZQWMMazqw1234567890")
_FRENCH_ON_AMERICAN = str.maketrans("AZQWaz?,qw&é\"'(-è_çà§!", "QWAZqwMMaz123456789068")
_CZECH_DIGITS = str.maketrans("+ěščřžýáíéYZyz", "1234567890ZYzy")
LAYOUTS = (_SAME, _QWERTZ, _AZERTY, _FRENCH_ON_AMERICAN, _CZECH_DIGITS)
"""What was typed, to what was meant. The first changes nothing."""


def as_meant(text: str) -> str:
    """The reading that is a code of ours, under the keyboard layouts scanners come with; else what was typed."""
    readings = [reading for reading in text.split(BETWEEN) if reading.strip()]
    if not readings:
        return text
    return next((guess for guess in _guesses(readings) if is_ours(guess)), readings[0])


def is_ours(text: str) -> bool:
    """Whether it is a member's, a phone's or a staff card's code, or one that pairs a kiosk."""
    readers: tuple[Callable[[str], object], ...] = (cards.read, phone_codes.read, staff_cards.read)
    return any(not isinstance(read(text), NotACard) for read in readers) or code_in(text) is not None


def _guesses(readings: list[str]) -> Iterator[str]:
    for layout in LAYOUTS:
        for reading in readings:
            if len(reading) <= LONGEST_TEXT_LOOKED_AT:
                yield reading.translate(layout)
