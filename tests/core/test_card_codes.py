"""The text in a card's code: made, read back, told from everything else that can be held up to a camera."""

import hashlib
import random
import secrets

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import cards
from core.cards import CardCode, NotACard

ALICES = cards.new_code(random.Random(1).getrandbits)


@given(st.integers(min_value=0, max_value=2**115 - 1))
def test_every_code_is_read_back_as_it_was_made(number: int) -> None:
    code = cards.new_code(lambda bits: number)
    assert cards.read(code.text) == cards.read(code.text.encode()) == code
    assert len(code.text) == 29
    assert set(code.text) <= set(cards.ALPHABET)


def test_a_code_holds_115_random_bits() -> None:
    asked: list[int] = []
    cards.new_code(lambda bits: asked.append(bits) or 0)  # type: ignore[func-returns-value]
    assert asked == [115]
    assert cards.new_code(lambda bits: 0).text[2:-4] == "0" * 23
    assert cards.new_code(lambda bits: 2**115 - 1).text[2:-4] == "Z" * 23


@pytest.mark.parametrize("shown", [ALICES.text.lower(), f" {ALICES.text}\r\n", ALICES.text.encode()])
def test_how_a_scanner_types_does_not_matter(shown: str | bytes) -> None:
    assert cards.read(shown) == ALICES


@given(st.integers(0, 28), st.sampled_from(cards.ALPHABET))
def test_one_wrong_character_is_noticed(place: int, letter: str) -> None:
    """Four check characters miss one in a million; none of these among Alice's."""
    wrong = ALICES.text[:place] + letter + ALICES.text[place + 1 :]
    assert (cards.read(wrong) == ALICES) == (wrong == ALICES.text)


def hostile() -> list[str | bytes]:
    rng = random.Random(7)
    made: list[str | bytes] = [
        "", "T1", "T1" * 15, "https://example.org/?q=" + "A" * 9, "WIFI:S:studio;P:secret;;", "\0" * 29,
        "T1" + "ſ" * 27, "T1" + "K" * 27, "９" * 29, "' OR 1=1 --", "../../etc/passwd", "{{7*7}}", "%s%s%n",
        "=cmd|' /C calc'!A0", "\ud800" * 29, "<script>alert(1)</script>", b"\xff" * 29, b"\xc3\x28" * 14,
        "A" * 129, "A" * 1_000_000, ALICES.text + "X", ALICES.text[:-1], ALICES.text * 2, "T2" + ALICES.text[2:],
        ALICES.text[::-1], ALICES.text.replace("T1", "TI"),
    ]  # fmt: skip
    while len(made) < 1000:
        length = rng.randrange(60)
        made.append(bytes(rng.randrange(256) for _ in range(length)))
        made.append("".join(chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x110000)])) for _ in range(length)))
        made.append("T1" + "".join(rng.choice(cards.ALPHABET) for _ in range(27)))
    return made[:1000]


def test_a_thousand_hostile_payloads_are_not_cards() -> None:
    taken_for_cards = [payload for payload in hostile() if not isinstance(cards.read(payload), NotACard)]
    assert taken_for_cards == []


@given(st.text() | st.binary())
@example("T1")
def test_reading_never_raises(payload: str | bytes) -> None:
    assert isinstance(cards.read(payload), CardCode | NotACard)


def test_no_more_than_128_is_looked_at() -> None:
    padded = ALICES.text.rjust(128)
    assert cards.read(padded) == ALICES
    assert cards.read(" " + padded) == NotACard()


def test_the_fingerprint_is_of_the_code_and_the_keys_differ() -> None:
    assert ALICES.fingerprint == hashlib.sha256(ALICES.text.encode()).hexdigest()
    keys = {ALICES.seal_key(), ALICES.proof_key(), bytes.fromhex(ALICES.fingerprint)}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 3


def test_a_proof_is_for_one_card_and_one_attempt() -> None:
    other = cards.new_code(secrets.randbits)
    proofs = {cards.proof(code.proof_key(), attempt) for code in (ALICES, other) for attempt in ("a1", "a2")}
    assert len(proofs) == 4


def test_a_code_does_not_show_in_a_log() -> None:
    assert ALICES.text[2:] not in f"{ALICES!r} {ALICES}"
