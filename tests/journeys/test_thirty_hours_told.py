"""A kiosk that was alone for 30 hours tells a thousand attempts; whoever comes meanwhile is answered by the server."""

from pathlib import Path

import pytest

from core.protocol import AttemptState
from tests.drain.draining import drain

LONG_ENOUGH = 15.0
"""Seconds to wait for an answer: this says who answers while the queue is told, `make drain` says how fast."""


@pytest.mark.timeout(300)
def test_new_cards_are_answered_by_the_server_while_thirty_hours_are_told(tmp_path: Path) -> None:
    drained = drain(tmp_path, attempts=1000, deadline=LONG_ENOUGH)
    assert (drained.queued, drained.told) == (1000, 1000)
    assert drained.wrong == []
    assert set(drained.answers) == {AttemptState.SERVER}
    assert drained.answers[AttemptState.SERVER] > 3, "several came while it was told"
