"""What a kiosk tells of itself with every heartbeat, and the line by which it tells staff that nobody hears it."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from core.health import HealthWord as W
from kiosk import faces
from kiosk.camera.named import source_named
from kiosk.camera.scanner import Scanner, ScannerEvents
from kiosk.camera.sources import Timing
from kiosk.greeter import Greeter
from kiosk.standing import Installation, health_told, kind_of_camera
from tests.kiosk.at_the_desk import ANAS_CARD, Kiosk, a_kiosk

FREE = 41_000_000_000


def greeter_at(kiosk: Kiosk) -> Greeter:
    greeter = Greeter(
        kiosk.desk, now=kiosk.clocks.now, serve=lambda work: work(), pair=lambda code: None, languages=("en", "de")
    )
    greeter.tick()
    return greeter


def told(kiosk: Kiosk, greeter: Greeter, free: int | None = FREE) -> dict[str, str]:
    """What the next heartbeat says, with a camera that has not looked yet."""
    events = ScannerEvents(
        on_card=greeter.on_card,
        on_candidate=greeter.on_candidate,
        on_nothing=greeter.on_nothing,
        on_health=greeter.camera_health,
    )
    timing = Timing(clock=lambda: kiosk.clocks.mono, sleep=kiosk.clocks.pass_by)
    scanner = Scanner(source_named("none", timing, random=Random(1)), events, clock=timing.clock)
    here = Installation(camera_source="none", tessera="1.2", sqlite="3.46", disk_free=lambda: free)
    return health_told(kiosk.desk, greeter, scanner, here)


def test_a_kiosk_that_is_well_tells_so_in_known_words(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    greeter = greeter_at(kiosk)
    kiosk.desk.sync()
    said = told(kiosk, greeter)
    assert set(said) <= {word.value for word in W}
    assert said[W.CAMERA] == "STARTING"
    assert (said[W.CAMERA_SOURCE], said[W.TESSERA], said[W.SQLITE]) == ("none", "1.2", "3.46")
    assert (said[W.UNSENT], said[W.ONLINE], said[W.INTERRUPTED]) == ("0", "yes", "0")
    assert (said[W.DISK], said[W.DISK_FREE], said[W.LIST_AGE]) == ("ok", str(FREE), "0")
    assert not {W.HELP_CALLED.value, W.DAMAGED_FILE.value, W.ANSWER_P50.value} & set(said), "nothing that is not so"


def test_a_disk_that_does_not_answer_and_a_list_that_never_came_are_told(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None, is_online=False)
    said = told(kiosk, greeter_at(kiosk), free=None)
    assert (said[W.DISK], said[W.ONLINE]) == ("failing", "no")
    assert W.DISK_FREE.value not in said and W.LIST_AGE.value not in said


def test_a_call_for_help_is_told_while_it_lasts(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    greeter = greeter_at(kiosk)
    greeter.scanner_typed(ANAS_CARD.text)
    greeter.tap_call_staff()
    assert isinstance(greeter.face, faces.StaffIsComing)
    said = told(kiosk, greeter)
    assert (said[W.HELP_CALLED], said[W.UNSENT]) == (str(greeter.face.number), "1")
    greeter.tap_next()
    assert W.HELP_CALLED.value not in told(kiosk, greeter)


@pytest.mark.parametrize(
    "camera, kind",
    [("rtsp://staff:secret@10.0.0.7/door", "stream"), ("/dev/video0", "device"), ("0", "device"), ("demo", "demo")],
)
def test_a_cameras_address_stays_here(camera: str, kind: str) -> None:
    assert kind_of_camera(camera) == kind


@pytest.mark.parametrize("short_by, is_said", [(2, False), (0, True)])
def test_after_six_hours_unheard_staff_are_told_since_when_and_how_much_waits(
    tmp_path: Path, short_by: int, is_said: bool
) -> None:
    kiosk = a_kiosk(tmp_path)
    greeter = greeter_at(kiosk)
    kiosk.desk.sync()
    heard_at = kiosk.desk.time().at
    kiosk.server.is_up = False
    greeter.scanner_typed(ANAS_CARD.text)
    greeter.tap_next()
    kiosk.clocks.pass_by(timedelta(hours=6).total_seconds() - short_by)
    greeter.tick()
    face = greeter.face
    assert isinstance(face, faces.Waiting)
    assert face.out_of_touch == (faces.OutOfTouch(since_at=heard_at, waiting=1) if is_said else None)
    kiosk.server.is_up = True
    kiosk.desk.sync()
    kiosk.clocks.pass_by(2)
    greeter.tick()
    assert isinstance(greeter.face, faces.Waiting) and greeter.face.out_of_touch is None
