"""A card at two venues at once was copied; a card at two kiosks of one venue was carried."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.copies import Sighting, is_impossible, longest_travel
from core.policy import Policy, TravelTime

SIX_PM = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
POLICY = Policy()
TEN_MINUTES = timedelta(minutes=10)
A_MOMENT = timedelta(milliseconds=1)
AT_THE_KILN = Sighting(attempt_id="a", card="alices", venue_id="kiln", at=SIX_PM)
AT_THE_LOOM = Sighting(attempt_id="b", card="alices", venue_id="loom", at=SIX_PM)


def after(pause: timedelta, sighting: Sighting = AT_THE_LOOM) -> Sighting:
    return replace(sighting, at=SIX_PM + pause)


def test_two_venues_within_ten_minutes_is_impossible_and_at_ten_it_is_not() -> None:
    assert is_impossible(AT_THE_KILN, after(timedelta(0)), POLICY)
    assert is_impossible(AT_THE_KILN, after(TEN_MINUTES - A_MOMENT), POLICY)
    assert not is_impossible(AT_THE_KILN, after(TEN_MINUTES), POLICY)


def test_which_was_told_first_does_not_matter() -> None:
    late = after(TEN_MINUTES - A_MOMENT)
    assert is_impossible(late, AT_THE_KILN, POLICY)
    assert not is_impossible(after(TEN_MINUTES), AT_THE_KILN, POLICY)


def test_two_kiosks_of_one_venue_are_beside_each_other() -> None:
    assert not is_impossible(AT_THE_KILN, replace(AT_THE_KILN, attempt_id="c"), POLICY)


def test_two_cards_are_two_people() -> None:
    assert not is_impossible(AT_THE_KILN, replace(AT_THE_LOOM, card="bobs"), POLICY)


def test_a_clock_that_may_be_wrong_suspects_nobody() -> None:
    """Six minutes apart, give or take four, may have been ten; give or take a moment less, it was not."""
    six_later = after(timedelta(minutes=6))
    assert not is_impossible(replace(AT_THE_KILN, error=timedelta(minutes=4)), six_later, POLICY)
    assert is_impossible(replace(AT_THE_KILN, error=timedelta(minutes=4) - A_MOMENT), six_later, POLICY)


def test_venues_in_one_street_and_in_two_towns_have_times_of_their_own() -> None:
    policy = Policy(
        travel_times=(
            TravelTime(venue_id="loom", other_venue_id="kiln", takes=timedelta(minutes=2)),
            TravelTime(venue_id="kiln", other_venue_id="dye", takes=timedelta(hours=2)),
        )
    )
    assert is_impossible(AT_THE_KILN, after(timedelta(seconds=119)), policy)
    assert not is_impossible(AT_THE_KILN, after(timedelta(minutes=2)), policy)
    assert is_impossible(AT_THE_KILN, replace(after(timedelta(minutes=119)), venue_id="dye"), policy)
    assert longest_travel(policy) == timedelta(hours=2)
    assert longest_travel(POLICY) == TEN_MINUTES


def test_a_studio_may_turn_it_off() -> None:
    assert not is_impossible(AT_THE_KILN, AT_THE_LOOM, Policy(travel_time=timedelta(0)))
