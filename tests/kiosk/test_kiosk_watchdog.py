"""systemd is told that the kiosk is well only while it is: else it falls silent, and is started anew."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
import uvicorn

from kiosk.camera.sources import CameraMissing, Frame, SourceEnded
from kiosk.on_air import Screen
from kiosk.running import Serving
from kiosk.settings import KioskSettings
from kiosk.watchdog import (
    ALL,
    CAMERA,
    CARDS,
    GREETER,
    HANGS_AFTER,
    PAGE,
    Beat,
    Watchdog,
    WatchedSource,
    line_to,
    what_hangs,
)

WELL = {name: Beat(at=100.0) for name in ALL}


class System:
    """systemd's end of the line, and the kiosk's clock."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.mono = 100.0

    def watchdog(self, every: timedelta | None = None) -> Watchdog:
        return Watchdog(self.lines.append, lambda: self.mono, every)


class Camera:
    """Does as it is told to: a frame, None, or something raised."""

    does: object = None

    def open(self) -> None:
        if isinstance(self.does, Exception):
            raise self.does

    def read(self) -> Frame | None:
        if isinstance(self.does, Exception):
            raise self.does
        return self.does if isinstance(self.does, Frame) else None

    def close(self) -> None:
        self.does = None


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("silent_for, hangs", [(HANGS_AFTER - 0.001, False), (HANGS_AFTER, True)])
def test_each_part_that_does_not_go_round_is_missed(name: str, silent_for: float, hangs: bool) -> None:
    beats = {**{other: Beat(at=100.0 + silent_for) for other in ALL}, name: Beat(at=100.0)}
    assert what_hangs(beats, 100.0 + silent_for) == ((name,) if hangs else ())


def test_a_part_that_was_never_heard_hangs_and_one_that_ended_does_not() -> None:
    assert what_hangs({CARDS: Beat(at=100.0), GREETER: Beat(at=100.0), PAGE: Beat(at=100.0)}, 100.0) == (CAMERA,)
    assert what_hangs({**WELL, CAMERA: Beat(at=0.0, has_ended=True)}, 100.0) == ()


def test_the_system_is_fed_while_all_is_well_hears_why_when_not_and_again_when_it_is_mended() -> None:
    system = System()
    watchdog = system.watchdog()
    assert watchdog.look() and system.lines == ["WATCHDOG=1"]
    system.mono += HANGS_AFTER
    watchdog.went_round(CARDS)
    watchdog.went_round(GREETER)
    watchdog.went_round(PAGE)
    assert not watchdog.look() and not watchdog.look()
    assert system.lines[1:] == [f"STATUS=No sign of life from {CAMERA}"], "said once, and not fed"
    watchdog.went_round(CAMERA)
    assert watchdog.look() and system.lines[2:] == ["STATUS=All is well", "WATCHDOG=1"]


@pytest.mark.parametrize(
    "does, is_fed",
    [
        (Frame(np.zeros((2, 2, 3), np.uint8), 1.0), True),
        (None, True),
        (CameraMissing("There is no camera."), True),
        (SourceEnded(), True),
    ],
    ids=["frames", "stalled-but-turning", "unplugged", "no-camera"],
)
def test_a_camera_that_is_away_is_no_reason_to_start_anew(does: object, is_fed: bool) -> None:
    system, camera = System(), Camera()
    watchdog = system.watchdog()
    source = WatchedSource(camera, watchdog)
    system.mono += HANGS_AFTER + 1
    watchdog.went_round(CARDS)
    watchdog.went_round(GREETER)
    watchdog.went_round(PAGE)
    assert not watchdog.look(), "until the camera's thread goes round"
    camera.does = does
    for step in (source.open, source.read):
        try:
            step()
        except (CameraMissing, SourceEnded) as raised:
            assert raised is does
    assert watchdog.look() is is_fed


def test_a_driver_that_never_returns_starves_the_watchdog() -> None:
    """`read` is called and nothing comes back: nobody goes round."""
    system = System()
    watchdog = system.watchdog()
    WatchedSource(Camera(), watchdog).open()
    for _ in range(5):
        system.mono += HANGS_AFTER / 4
        watchdog.went_round(CARDS)
        watchdog.went_round(GREETER)
        watchdog.went_round(PAGE)
        watchdog.look()
    assert system.lines.count("WATCHDOG=1") == 3


def test_an_answer_that_never_comes_starves_the_watchdog() -> None:
    """A piece of work hangs, and the thread that answers cards does not go round."""
    rounds: list[None] = []
    stopping, hangs, goes_on = Event(), Event(), Event()

    def hang() -> None:
        hangs.set()
        goes_on.wait()
        stopping.set()

    serving = Serving()
    serving.serve(hang)
    thread = Thread(target=lambda: serving.run(stopping, went_round=lambda: rounds.append(None)))
    thread.start()
    assert hangs.wait(10)
    while_it_hangs = len(rounds)
    thread.join(0.3)
    assert thread.is_alive() and len(rounds) == while_it_hangs == 1
    goes_on.set()
    thread.join(10)
    assert not thread.is_alive()


def test_the_newest_frame_stays_at_hand() -> None:
    camera = Camera()
    source = WatchedSource(camera, System().watchdog())
    camera.does = seen = Frame(np.zeros((2, 2, 3), np.uint8), 1.0)
    assert source.read() is seen
    camera.does = None
    assert source.read() is None and source.newest is seen


@pytest.mark.parametrize("every, pause", [(None, 5.0), (timedelta(seconds=60), 15.0)])
def test_it_is_fed_four_times_as_often_as_the_system_asks(every: timedelta | None, pause: float) -> None:
    assert System().watchdog(every).pause == pause


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(path)
        system.settimeout(5)
        yield path, system


def test_the_lines_arrive_at_the_socket_that_the_environment_names(listening: tuple[str, socket.socket]) -> None:
    path, system = listening
    settings = KioskSettings.from_environment(environment={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "60000000"})
    assert settings.watchdog == timedelta(seconds=60)
    watchdog = Watchdog(line_to(settings.notify_socket), lambda: 1.0, settings.watchdog)
    watchdog.is_ready()
    watchdog.look()
    watchdog.is_stopping()
    assert [system.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_an_abstract_socket_is_understood() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(b"\0tessera-test-notify")
        system.settimeout(5)
        line_to("@tessera-test-notify")("READY=1")
        assert system.recv(100) == b"READY=1"


def test_without_systemd_nothing_is_said_and_one_that_does_not_listen_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    line_to("")("READY=1")
    say = line_to(str(tmp_path / "nobody"))
    say("READY=1")
    say("WATCHDOG=1")
    assert len(caplog.records) == 1


def test_the_screen_says_when_it_is_on_the_air_and_that_its_loop_turns(listening: tuple[str, socket.socket]) -> None:
    path, system = listening
    mono = [100.0]
    watchdog = Watchdog(line_to(path), lambda: mono[0])

    async def answer(scope: object, receive: object, send: object) -> None:
        raise AssertionError("nobody asked")

    async def an_evening() -> None:
        config = uvicorn.Config(answer, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
        screen = Screen(config, lambda: None, watchdog)
        serving = asyncio.create_task(screen.serve())
        await asyncio.to_thread(system.recv, 100, socket.MSG_PEEK)
        mono[0] += HANGS_AFTER
        watchdog.went_round(CAMERA)
        watchdog.went_round(CARDS)
        watchdog.went_round(GREETER)
        await asyncio.sleep(0.3)
        assert watchdog.look(), "the loop turned meanwhile"
        screen.should_exit = True
        await serving

    asyncio.run(an_evening())
    assert [system.recv(100) for _ in range(2)] == [b"READY=1", b"WATCHDOG=1"]


def test_a_kiosk_that_is_ended_in_order_says_so(listening: tuple[str, socket.socket]) -> None:
    path, system = listening
    ended: list[str] = []
    config = uvicorn.Config("nothing", host="127.0.0.1", port=0)
    Screen(config, lambda: ended.append("pictures"), Watchdog(line_to(path), lambda: 1.0)).handle_exit(15, None)
    assert system.recv(100) == b"STOPPING=1" and ended == ["pictures"]
