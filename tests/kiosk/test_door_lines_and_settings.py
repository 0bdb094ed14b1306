"""Relays and lamps on a board's lines, and what the settings of doors and lamps say of a slip of the pen."""

import json
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from core.decisions import Admitted, Refused
from core.errors import Invalid
from core.health import HealthWord as W
from core.refusals import RefusalReason as R
from kiosk import door_set_up
from kiosk.door import DoorTrouble, Outlet
from kiosk.door_settings import DoorSettings, GpioAct, HttpAct, Sign, door_settings, filled
from kiosk.settings import KioskSettings
from tests.kiosk.at_the_desk import WHEEL
from tests.kiosk.test_door_opened import Working, at_the_desk, running, until

SECRET = "Bearer let-me-open-it"
ADMITTED = Admitted(member_id="ana", session=WHEEL, visit_key="ana wheel", pass_id="ten", pass_title="Ten")


class Line:
    """A GPIO line on a board that is not there."""

    def __init__(self) -> None:
        self.puts: list[bool] = []
        self.is_gone = False

    def put(self, is_active: bool) -> None:
        if self.is_gone:
            raise OSError(19, "No such device")
        self.puts.append(is_active)


def test_a_relay_is_held_and_let_go_and_a_lamp_goes_out_for_another() -> None:
    line = Line()
    settings = DoorSettings(acts={Sign.GOOD: GpioAct(chip="/dev/gpiochip0", line=4)}, held=timedelta(seconds=0.2))
    keeper = door_set_up.doorkeeper(
        settings, kiosk="", clock=monotonic, reference=lambda: "a1b2", line_of=lambda act: line
    )
    with running(keeper):
        keeper.answered(at_the_desk(ADMITTED))
        until(lambda: line.puts == [True, False])
        keeper.answered(at_the_desk(ADMITTED))
        until(lambda: line.puts[2:] == [True])
        keeper.answered(at_the_desk(Refused(reason=R.TOO_LATE)))
        assert line.puts[2:] == [True, False], "at once, not when its time is over"
        line.is_gone = True
        keeper.answered(at_the_desk(ADMITTED))
        until(lambda: keeper.as_health().get(W.LAMP) == "failing")


def test_a_machine_without_a_board_says_so_at_its_start() -> None:
    settings = DoorSettings(acts={Sign.OPEN: GpioAct(chip="/dev/gpiochip99", line=4)})
    with pytest.raises(Invalid) as wrong:
        door_set_up.doorkeeper(settings, kiosk="", clock=monotonic, reference=str)
    assert wrong.value.code in ("door.no_gpio", "door.no_such_line")


def test_settings_say_it_all(tmp_path: Path) -> None:
    (tmp_path / "door.header").write_text(f"Authorization: {SECRET}\n")
    settings = KioskSettings.from_environment(
        environment={
            "TESSERA_DOOR": "https://lock.example/open",
            "TESSERA_DOOR_METHOD": "put",
            "TESSERA_DOOR_HEADER_FILE": str(tmp_path / "door.header"),
            "TESSERA_DOOR_TIMEOUT": "1.5",
            "TESSERA_DOOR_SECONDS": "8",
            "TESSERA_DOOR_OPENS_AGAIN": "no",
            "TESSERA_LAMP_NO": "gpio:/dev/gpiochip0/17?low",
        }
    )
    door = settings.door
    assert door.acts[Sign.OPEN] == HttpAct(
        url="https://lock.example/open", method="PUT", header=("Authorization", SECRET)
    )
    assert door.acts[Sign.NO] == GpioAct(chip="/dev/gpiochip0", line=17, is_active_low=True)
    assert (door.timeout.total_seconds(), door.held.total_seconds(), door.opens_again) == (1.5, 8.0, False)
    assert SECRET not in repr(settings)
    assert dict(door_settings({}).acts) == {}


@pytest.mark.parametrize(
    "name, value",
    [
        ("TESSERA_DOOR", "lock.example"),
        ("TESSERA_DOOR", "ftp://lock.example"),
        ("TESSERA_DOOR", "https://user:secret@lock.example"),
        ("TESSERA_DOOR", "gpio:/dev/sda/1"),
        ("TESSERA_DOOR", "gpio:/dev/gpiochip0/x"),
        ("TESSERA_LAMP_GOOD", "http://[::1"),
        ("TESSERA_DOOR_METHOD", "DELETE"),
        ("TESSERA_DOOR_BODY", "{member}"),
        ("TESSERA_DOOR_BODY", "{}"),
        ("TESSERA_DOOR_BODY", "x" * 501),
        ("TESSERA_DOOR_HEADER", "no colon"),
        ("TESSERA_DOOR_HEADER", "X-Key: two\r\nHost: lines"),
        ("TESSERA_DOOR_HEADER_FILE", "/nowhere/at/all"),
        ("TESSERA_DOOR_TIMEOUT", "0"),
        ("TESSERA_DOOR_TIMEOUT", "11"),
        ("TESSERA_DOOR_SECONDS", "nan"),
        ("TESSERA_DOOR_OPENS_AGAIN", "perhaps"),
    ],
)
def test_a_slip_of_the_pen_is_a_sentence_at_the_start(name: str, value: str) -> None:
    with pytest.raises(Invalid) as wrong:
        door_settings({"TESSERA_DOOR": "https://lock.example", name: value})
    assert wrong.value.values["name"] == name
    assert "two" not in str(wrong.value.values), "and never a secret"


def test_a_kiosks_name_cannot_break_out_of_the_body() -> None:
    body = filled('{"by": "{kiosk}"}', Sign.OPEN, timedelta(seconds=5), 'Front", "admin": "yes')
    assert set(json.loads(body)) == {"by"}


def test_a_driver_that_stumbles_over_itself_is_a_failure_like_others() -> None:
    class Stumbling(Working):
        def act(self, sign: Sign) -> None:
            raise (DoorTrouble("jammed") if self.done else ZeroDivisionError)

    lock = Outlet("door", Stumbling(), timeout=2.0, clock=lambda: 1.0, reference=lambda: "00ff")
    lock.wish(Sign.OPEN)
    lock.do(lock._wishes.get_nowait())
    assert (lock.failed, lock.reference) == (1, "00ff")
