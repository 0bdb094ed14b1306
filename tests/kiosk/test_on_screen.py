"""What is on the screen: which drawing a tap was meant for, how long a face stays, and how long a wish is kept."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from core.refusals import RefusalReason
from kiosk import faces
from kiosk.answers import NO
from kiosk.modes import Modes
from kiosk.on_screen import FORGET_WISHES_AFTER, OnScreen
from kiosk.stand import Stand, stay

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
STAND = Stand(organization="Kiln & Co.", zone="Europe/Berlin", language="en")
WAITING = faces.Waiting(stand=STAND)


@dataclass
class Clock:
    mono: float = 100.0


def a_screen(clock: Clock, modes: Modes | None = None) -> OnScreen:
    starting = faces.Starting(stand=STAND)
    return OnScreen(starting, mono=lambda: clock.mono, language="en", modes=modes or Modes())


def a_no() -> faces.No:
    return faces.No(stand=STAND, reason=RefusalReason.TOO_LATE, stay=stay(AT, NO))


def test_the_version_tells_drawings_apart_and_the_same_face_is_the_same_drawing() -> None:
    screen = a_screen(Clock())
    screen.put(WAITING)
    first = screen.version
    screen.put(WAITING)
    assert screen.version == first
    screen.put(replace(WAITING, may_find=True))
    assert screen.version == first + 1


def test_a_tap_is_meant_for_the_drawing_it_was_on_and_a_key_for_any_drawing_of_that_face() -> None:
    screen = a_screen(Clock())
    screen.put(WAITING)
    before = screen.version
    screen.put(replace(WAITING, may_find=True))
    assert not screen.is_meant("find.open", before) and screen.is_meant("find.open", screen.version)
    assert screen.is_meant("find.key", before)
    screen.show(a_no())
    assert not screen.is_meant("find.key", before + 1)


@pytest.mark.parametrize("patience", [1, 3])
def test_an_answer_leaves_after_its_time_and_later_where_somebody_needs_more(patience: int) -> None:
    clock = Clock()
    modes = Modes(is_slow=patience > 1)
    assert modes.patience == patience
    screen = a_screen(clock, modes)
    screen.show(a_no())
    lasts = NO * patience
    assert screen.is_leaving
    assert (screen.has_ended(clock.mono + lasts - 0.1), screen.has_ended(clock.mono + lasts)) == (False, True)


def test_more_time_is_the_whole_time_again_and_no_new_occasion() -> None:
    clock = Clock()
    screen = a_screen(clock)
    screen.show(a_no())
    clock.mono += 5
    screen.more_time(AT + timedelta(seconds=5))
    face = screen.face
    assert isinstance(face, faces.No)
    assert (face.stay.began_at, face.stay.until_at) == (AT, AT + timedelta(seconds=5 + NO))
    assert (screen.has_ended(clock.mono + NO - 0.1), screen.has_ended(clock.mono + NO)) == (False, True)


def test_what_is_put_stays_until_another_comes() -> None:
    screen = a_screen(Clock())
    screen.show(a_no())
    screen.put(WAITING)
    assert not screen.is_leaving and not screen.has_ended(float("inf"))
    screen.more_time(AT)
    assert screen.face == WAITING and not screen.is_leaving


@pytest.mark.parametrize("seconds, language", [(FORGET_WISHES_AFTER - 0.1, "de"), (FORGET_WISHES_AFTER, "en")])
def test_a_wish_is_kept_until_nobody_was_there_for_a_minute(seconds: float, language: str) -> None:
    clock = Clock()
    screen = a_screen(clock)
    screen.put(WAITING)
    screen.wish_for_language("de")
    screen.toggle("slow")
    screen.put_anew()
    assert (screen.face.stand.language, screen.face.stand.modes.patience) == ("de", 3)
    clock.mono += seconds
    screen.forget_wishes(clock.mono)
    assert (screen.language, screen.modes.patience == 1) == (language, language == "en")


def test_a_wish_does_not_let_an_answer_stay_forever() -> None:
    clock = Clock()
    screen = a_screen(clock)
    screen.show(a_no())
    screen.wish_for_language("de")
    screen.put_anew()
    assert screen.face.stand.language == "de" and screen.has_ended(clock.mono + NO)
