"""Those who need more time get it, on every countdown; and a mode is for the person who asked, not for the next."""

from pathlib import Path
from typing import get_args

import pytest

from kiosk import faces
from kiosk.desk import UNDO_WITHIN
from kiosk.greeter import Greeter
from kiosk.modes import FIELDS, ModeName, Modes, modes_named
from kiosk.on_screen import FORGET_WISHES_AFTER
from tests.kiosk.at_the_desk import ANAS_CARD, GLAZING, WHEEL, Kiosk, a_kiosk


def greeter_at(kiosk: Kiosk, modes: Modes | None = None) -> Greeter:
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=lambda work: work(),
        pair=lambda code: None,
        languages=("en", "de"),
        modes=modes,
    )
    greeter.tick()
    return greeter


def later(greeter: Greeter, kiosk: Kiosk, seconds: float) -> None:
    kiosk.clocks.pass_by(seconds)
    greeter.tick()


@pytest.mark.parametrize("name", get_args(ModeName))
def test_each_mode_is_switched_on_and_off_by_its_name(name: ModeName) -> None:
    once = Modes().toggled(name)
    assert once.names == (name,) and once.has(name) and once == modes_named([name])
    assert once.toggled(name) == Modes()


def test_every_field_has_a_name_and_no_other_name_is_known() -> None:
    assert tuple(FIELDS) == get_args(ModeName)
    with pytest.raises(KeyError):
        modes_named(["louder"])


@pytest.mark.parametrize("mode, times", [("hc", 1), ("speech", 2), ("slow", 3)])
def test_a_choice_waits_so_many_times_as_long(mode: ModeName, times: int, tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING))
    greeter = greeter_at(kiosk)
    greeter.toggle_mode(mode)
    greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.Choose) and greeter.face.stay.seconds == 30 * times
    later(greeter, kiosk, 30 * times - 1)
    assert isinstance(greeter.face, faces.Choose)
    later(greeter, kiosk, 1)
    assert isinstance(greeter.face, faces.Waiting)


@pytest.mark.parametrize("mode, times", [("hc", 1), ("speech", 2), ("slow", 3)])
@pytest.mark.parametrize("is_in_time", [True, False])
def test_an_undo_waits_so_many_times_as_long(mode: ModeName, times: int, is_in_time: bool, tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    greeter = greeter_at(kiosk)
    greeter.toggle_mode(mode)
    greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.Welcome) and greeter.face.undo
    assert greeter.face.undo.seconds == UNDO_WITHIN * times
    later(greeter, kiosk, UNDO_WITHIN * times + (0 if is_in_time else 1))
    greeter.tap_undo()
    assert isinstance(greeter.face, faces.Undone) is is_in_time


def test_who_listens_and_needs_more_time_gets_both(tmp_path: Path) -> None:
    assert modes_named(["slow", "speech"]).patience == 6
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING))
    greeter = greeter_at(kiosk, modes_named(["slow", "speech"]))
    greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.Choose) and greeter.face.stay.seconds == 180


def test_more_time_gives_the_long_time_once_more(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING))
    greeter = greeter_at(kiosk, modes_named(["slow"]))
    greeter.scanner_typed(ANAS_CARD.text)
    later(greeter, kiosk, 80)
    greeter.tap_more_time()
    later(greeter, kiosk, 89)
    assert isinstance(greeter.face, faces.Choose) and greeter.face.stand.modes.is_slow
    later(greeter, kiosk, 1)
    assert isinstance(greeter.face, faces.Waiting)


def test_who_took_long_to_choose_keeps_the_modes_a_while_longer(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING))
    greeter = greeter_at(kiosk)
    greeter.toggle_mode("slow")
    greeter.scanner_typed(ANAS_CARD.text)
    later(greeter, kiosk, 90)
    later(greeter, kiosk, FORGET_WISHES_AFTER - 1)
    assert greeter.face.stand.modes.is_slow
    later(greeter, kiosk, 1)
    later(greeter, kiosk, 1)
    assert not greeter.face.stand.modes.is_slow


def test_what_the_studio_has_always_on_comes_back_for_the_next_person(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    greeter = greeter_at(kiosk, modes_named(["speech"]))
    assert greeter.face.stand.modes.is_spoken
    greeter.toggle_mode("speech")
    assert not greeter.face.stand.modes.is_spoken
    later(greeter, kiosk, FORGET_WISHES_AFTER)
    later(greeter, kiosk, 1)
    assert greeter.face.stand.modes.is_spoken
