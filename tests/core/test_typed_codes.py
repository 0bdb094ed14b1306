"""A hand scanner thinks it is another country's keyboard: the check characters say which."""

from random import Random

import pytest

from core import cards, phone_codes, staff_cards
from core.typed import as_meant, is_ours

CARD = cards.new_code(Random(3).getrandbits).text
ALL_LETTERS = "T1YZQWAM0123456789"

GERMAN_ON_AMERICAN = str.maketrans("YZ", "ZY")
AMERICAN_ON_FRENCH = str.maketrans("QWAZM1234567890", "AZQW?&é\"'(-è_çà")
FRENCH_ON_AMERICAN = str.maketrans("AZQWM1234567890", "QWAZ:!@#$%^&*()")
AMERICAN_ON_CZECH = str.maketrans("YZ1234567890", "ZY+ěščřžýáíé")


def code_with(letters: str) -> str:
    """A card's code in which all these letters stand."""
    for seed in range(100_000):
        text = cards.new_code(Random(seed).getrandbits).text
        if set(letters) <= set(text):
            return text
    raise AssertionError("no such code among so many")


@pytest.mark.parametrize(
    "layout",
    [GERMAN_ON_AMERICAN, AMERICAN_ON_FRENCH, FRENCH_ON_AMERICAN, AMERICAN_ON_CZECH],
    ids=["german scanner", "american scanner in France", "french scanner", "american scanner in Bohemia"],
)
@pytest.mark.parametrize("letters", ["YZ", "QAM", "WZ5", "T1AZ"])
def test_a_scanner_of_another_country_is_understood(layout, letters):
    code = code_with(letters)
    assert code.translate(layout) != code
    assert as_meant(code.translate(layout)) == code
    assert as_meant(code.translate(layout).lower()).upper() == code


def test_what_its_keys_say_counts_where_the_letters_do_not():
    """An Arabic keyboard writes no letter of ours; the places of its keys are the same everywhere."""
    assert as_meant(f"ف١ءئؤر\t{CARD}") == CARD


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        staff_cards.new_code(Random(1).getrandbits).text,
        phone_codes.code_at(b"secret", "0ABCDEF", phone_codes.STEPS_A_PERIOD).text,
        "TESSERA-PAIR:ABCD2345",
    ],
    ids=["card", "staff card", "phone", "pairing"],
)
def test_what_is_ours_already_is_left_alone(text):
    assert is_ours(text) and as_meant(text) == text
    assert as_meant(f"{text}\t{text.lower()}") == text


@pytest.mark.parametrize("text", ["https://example.org/yz", "", "\t", "WIFI:S:zyz;;", "4006381333931", "y" * 5000])
def test_what_is_nobodys_stays_as_it_was_typed(text):
    assert not is_ours(text)
    assert as_meant(text) == text


def test_a_torn_card_is_not_made_whole():
    assert not is_ours(as_meant(CARD[:-1] + ("0" if CARD[-1] != "0" else "1")))
