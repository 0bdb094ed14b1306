"""Some hundred cards at one door: none is missed, the screen is never blank, and nothing grows."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.soak.levels import Level
from tests.soak.soaking import soak


@pytest.mark.timeout(600)
def test_two_hundred_cards_are_all_answered_on_a_screen_that_is_never_blank(browser: Browser, tmp_path: Path) -> None:
    soaked = soak(tmp_path, browser, cards=200, noted=lambda so_far: None)
    assert soaked.wrong == []
    assert soaked.told["cards"] == 200
    assert {"WELCOME", "REFUSED"} <= set(soaked.told["outcomes"])
    assert {"Welcome", "AlreadyIn", "No"} <= set(soaked.faces)


def level(values: list[float], *, slack: float = 0.05, step: float = 4.0) -> Level:
    made = Level("memory", "MB", slack=slack, step=step)
    for number, value in enumerate(values):
        made.note(number * 10, value)
    return made


def test_what_rises_with_every_card_is_found_and_what_only_swings_is_not() -> None:
    assert not level([200 + number * 0.5 for number in range(100)]).is_level
    assert level([200 + (number % 7) * 2 for number in range(100)]).is_level
    assert level([200.0 - number for number in range(100)]).is_level


def test_what_fills_up_in_the_beginning_is_no_leak() -> None:
    assert level([100 + min(number, 20) * 5 for number in range(100)]).is_level
    assert level([100 + min(number, 40) * 5 for number in range(100)]).rise > 20


@pytest.mark.parametrize("rise, is_level", [(3.9, True), (4.1, False)])
def test_a_little_is_allowed_and_no_more(rise: float, is_level: bool) -> None:
    warm = [50 + rise * number / 30 for number in range(31)]
    assert level([50.0] * 10 + warm).is_level is is_level


def test_what_was_never_measured_is_said() -> None:
    assert "never measured" in level([]).in_words()
