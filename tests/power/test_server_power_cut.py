"""The server's power is cut at any write: what it had answered, and what it had said was stored, is there."""

from pathlib import Path

from tests.power.server_images import cut_and_look

IMAGES = 12


def test_what_the_server_acknowledged_is_there_after_a_power_cut(sqlite_template: Path, tmp_path: Path) -> None:
    acknowledged = 0
    for seed in range(IMAGES):
        folder = tmp_path / str(seed)
        folder.mkdir()
        evening = cut_and_look(seed, sqlite_template, folder)
        assert evening.lost == [], f"seed {seed}"
        acknowledged += len(evening.acknowledged)
    assert acknowledged > 5 * IMAGES
