"""A night that suspends far more members than usual: both sides of both boundaries."""

import pytest

from core.spikes import NIGHTS, Spike, spike

QUIET = [0] * NIGHTS


@pytest.mark.parametrize(
    "count, before, is_it",
    [
        (0, QUIET, False),
        (4, QUIET, False),
        (5, QUIET, True),
        (5, [], True),
        (5, [2] * NIGHTS, False),
        (5, [2] * 14 + [1] * 14, True),
        (6, [2] * NIGHTS, True),
        (8, [3] * 27 + [0], False),
        (9, [3] * NIGHTS, True),
        (8, [3] * NIGHTS, False),
    ],
)
def test_at_least_five_and_three_times_as_many_as_usual(count: int, before: list[int], is_it: bool) -> None:
    found = spike(count, before)
    usual = sum(before) / len(before) if before else 0.0
    assert found == (Spike(count=count, usual=usual) if is_it else None)
