"""How often a PIN may be tried: both sides of every limit, and a clock that was moved helps nobody."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core import cards, staff_cards
from core.cards import NotACard
from core.pins import FREE_TRIES, MOST_TRIES, PinRefusal, PinRefused, Tries, counted, is_pin, is_too_easy, rebased

SIX_PM = datetime(2026, 11, 21, 18, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("count", range(FREE_TRIES))
def test_the_first_five_tries_need_no_waiting(count: int) -> None:
    assert counted(Tries(count=count, last_at=SIX_PM), SIX_PM) == Tries(count=count + 1, last_at=SIX_PM)


@pytest.mark.parametrize(("count", "minutes"), [(5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (12, 60), (19, 60)])
def test_then_each_waits_twice_as_long_up_to_an_hour(count: int, minutes: int) -> None:
    tries, until = Tries(count=count, last_at=SIX_PM), SIX_PM + timedelta(minutes=minutes)
    assert counted(tries, until - A_SECOND) == PinRefused(reason=PinRefusal.WAIT, until=until)
    assert counted(tries, until) == Tries(count=count + 1, last_at=until)


def test_after_twenty_no_waiting_helps() -> None:
    spent = Tries(count=MOST_TRIES, last_at=SIX_PM)
    assert counted(spent, SIX_PM + timedelta(days=400)) == PinRefused(reason=PinRefusal.PIN_IS_OVER)
    assert isinstance(counted(Tries(count=MOST_TRIES - 1, last_at=SIX_PM), SIX_PM + timedelta(days=1)), Tries)


def test_a_thief_with_all_the_time_in_the_world_gets_twenty_tries() -> None:
    tries, at, looked_at = Tries(), SIX_PM, 0
    while isinstance(step := counted(tries, at), Tries) or step.until is not None:
        if isinstance(step, Tries):
            tries, looked_at = step, looked_at + 1
        at = at if isinstance(step, Tries) else step.until or at
    assert looked_at == MOST_TRIES
    assert at - SIX_PM > timedelta(hours=8)


def test_a_clock_set_back_begins_the_wait_again_and_no_more() -> None:
    tries = Tries(count=5, last_at=SIX_PM + timedelta(days=365))
    assert rebased(tries, SIX_PM) == Tries(count=5, last_at=SIX_PM)
    assert counted(rebased(tries, SIX_PM), SIX_PM) == PinRefused(
        reason=PinRefusal.WAIT, until=SIX_PM + timedelta(minutes=1)
    )
    assert rebased(Tries(count=5, last_at=SIX_PM), SIX_PM) == Tries(count=5, last_at=SIX_PM)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "123 56", "-12345", "12345\n"])
def test_anything_but_six_digits_is_no_pin(text: str) -> None:
    assert not is_pin(text)
    assert is_pin("704182")


@pytest.mark.parametrize("pin", ["000000", "777777", "123456", "654321", "890123", "210987", "121212", "123123"])
def test_what_anybody_would_try_first_is_too_easy(pin: str) -> None:
    assert is_too_easy(pin)


@pytest.mark.parametrize("pin", ["704182", "123457", "112233", "121213", "100000"])
def test_other_pins_are_not(pin: str) -> None:
    assert not is_too_easy(pin)


@pytest.mark.parametrize("seed", range(20))
def test_a_staff_card_is_never_taken_for_a_members_and_the_other_way_round(seed: int) -> None:
    staff, member = staff_cards.new_code(Random(seed).getrandbits), cards.new_code(Random(seed).getrandbits)
    assert staff_cards.read(staff.text) == staff_cards.read(staff.text.lower().encode()) == staff
    assert isinstance(cards.read(staff.text), NotACard) and isinstance(staff_cards.read(member.text), NotACard)
    for read, text in ((cards.read, staff.text), (staff_cards.read, member.text)):
        other = ("T1" if read is cards.read else "S1") + text[2:]
        assert isinstance(read(other), NotACard), "the check characters know which kind it is"
    assert staff.fingerprint != member.fingerprint and len(staff.text) == 29
    assert repr(staff) == "StaffCardCode(S1…)" and repr(member) == "CardCode(T1…)"


def test_a_pin_is_keyed_by_the_card_it_goes_with() -> None:
    one, other = (staff_cards.new_code(Random(seed).getrandbits) for seed in (1, 2))
    keyed = {one.keyed("704182"), one.keyed("704183"), other.keyed("704182")}
    assert len(keyed) == 3 and all(len(text) == 64 and "704182" not in text for text in keyed)
