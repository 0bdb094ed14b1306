"""A phone's code: another one every 30 seconds, known by whoever holds the anchor, made by whoever holds the secret."""

import hashlib
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import cards, phone_codes, staff_cards
from core.cards import NotACard
from core.phone_codes import STEP, STEPS_A_PERIOD, PhoneCode, PhonePeriod

SECRET = bytes(range(32))
NAME_KEY = phone_codes.name_key_of(SECRET)
PHONE = phone_codes.new_phone_id(random.Random("Ana's phone").getrandbits)
SIX_PM = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
NOW = phone_codes.step_at(SIX_PM)
WEEK = phone_codes.period_of(NOW)
PERIODS = phone_codes.periods_between(SECRET, PHONE, WEEK - 1, WEEK + 1)
THIS_WEEK = PERIODS[1:2]
A_MOMENT = timedelta(microseconds=1)


def code(step: int) -> PhoneCode:
    return phone_codes.code_at(SECRET, PHONE, step)


def test_a_step_lasts_from_its_instant_to_the_next() -> None:
    assert phone_codes.step_at(SIX_PM - A_MOMENT) == NOW - 1
    assert phone_codes.step_at(SIX_PM + STEP - A_MOMENT) == NOW
    assert phone_codes.step_at(SIX_PM + STEP) == NOW + 1
    assert phone_codes.begins_at(NOW) == SIX_PM


def test_a_code_counts_in_its_step_and_the_one_before_and_after() -> None:
    """Until a minute after it began, and from half a minute before."""
    assert phone_codes.is_fresh(NOW, SIX_PM)
    assert phone_codes.is_fresh(NOW, SIX_PM + 2 * STEP - A_MOMENT)
    assert not phone_codes.is_fresh(NOW, SIX_PM + 2 * STEP)
    assert phone_codes.is_fresh(NOW, SIX_PM - STEP)
    assert not phone_codes.is_fresh(NOW, SIX_PM - STEP - A_MOMENT)


def test_a_code_is_as_long_as_a_cards_so_that_its_qr_is_no_larger() -> None:
    shown = code(NOW)
    assert len(shown.text) == cards.CODE_LENGTH == 29
    assert set(shown.text) <= set(cards.ALPHABET)
    assert code(NOW + 1).text != shown.text
    assert code(NOW + 1).fingerprint == shown.fingerprint == hashlib.sha256(f"P1{PHONE}".encode()).hexdigest()


@given(st.binary(min_size=12, max_size=12), st.integers(0, 2**35 - 1))
def test_every_code_is_read_back_as_it_was_made(value: bytes, number: int) -> None:
    phone_id = phone_codes.new_phone_id(lambda bits: number)
    made = phone_codes.code_with(phone_id, value)
    for shown in (made.text, made.text.lower(), f" {made.text}\n", made.text.encode()):
        read = phone_codes.read(shown)
        assert isinstance(read, PhoneCode)
        assert (read.phone_id, read.value) == (phone_id, value)


@pytest.mark.parametrize(
    "shown",
    [
        "", "P1", code(NOW).text[:-1], code(NOW).text + "0", "T1" + code(NOW).text[2:], code(NOW).text[:-1] + "U",
        "P1" + "0" * 7 + "2" + "0" * 19, "P" * 500, b"\xff" * 29, "https://example.org/P1",
    ],
)  # fmt: skip
def test_anything_else_is_no_phones_code(shown: str | bytes) -> None:
    assert isinstance(phone_codes.read(shown), NotACard)


def test_a_card_is_no_phone_and_a_phone_is_no_card() -> None:
    """`T1…` of the same phone's characters is not one either: a card's check characters do not fit."""
    ana = cards.new_code(random.Random("Ana").getrandbits)
    assert isinstance(phone_codes.read(ana.text), NotACard)
    for step in range(NOW, NOW + 50):
        assert isinstance(cards.read(code(step).text), NotACard)
        assert isinstance(staff_cards.read("S1" + code(step).text[2:]), NotACard)


def test_a_kiosk_knows_which_step_was_shown_and_opens_the_name_with_it() -> None:
    for step in (NOW - 300, NOW - 1, NOW, NOW + 1):
        found = phone_codes.recognized(code(step), PERIODS, SIX_PM)
        assert found is not None
        assert (found.step, found.name_key) == (step, NAME_KEY)


@pytest.mark.parametrize("edge", [WEEK * STEPS_A_PERIOD, (WEEK + 1) * STEPS_A_PERIOD - 1])
def test_the_first_and_the_last_code_of_a_week_are_known_on_both_sides_of_midnight(edge: int) -> None:
    for beside in (edge - 1, edge, edge + 1):
        found = phone_codes.recognized(code(edge), PERIODS, phone_codes.begins_at(beside))
        assert found is not None
        assert (found.step, found.name_key) == (edge, NAME_KEY)


def test_what_belongs_to_no_chain_is_nobodys() -> None:
    forged = phone_codes.code_with(PHONE, bytes(12))
    assert phone_codes.recognized(forged, PERIODS, SIX_PM) is None
    assert phone_codes.recognized(code(NOW), (), SIX_PM) is None
    other = phone_codes.code_with(phone_codes.new_phone_id(lambda bits: 7), code(NOW).value)
    assert phone_codes.recognized(other, PERIODS, SIX_PM) is None
    assert phone_codes.recognized(phone_codes.code_at(bytes(32), PHONE, NOW), PERIODS, SIX_PM) is None


def test_a_code_of_a_week_that_the_kiosk_was_not_given_is_nobodys() -> None:
    assert phone_codes.recognized(code(NOW - STEPS_A_PERIOD), PERIODS, SIX_PM) is not None
    assert phone_codes.recognized(code(NOW - STEPS_A_PERIOD), THIS_WEEK, SIX_PM) is None


def test_a_code_tells_the_codes_before_it_and_none_after() -> None:
    """What a kiosk saw lets it make codes that are over; the next one it cannot make."""
    salt = b"tessera phone 1" + PHONE.encode() + WEEK.to_bytes(8, "big")
    below = hashlib.sha256(salt + code(NOW).value).digest()[:12]
    assert phone_codes.code_with(PHONE, below) == code(NOW - 1)
    assert phone_codes.code_with(PHONE, below) != code(NOW + 1)


def test_the_anchor_opens_no_name() -> None:
    """With all that lies on a kiosk the mask cannot be made: it takes the link above the anchor."""
    period = THIS_WEEK[0]
    assert NAME_KEY.hex() not in (period.wrapped, period.anchor)
    by_the_anchor = PhonePeriod(number=WEEK, anchor=period.anchor, wrapped=period.wrapped)
    assert (
        phone_codes.recognized(phone_codes.code_with(PHONE, bytes.fromhex(period.anchor)), (by_the_anchor,), SIX_PM)
        is None
    )


def test_another_week_hides_the_same_key_otherwise() -> None:
    assert len({period.wrapped for period in PERIODS}) == len(PERIODS) == 3


@settings(max_examples=10)
@given(st.integers(min_value=0, max_value=STEPS_A_PERIOD - 1))
def test_a_phone_gets_from_its_posts_to_the_code_of_every_step(passed: int) -> None:
    """As the page does: from the day's last link down to the present one."""
    step = WEEK * STEPS_A_PERIOD + passed
    posts = phone_codes.posts_between(SECRET, PHONE, step, step)
    assert len(posts) == 1
    last, link = posts[0][0], bytes.fromhex(posts[0][1])
    salt = b"tessera phone 1" + PHONE.encode() + WEEK.to_bytes(8, "big")
    for _ in range(last - step):
        link = hashlib.sha256(salt + link).digest()[:12]
    assert phone_codes.code_with(PHONE, link) == code(step)


def test_posts_are_one_a_day_from_today_to_the_last_day_asked_for() -> None:
    posts = phone_codes.posts_between(SECRET, PHONE, NOW, NOW + 13 * phone_codes.STEPS_A_DAY)
    days = [last // phone_codes.STEPS_A_DAY for last, _ in posts]
    today = NOW // phone_codes.STEPS_A_DAY
    assert days == list(range(today, today + 14))
    assert all((last + 1) % phone_codes.STEPS_A_DAY == 0 for last, _ in posts)


def test_the_server_finds_the_step_that_a_proof_was_made_with() -> None:
    proof = cards.proof(code(NOW - 5).proof_key(), "attempt")

    def fits(shown: PhoneCode) -> bool:
        return cards.proof(shown.proof_key(), "attempt") == proof

    assert phone_codes.step_proved(SECRET, PHONE, fits, NOW) == NOW - 5
    assert phone_codes.step_proved(SECRET, PHONE, fits, NOW - 6) is None


def test_neither_a_code_nor_what_was_recognized_shows_itself_in_a_log() -> None:
    found = phone_codes.recognized(code(NOW), PERIODS, SIX_PM)
    assert code(NOW).text not in repr(code(NOW))
    assert NAME_KEY.hex() not in repr(found)
    assert str(NAME_KEY) not in repr(found)
