"""A hundred kills of real processes: every welcome that was on a screen is held, and no visit costs two punches."""

from pathlib import Path

import pytest

from tests.kill.evening import killed_evening

KILLS = 100


@pytest.mark.timeout(300)
def test_no_welcome_is_lost_and_no_visit_is_paid_twice_whatever_is_killed(tmp_path: Path) -> None:
    books = killed_evening(tmp_path, kills=KILLS, seed=1)
    assert books.wrong == []
    assert sum(books.kills.values()) == KILLS
    assert min(books.kills.values()) > 0 and len(books.kills) == 3, "kiosk, server and both together were killed"
    assert 0 < books.by_server < books.welcomes, "some were decided by the server, some by the kiosk alone"
    assert books.punches > 0 and books.interrupted > 0, "some kills fell between a card shown and its screen"
