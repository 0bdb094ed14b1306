"""A kiosk that cannot serve notes it, one that fell over finds the gap, and the server is told until it holds it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import apsw
import pytest

from core.outages import SHORTEST, OutageWhy
from core.protocol import Heard, Outage, Stamp, Tell
from kiosk.camera.health import CameraState
from kiosk.desk_health import DeskHealth
from kiosk.faces import Trouble
from kiosk.outages import BEAT_EVERY, LOOK_EVERY, OutageWatch
from kiosk.troubles import trouble_of
from tests.kiosk.at_the_desk import SIX_PM, Clocks, FakeServer, Kiosk, a_kiosk, reopened

SHORT = SHORTEST.total_seconds()
STEP = LOOK_EVERY.total_seconds()
TOO_LONG = SHORT + STEP
"""The first look that finds that something has lasted longer than what is too short."""


@dataclass
class Watched:
    """A kiosk whose outages are watched; `trouble` is what stands in its way."""

    kiosk: Kiosk
    trouble: OutageWhy | None = None
    boot: str = "boot-1"
    watch: OutageWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = OutageWatch(
            self.kiosk.store, boot=self.boot, now=self.kiosk.clocks.now, time=self.kiosk.desk.time,
            trouble=lambda: self.trouble, random_bits=Random(f"{self.boot} {self.kiosk.clocks.mono}").getrandbits,
        )  # fmt: skip
        self.watch.look()

    def goes_on(self, seconds: float) -> None:
        """Time goes by, looked at every five seconds, as the kiosk does."""
        while seconds > 0:
            self.kiosk.clocks.pass_by(min(STEP, seconds))
            self.watch.look()
            seconds -= STEP

    def starts_again(self, after: float, *, boot: str = "boot-1", is_off: bool = False) -> "Watched":
        """The process ends, on purpose if `is_off`, and a new one begins so many seconds later."""
        if is_off:
            self.watch.turned_off()
        self.kiosk.store.close()
        self.kiosk.clocks.pass_by(after)
        again = reopened(self.kiosk.folder, self.kiosk.clocks, self.kiosk.server, boot=boot)
        return Watched(again, boot=boot)

    @property
    def noted(self) -> list[tuple[str, float, float | None]]:
        """What, from when, and until when, in seconds since six by the clock that never jumps."""
        found = self.kiosk.store.outages.to_tell()
        return [(one.why, _seconds(one.began) or 0.0, _seconds(one.ended)) for one in found]


def _seconds(stamp: Stamp | None) -> float | None:
    return stamp.t_mono / 1000 - 1000.0 if stamp else None


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(a_kiosk(tmp_path / "kiosk"))


def test_a_kiosk_that_serves_notes_nothing(watched: Watched) -> None:
    watched.goes_on(3600)
    assert watched.noted == []


@pytest.mark.parametrize(("lasts", "is_noted"), [(SHORT, False), (TOO_LONG, True)])
def test_a_trouble_that_is_over_is_noted_if_it_lasted(watched: Watched, lasts: float, is_noted: bool) -> None:
    watched.goes_on(60)
    watched.trouble = OutageWhy.CAMERA
    watched.goes_on(lasts)
    assert watched.noted == []
    watched.trouble = None
    watched.goes_on(STEP)
    assert watched.noted == ([("CAMERA", 60 + STEP, 60 + STEP + lasts)] if is_noted else [])


@pytest.mark.parametrize(("lasts", "is_noted"), [(SHORT, False), (TOO_LONG, True)])
def test_a_trouble_that_lasts_is_noted_before_it_is_over(watched: Watched, lasts: float, is_noted: bool) -> None:
    watched.trouble = OutageWhy.CAMERA
    watched.goes_on(STEP + lasts)
    assert watched.noted == ([("CAMERA", STEP, None)] if is_noted else [])


def test_a_camera_that_flickers_is_not_out_of_order(watched: Watched) -> None:
    for _ in range(20):
        watched.trouble = OutageWhy.CAMERA
        watched.goes_on(SHORT - STEP)
        watched.trouble = None
        watched.goes_on(STEP)
    assert watched.noted == []


def test_one_trouble_after_another_is_one_outage(watched: Watched) -> None:
    for why in (OutageWhy.CAMERA, OutageWhy.CLOCK, OutageWhy.NO_MEMBER_LIST):
        watched.trouble = why
        watched.goes_on(60)
    watched.trouble = None
    watched.goes_on(STEP)
    assert watched.noted == [("CAMERA", STEP, 180 + STEP)]


@pytest.mark.parametrize(("off_for", "is_noted"), [(SHORT - 30, False), (SHORT + 1, True), (36_000, True)])
def test_a_kiosk_that_fell_over_finds_the_gap_since_it_last_beat(
    watched: Watched, off_for: float, is_noted: bool
) -> None:
    watched.goes_on(45)
    again = watched.starts_again(off_for)
    assert again.noted == ([("NOT_RUNNING", BEAT_EVERY.total_seconds(), 45 + off_for)] if is_noted else [])


def test_what_was_in_the_way_when_it_fell_over_ended_with_its_last_beat(watched: Watched) -> None:
    watched.trouble = OutageWhy.CAMERA
    watched.goes_on(STEP + 200)
    again = watched.starts_again(600)
    camera, gap = again.noted
    assert camera[0] == "CAMERA" and gap[0] == "NOT_RUNNING"
    assert camera[2] == gap[1]
    assert gap[2] == 800 + STEP


@pytest.mark.parametrize(("off_for", "is_noted"), [(SHORT, False), (SHORT + 1, True)])
def test_a_kiosk_that_is_turned_off_says_so_and_for_how_long(watched: Watched, off_for: float, is_noted: bool) -> None:
    watched.goes_on(50)
    again = watched.starts_again(off_for, is_off=True)
    assert again.noted == ([("TURNED_OFF", 50, 50 + off_for)] if is_noted else [])


def test_turning_it_off_ends_what_was_in_the_way(watched: Watched) -> None:
    watched.trouble = OutageWhy.CAMERA
    watched.goes_on(STEP + 200)
    again = watched.starts_again(600, is_off=True)
    assert [one[0] for one in again.noted] == ["CAMERA", "TURNED_OFF"]
    assert again.noted[0][2] == again.noted[1][1] == 200 + STEP


def test_a_gap_over_a_restart_of_the_machine_is_told_though_its_clock_is_wrong(watched: Watched) -> None:
    """The new start believes it to be six, hours ago. The server, who knows, measures the gap."""
    watched.goes_on(3600)
    watched.kiosk.store.note_contact(watched.kiosk.clocks.at)
    watched.kiosk.clocks.at = SIX_PM - timedelta(hours=1)
    again = watched.starts_again(0, boot="boot-2")
    told = again.kiosk.store.outages.to_tell()
    assert [(one.why, one.began.boot, one.ended and one.ended.boot) for one in told] == [
        ("NOT_RUNNING", "boot-1", "boot-2")
    ]


def test_a_machine_that_slept_was_not_running(watched: Watched) -> None:
    watched.goes_on(50)
    watched.kiosk.clocks.pass_by(7200)
    watched.watch.look()
    assert watched.noted == [("NOT_RUNNING", 50, 7250)]
    watched.goes_on(60)
    assert len(watched.noted) == 1


def test_a_kiosk_that_is_not_paired_misses_nobody(tmp_path: Path) -> None:
    clocks = Clocks()
    kiosk = reopened(tmp_path / "kiosk", clocks, FakeServer(clocks))
    watched = Watched(kiosk, trouble=OutageWhy.NO_MEMBER_LIST)
    watched.goes_on(3600)
    assert watched.starts_again(3600, is_off=True).noted == []


def test_a_disk_that_fails_is_an_outage_as_long_as_it_fails(watched: Watched) -> None:
    outages = watched.kiosk.store.outages

    class Full:
        """A disk on which nothing fits any more."""

        def __getattr__(self, name: str) -> object:
            return getattr(outages, name)

        def write(self, **what: object) -> None:
            raise apsw.FullError("disk is full")

    watched.goes_on(60)
    watched.kiosk.store.outages = Full()  # type: ignore[assignment]
    watched.goes_on(300)
    watched.kiosk.store.outages = outages
    assert watched.noted == []
    watched.goes_on(STEP)
    ((why, began, ended),) = watched.noted
    assert why == "DISK"
    assert 60 < began <= 60 + BEAT_EVERY.total_seconds()
    assert ended == 360 + STEP


# ---- told


def told(kiosk: Kiosk) -> tuple[Outage, ...]:
    """Of what the server heard with the last tell."""
    kiosk.desk.sync()
    return kiosk.server.tells[-1].hello.outages


class Holding(FakeServer):
    """A server that knows outages, and holds all it is told of."""

    def tell(self, tell: Tell) -> Heard:
        heard = super().tell(tell)
        return replace(heard, outages_held=tuple(outage.id for outage in tell.hello.outages))


def holding(folder: Path) -> Watched:
    clocks = Clocks()
    kiosk = a_kiosk(folder, clocks=clocks)
    kiosk.store.close()
    return Watched(reopened(folder, clocks, Holding(clocks)))


def out_of_order(watched: Watched, seconds: float = 300) -> None:
    watched.trouble = OutageWhy.CAMERA
    watched.goes_on(seconds)


def test_an_outage_is_told_until_the_server_holds_its_end(tmp_path: Path) -> None:
    watched = holding(tmp_path / "kiosk")
    out_of_order(watched)
    for _ in range(2):
        (lasting,) = told(watched.kiosk)
        assert (lasting.why, lasting.ended) == ("CAMERA", None)
    watched.trouble = None
    watched.goes_on(STEP)
    (over,) = told(watched.kiosk)
    assert over.id == lasting.id and over.ended is not None
    assert told(watched.kiosk) == ()


def test_an_end_that_came_while_the_server_was_told_of_the_beginning_is_told_too(tmp_path: Path) -> None:
    watched = holding(tmp_path / "kiosk")
    out_of_order(watched)

    class Slow(Holding):
        def tell(self, tell: Tell) -> Heard:
            watched.trouble = None
            watched.goes_on(STEP)
            return super().tell(tell)

    slow = reopened(watched.kiosk.folder, watched.kiosk.clocks, Slow(watched.kiosk.clocks))
    (lasting,) = told(slow)
    assert lasting.ended is None
    (over,) = told(slow)
    assert over.ended is not None


def test_a_server_that_knows_no_outages_is_told_again_once_it_does(tmp_path: Path) -> None:
    watched = Watched(a_kiosk(tmp_path / "kiosk"))
    out_of_order(watched)
    watched.trouble = None
    watched.goes_on(STEP)
    assert len(told(watched.kiosk)) == len(told(watched.kiosk)) == 1


def test_a_server_that_lost_what_it_had_is_told_again(tmp_path: Path) -> None:
    watched = holding(tmp_path / "kiosk")
    out_of_order(watched)
    watched.trouble = None
    watched.goes_on(STEP)
    watched.kiosk.desk.sync()
    assert told(watched.kiosk) == ()
    server = watched.kiosk.server
    watched.kiosk.desk.show_card("not a card of ours")
    watched.kiosk.desk.sync()
    server.stored.clear()
    watched.kiosk.desk.sync()
    assert len(told(watched.kiosk)) == 0
    assert any(tell.hello.outages for tell in server.tells[-3:])


def test_what_the_server_has_held_for_two_weeks_is_cleared_away(tmp_path: Path) -> None:
    watched = holding(tmp_path / "kiosk")
    out_of_order(watched)
    watched.trouble = None
    watched.goes_on(STEP)
    outages = watched.kiosk.store.outages
    told(watched.kiosk)
    fortnight = watched.kiosk.clocks.at + timedelta(days=14)
    for moment, is_left in ((fortnight, True), (fortnight + timedelta(milliseconds=1), False)):
        outages.clear_away(moment)
        outages.tell_again()
        assert bool(outages.to_tell()) is is_left
        outages.held([one.id for one in outages.to_tell()], watched.kiosk.clocks.at)


@pytest.mark.parametrize(
    ("changed", "camera", "trouble"),
    [
        ({}, CameraState.WORKING, None),
        ({}, None, None),
        ({}, CameraState.OFF, None),
        ({}, CameraState.MISSING, Trouble.CAMERA),
        ({}, CameraState.STALLED, Trouble.CAMERA),
        ({}, CameraState.BLACK, Trouble.CAMERA),
        ({"rejected_as": "device.revoked"}, CameraState.BLACK, Trouble.REVOKED),
        ({"list_age": None}, CameraState.WORKING, Trouble.NO_MEMBER_LIST),
        ({"list_age": None, "is_online": True}, CameraState.WORKING, None),
    ],
)
def test_what_stands_in_the_way(
    watched: Watched, changed: dict[str, object], camera: CameraState | None, trouble: Trouble | None
) -> None:
    health: DeskHealth = replace(watched.kiosk.desk.health(), **changed)  # type: ignore[arg-type]
    assert trouble_of(health, camera) is trouble
