"""Somebody tries member numbers at a keypad: so many tries a number and a kiosk, and then no more for a while."""

from datetime import timedelta

import pytest

from core.finding import (
    NUMBER_RESTS,
    TRIES_A_NUMBER,
    Finding,
    FindTries,
    FindWait,
    birthday_of,
    is_number,
    is_secret,
    one_less,
    one_more,
)
from core.policy import Policy
from tests.personas import SIX_PM

A_MOMENT = timedelta(milliseconds=1)


def test_the_fifth_try_is_looked_at_and_the_sixth_is_not_until_the_number_has_rested() -> None:
    tries = FindTries()
    for count in range(1, TRIES_A_NUMBER + 1):
        step = one_more(tries, SIX_PM + count * A_MOMENT, TRIES_A_NUMBER, NUMBER_RESTS)
        assert isinstance(step, FindTries)
        assert step.count == count
        tries = step
    first = SIX_PM + A_MOMENT
    assert one_more(tries, SIX_PM + timedelta(hours=1), TRIES_A_NUMBER, NUMBER_RESTS) == FindWait(
        until=first + NUMBER_RESTS
    )
    assert isinstance(one_more(tries, first + NUMBER_RESTS - A_MOMENT, TRIES_A_NUMBER, NUMBER_RESTS), FindWait)
    anew = one_more(tries, first + NUMBER_RESTS, TRIES_A_NUMBER, NUMBER_RESTS)
    assert anew == FindTries(count=1, since_at=first + NUMBER_RESTS)


def test_a_clock_that_was_set_back_does_not_lock_for_ever() -> None:
    tries = FindTries(count=TRIES_A_NUMBER, since_at=SIX_PM)
    earlier = SIX_PM - timedelta(days=1)
    assert one_more(tries, earlier, TRIES_A_NUMBER, NUMBER_RESTS) == FindTries(count=1, since_at=earlier)


def test_a_right_one_is_not_counted_and_never_counts_below_nothing() -> None:
    assert one_less(FindTries(count=3, since_at=SIX_PM)) == FindTries(count=2, since_at=SIX_PM)
    assert one_less(FindTries()) == FindTries()


@pytest.mark.parametrize(
    "by, text, is_one",
    [
        (Finding.PIN, "123456", True),
        (Finding.PIN, "12345", False),
        (Finding.PIN, "1234567", False),
        (Finding.BIRTHDAY, "0312", True),
        (Finding.BIRTHDAY, "031", False),
        (Finding.BIRTHDAY, "03122", False),
        (Finding.BIRTHDAY, "03.2", False),
        (Finding.OFF, "0312", False),
    ],
)
def test_a_secret_is_what_the_policy_asks_for(by: Finding, text: str, is_one: bool) -> None:
    assert is_secret(text, by) is is_one


@pytest.mark.parametrize(
    "text, is_one", [("7", True), ("0007", True), ("1" * 12, True), ("1" * 13, False), ("", False), ("A-7", False)]
)
def test_a_number_is_digits(text: str, is_one: bool) -> None:
    assert is_number(text) is is_one


def test_a_birthday_is_day_and_month_and_nobody_is_born_on_nothing() -> None:
    assert birthday_of("1990-12-03") == "0312"
    assert birthday_of(None) == ""


def test_a_studio_that_did_not_choose_finds_nobody_by_number() -> None:
    assert Policy().finding is Finding.OFF
