"""One card shown once is one attempt, on both sides of the moment out of sight."""

import pytest

from kiosk.camera.debounce import LONGEST_UNREAD, OUT_OF_SIGHT, Debounce
from kiosk.camera.reading import Corners

HERE: Corners = ((100, 100), (200, 100), (200, 200), (100, 200))
ELSEWHERE: Corners = ((600, 100), (700, 100), (700, 200), (600, 200))
ALICE, BOB = b"T1ALICE", b"T1BOB"


def attempts(shown: list[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
    debounce = Debounce()
    return [(at, payload) for at, payload in shown if debounce.is_new_attempt(payload, HERE, at)]


@pytest.mark.parametrize(
    "shown, told",
    [
        pytest.param([(0, ALICE)], [(0, ALICE)], id="shown"),
        pytest.param([(i / 30, ALICE) for i in range(900)], [(0, ALICE)], id="held for half a minute"),
        pytest.param([(0, ALICE), (1.19, ALICE)], [(0, ALICE)], id="gone just too short"),
        pytest.param([(0, ALICE), (1.2, ALICE)], [(0, ALICE), (1.2, ALICE)], id="gone just long enough"),
        pytest.param([(0, ALICE), (1.1, ALICE), (2.2, ALICE)], [(0, ALICE)], id="flickering"),
        pytest.param([(0, ALICE), (0.03, BOB)], [(0, ALICE), (0.03, BOB)], id="another card at once"),
        pytest.param([(0, ALICE), (0.5, BOB), (1.0, ALICE)], [(0, ALICE), (0.5, BOB)], id="two cards taking turns"),
        pytest.param([(0, ALICE), (0.5, BOB), (1.2, ALICE)], [(0, ALICE), (0.5, BOB), (1.2, ALICE)], id="and back"),
        pytest.param([(1.0, ALICE), (0.9, ALICE), (2.1, ALICE)], [(1.0, ALICE)], id="a late slow look"),
    ],
)
def test_one_showing_is_one_attempt(shown, told):
    assert attempts(shown) == told


def test_a_card_that_is_tilted_away_but_still_seen_has_not_left():
    debounce = Debounce()
    assert debounce.is_new_attempt(ALICE, HERE, 0.0)
    for at in (0.6, 1.2 - 0.01, 2.0, 3.0):
        debounce.seen_unread(HERE, at)
    assert not debounce.is_new_attempt(ALICE, HERE, 3.5)


def test_a_poster_elsewhere_does_not_keep_a_card_in_view():
    debounce = Debounce()
    debounce.is_new_attempt(ALICE, HERE, 0.0)
    debounce.seen_unread(ELSEWHERE, 1.0)
    assert debounce.is_new_attempt(ALICE, HERE, OUT_OF_SIGHT)


def test_a_code_on_the_wall_behind_keeps_a_card_in_view_for_seconds_only():
    debounce = Debounce()
    debounce.is_new_attempt(ALICE, HERE, 0.0)
    at = 0.0
    while at < LONGEST_UNREAD + OUT_OF_SIGHT:
        debounce.seen_unread(HERE, at)
        at += 0.5
    assert debounce.is_new_attempt(ALICE, HERE, LONGEST_UNREAD + OUT_OF_SIGHT)
