"""How long news is worth a letter, when a try is made again, whom a reminder reaches: both sides of each boundary."""

from datetime import UTC, datetime, timedelta

import pytest

from core.events import EventKind as K
from core.letters import (
    CHOICES,
    LETTERS,
    OPTIONAL,
    Channel,
    Group,
    HeldBecause,
    News,
    dialable,
    good_until,
    hold_for,
    next_try_at,
)
from core.reminders import reminder_due

SIX_PM = datetime(2026, 11, 21, 17, tzinfo=UTC)
NOON = SIX_PM - timedelta(hours=6)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        (K.RESERVED, SIX_PM),
        (K.PLACE_BOOKED, SIX_PM),
        (K.GIVEN_BACK, SIX_PM),
        (K.AUTO_CANCELLED, SIX_PM),
        (K.SESSION_CANCELLED, SIX_PM),
        (K.WAITING_LEFT, SIX_PM),
        (K.REMINDER, SIX_PM),
        (K.CHECK_IN_SOON, SIX_PM),
        (K.LAST_CALL, SIX_PM),
        (K.CANCELLED, SIX_PM + 2 * HOUR),
        (K.CHECKED_IN, NOON + 2 * HOUR),
        (K.OFFER_RAN_OUT, NOON + DAY),
        (K.NO_SHOW, NOON + 7 * DAY),
        (K.SUSPENDED, NOON + 7 * DAY),
        (K.PASS_RAN_OUT, NOON + 7 * DAY),
        (K.NO_SHOW_UNDONE, NOON + 60 * DAY),
        (K.NO_SHOW_EXCUSED, NOON + 60 * DAY),
        (K.REINSTATED, NOON + 60 * DAY),
        (K.CONTEST_ANSWERED, NOON + 60 * DAY),
    ],
)
def test_news_is_worth_a_letter_until(kind: K, until: datetime) -> None:
    news = News(kind=kind, happened_at=NOON, noted_at=NOON, session_starts_at=SIX_PM, session_ends_at=SIX_PM + 2 * HOUR)
    assert good_until(news) == until


def test_what_is_offered_is_worth_nothing_once_it_is_over() -> None:
    for kind in (K.PLACE_OFFERED, K.SIGN_IN_WANTED):
        news = News(kind=kind, happened_at=NOON, noted_at=NOON, session_starts_at=SIX_PM, over_at=NOON + 30 * MINUTE)
        assert good_until(news) == NOON + 30 * MINUTE


def test_a_session_far_ahead_keeps_no_news_alive_for_ever() -> None:
    news = News(kind=K.RESERVED, happened_at=NOON, noted_at=NOON, session_starts_at=NOON + 30 * DAY)
    assert good_until(news) == NOON + 7 * DAY


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (8, 128), (11, 1024)])
def test_a_try_is_made_again_later_and_later(tries: int, minutes: int) -> None:
    assert next_try_at(tries, NOON) == NOON + minutes * MINUTE


def test_a_wait_longer_than_a_day_is_not_begun() -> None:
    assert next_try_at(12, NOON) is None


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+49 (0)30 / 123-456", "+4930123456"),
        ("030.123456", "030123456"),
        ("+1\u00a0555 0100", "+15550100"),
        ("12345", ""),
        ("call me", ""),
        ("+49301234567890123", ""),
        ("123456; rm", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_however_it_is_written(written: str, dialled: str) -> None:
    assert dialable(written) == dialled


@pytest.mark.parametrize(
    ("address", "wanted", "bounces", "held"),
    [
        ("a@b.example", True, False, None),
        ("a@b.example", True, True, HeldBecause.BOUNCING),
        ("", True, False, HeldBecause.NO_ADDRESS),
        ("", False, False, HeldBecause.NOT_WANTED),
        ("a@b.example", False, True, HeldBecause.NOT_WANTED),
    ],
)
def test_a_letter_is_held_for_one_reason(address: str, wanted: bool, bounces: bool, held: HeldBecause | None) -> None:
    assert hold_for(address, is_wanted=wanted, is_bouncing=bounces) is held


def test_nobody_can_say_no_to_places_penalties_and_links_to_sign_in() -> None:
    kept = {kind for kind, letter in LETTERS.items() if letter.group not in OPTIONAL}
    assert {K.RESERVED, K.CANCELLED, K.NO_SHOW, K.SUSPENDED, K.SIGN_IN_WANTED} <= kept
    assert CHOICES == (
        (Group.REMINDERS, Channel.MAIL),
        (Group.REMINDERS, Channel.SMS),
        (Group.CHECK_INS, Channel.MAIL),
        (Group.PASSES, Channel.MAIL),
    )


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (24 * HOUR + A_MOMENT, None),
        (24 * HOUR, K.REMINDER),
        (2 * HOUR + A_MOMENT, K.REMINDER),
        (2 * HOUR, K.CHECK_IN_SOON),
        (15 * MINUTE + A_MOMENT, K.CHECK_IN_SOON),
        (15 * MINUTE, K.LAST_CALL),
        (A_MOMENT, K.LAST_CALL),
        (timedelta(0), None),
    ],
)
def test_one_reminder_at_a_time_is_due(before: timedelta, kind: K | None) -> None:
    assert reminder_due(SIX_PM, SIX_PM - 3 * DAY, SIX_PM - before) is kind


@pytest.mark.parametrize(
    ("made_before", "at_before", "kind"),
    [
        (24 * HOUR, 23 * HOUR, K.REMINDER),
        (24 * HOUR - A_MOMENT, 23 * HOUR, None),
        (23 * HOUR, 2 * HOUR, K.CHECK_IN_SOON),
        (2 * HOUR - A_MOMENT, HOUR, None),
        (HOUR, 15 * MINUTE, K.LAST_CALL),
        (15 * MINUTE - A_MOMENT, MINUTE, None),
    ],
)
def test_who_has_just_taken_the_place_waits_for_the_next(
    made_before: timedelta, at_before: timedelta, kind: K | None
) -> None:
    assert reminder_due(SIX_PM, SIX_PM - made_before, SIX_PM - at_before) is kind


def test_a_day_before_is_a_day_of_hours_also_when_the_clocks_change() -> None:
    ten_on_the_morning_after = datetime(2026, 10, 25, 9, tzinfo=UTC)
    """10:00 in Berlin, where the night had 25 hours: 11:00 of the day before on the wall."""
    assert reminder_due(ten_on_the_morning_after, NOON - 60 * DAY, datetime(2026, 10, 24, 9, tzinfo=UTC)) is K.REMINDER
    just_before = datetime(2026, 10, 24, 9, tzinfo=UTC) - A_MOMENT
    assert reminder_due(ten_on_the_morning_after, NOON - 60 * DAY, just_before) is None
