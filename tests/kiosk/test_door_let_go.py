"""A GPIO line is held for its time and let go once, whatever comes in between: a door closes on nobody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from kiosk.door import DoorTrouble
from kiosk.door_gpio import GpioActor
from kiosk.door_settings import Sign


@dataclass
class Line:
    is_active: bool = False
    is_failing: bool = False

    def put(self, is_active: bool) -> None:
        if self.is_failing:
            raise OSError("the chip does not answer")
        self.is_active = is_active


@dataclass
class OneLater:
    """Runs out when the test says so; called off in the very moment it runs out, it is too late for that."""

    seconds: float
    work: Callable[[], None]
    daemon: bool = False
    has_begun: bool = False
    is_off: bool = False

    def start(self) -> None:
        self.has_begun = True

    def cancel(self) -> None:
        self.is_off = True


@dataclass
class Door:
    line: Line = field(default_factory=Line)
    begun: list[OneLater] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.actor = GpioActor(self.line, held=timedelta(seconds=4), later=self._later)

    def _later(self, seconds: float, work: Callable[[], None]) -> OneLater:
        self.begun.append(OneLater(seconds, work))
        return self.begun[-1]


def test_a_line_is_held_for_its_time_and_then_let_go() -> None:
    door = Door()
    door.actor.act(Sign.OPEN)
    (release,) = door.begun
    assert door.line.is_active and (release.seconds, release.has_begun, release.daemon) == (4, True, True)
    release.work()
    assert not door.line.is_active


def test_whoever_is_welcome_as_the_time_of_the_one_before_runs_out_finds_the_door_open_for_all_of_theirs() -> None:
    door = Door()
    door.actor.act(Sign.OPEN)
    door.actor.act(Sign.OPEN)
    first, second = door.begun
    assert first.is_off and not second.is_off
    first.work()
    assert door.line.is_active and not second.is_off
    second.work()
    assert not door.line.is_active


def test_a_line_that_fails_while_it_is_held_is_let_go_all_the_same() -> None:
    door = Door()
    door.actor.act(Sign.OPEN)
    door.line.is_failing = True
    with pytest.raises(DoorTrouble):
        door.actor.act(Sign.OPEN)
    door.line.is_failing = False
    (release,) = door.begun
    assert not release.is_off
    release.work()
    assert not door.line.is_active


def test_a_lamp_that_is_put_out_is_not_put_out_again_while_it_is_lit_for_the_next() -> None:
    door = Door()
    door.actor.act(Sign.GOOD)
    door.actor.rest()
    assert not door.line.is_active and door.begun[0].is_off
    door.actor.act(Sign.GOOD)
    door.begun[0].work()
    assert door.line.is_active
