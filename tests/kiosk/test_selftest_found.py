"""What each measure means, on both sides of each boundary; when the test is due; and what is measured."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import cv2
import numpy as np
import pytest

from core.protocol import ClockQuality
from core.selftest import TEST_CARD, Check, Finding, Verdict
from kiosk import selftest_checks as checks
from kiosk.camera.decoder import Decoder
from kiosk.camera.health import CameraState
from kiosk.selftest_checks import Knowing, Sight, Sounding, Writing
from kiosk.selftest_measures import sharpness, sight_of, writing_in
from kiosk.selftest_when import due_at, is_due
from kiosk.terminal.printed_test_card import drawn
from tests.kiosk.at_the_desk import WHEEL

F, W, X, U = Verdict.FINE, Verdict.WISH, Verdict.FAILED, Verdict.UNTRIED
GOOD = Sight(state=CameraState.WORKING, mean=120.0, sharpness=0.4, read_ms=38.2)
KNOWS = Knowing(
    quality=ClockQuality.SYNCED, clock_ahead=timedelta(milliseconds=-200), members=412, list_age=timedelta(minutes=3),
    waiting=0, silent_for=timedelta(seconds=12),
)  # fmt: skip
BERLIN = ZoneInfo("Europe/Berlin")


def short(findings: tuple[Finding, ...]) -> list[tuple[str, Verdict, str]]:
    return [(finding.check.value, finding.verdict, finding.word) for finding in findings]


@pytest.mark.parametrize(
    "changes, camera, focus, light",
    [
        ({}, (F, "read"), (F, "sharp"), (F, "good")),
        ({"read_ms": None}, (U, "unread"), (F, "sharp"), (F, "good")),
        ({"read_ms": None, "sharpness": 0.149}, (U, "unread"), (U, "unread"), (F, "good")),
        ({"read_ms": None, "sharpness": None}, (U, "unread"), (U, "unread"), (F, "good")),
        ({"sharpness": 0.15}, (F, "read"), (F, "sharp"), (F, "good")),
        ({"sharpness": 0.149}, (F, "read"), (W, "soft"), (F, "good")),
        ({"sharpness": 0.08}, (F, "read"), (W, "soft"), (F, "good")),
        ({"sharpness": 0.079}, (F, "read"), (X, "blurred"), (F, "good")),
        ({"mean": 24.9}, (F, "read"), (F, "sharp"), (X, "dark")),
        ({"mean": 25.0}, (F, "read"), (F, "sharp"), (W, "dim")),
        ({"mean": 54.9}, (F, "read"), (F, "sharp"), (W, "dim")),
        ({"mean": 55.0}, (F, "read"), (F, "sharp"), (F, "good")),
        ({"mean": 234.9}, (F, "read"), (F, "sharp"), (F, "good")),
        ({"mean": 235.0}, (F, "read"), (F, "sharp"), (W, "glare")),
        ({"mean": None}, (X, "gone"), (U, "nothing"), (U, "nothing")),
        ({"state": CameraState.MISSING}, (X, "gone"), (U, "nothing"), (U, "nothing")),
        ({"state": CameraState.STALLED}, (X, "gone"), (U, "nothing"), (U, "nothing")),
        ({"state": None}, (X, "gone"), (U, "nothing"), (U, "nothing")),
        ({"state": CameraState.BLACK}, (X, "black"), (U, "nothing"), (X, "dark")),
        ({"state": CameraState.OFF}, (U, "off"), (U, "off"), (U, "off")),
    ],
)
def test_what_the_camera_shows(
    changes: dict[str, object], camera: tuple[Verdict, str], focus: tuple[Verdict, str], light: tuple[Verdict, str]
) -> None:
    from dataclasses import replace

    sight = replace(GOOD, **changes)  # type: ignore[arg-type]
    assert short(checks.of_sight(sight)) == [("camera", *camera), ("focus", *focus), ("light", *light)]


@pytest.mark.parametrize(
    "sound, verdict, word",
    [
        (Sounding(), U, "waiting"),
        (Sounding(was_played=True), F, "played"),
        (Sounding(was_played=False), X, "silent"),
        (Sounding(was_played=True, was_heard=False), X, "unheard"),
        (Sounding(was_played=False, was_heard=True), F, "heard"),
    ],
)
def test_ears_count_more_than_the_browsers_word(sound: Sounding, verdict: Verdict, word: str) -> None:
    assert short((checks.of_sound(sound),)) == [("sound", verdict, word)]


@pytest.mark.parametrize(
    "ms, free, verdict, word, number",
    [
        (4.0, 41_000_000_000, F, "good", 41),
        (499.9, 41_000_000_000, F, "good", 41),
        (500.0, 41_000_000_000, W, "slow", 500),
        (4.0, 2_000_000_000, F, "good", 2),
        (4.0, 1_999_999_999, W, "little", 1),
        (4.0, 200_000_000, W, "little", 0),
        (4.0, 199_999_999, X, "full", 199),
        (None, 41_000_000_000, X, "failed", None),
    ],
)
def test_the_disk(ms: float | None, free: int, verdict: Verdict, word: str, number: int | None) -> None:
    found = checks.of_disk(Writing(ms=ms, free=free))
    assert (found.verdict, found.word, found.numbers) == (verdict, word, () if number is None else (number,))


@pytest.mark.parametrize(
    "changes, check, verdict, word",
    [
        ({}, Check.CLOCK, F, "off"),
        ({"clock_ahead": timedelta(seconds=-1.999)}, Check.CLOCK, F, "off"),
        ({"clock_ahead": timedelta(seconds=2)}, Check.CLOCK, W, "off"),
        ({"clock_ahead": timedelta(seconds=59.999)}, Check.CLOCK, W, "off"),
        ({"clock_ahead": timedelta(seconds=-60)}, Check.CLOCK, X, "off"),
        ({"clock_ahead": None}, Check.CLOCK, W, "alone"),
        ({"quality": ClockQuality.UNSURE}, Check.CLOCK, X, "unsure"),
        ({"list_age": timedelta(hours=24) - timedelta(seconds=1)}, Check.LIST, F, "good"),
        ({"list_age": timedelta(hours=24)}, Check.LIST, W, "old"),
        ({"list_age": None}, Check.LIST, X, "none"),
        ({"waiting": 0}, Check.OUTBOX, F, "empty"),
        ({"waiting": 99}, Check.OUTBOX, F, "some"),
        ({"waiting": 100}, Check.OUTBOX, W, "some"),
        ({"silent_for": timedelta(seconds=599)}, Check.SYNC, F, "good"),
        ({"silent_for": timedelta(seconds=600)}, Check.SYNC, W, "old"),
        ({"silent_for": None}, Check.SYNC, X, "never"),
    ],
)
def test_what_the_kiosk_knows(changes: dict[str, object], check: Check, verdict: Verdict, word: str) -> None:
    from dataclasses import replace

    found = {each.check: each for each in checks.of_knowledge(replace(KNOWS, **changes))}  # type: ignore[arg-type]
    assert (found[check].verdict, found[check].word) == (verdict, word)
    assert sum(each.verdict is not F for each in found.values()) == (verdict is not F)


def test_the_door_is_judged_by_how_it_did_and_not_opened_for_a_trial() -> None:
    assert short((checks.of_door(has_worked=True, failed=0),)) == [("door", F, "works")]
    assert short((checks.of_door(has_worked=False, failed=0),)) == [("door", U, "unused")]
    assert short((checks.of_door(has_worked=True, failed=2),)) == [("door", X, "failing")]


# ---- when


SEVEN = datetime(2026, 11, 21, 6, 15, tzinfo=UTC)
"""07:15 in Berlin."""


def test_the_test_is_due_three_quarters_of_an_hour_before_the_first_session_of_the_day() -> None:
    from dataclasses import replace

    first = replace(WHEEL, id="early", starts_at=datetime(2026, 11, 21, 7, 0, tzinfo=UTC))
    tomorrow = replace(first, id="tomorrow", starts_at=first.starts_at + timedelta(days=1))
    called_off = replace(first, id="off", starts_at=first.starts_at - timedelta(hours=1), is_cancelled=True)
    assert due_at([WHEEL, first, tomorrow, called_off], None, SEVEN, BERLIN) == SEVEN
    assert due_at([], None, SEVEN, BERLIN) is None
    assert due_at([tomorrow], None, SEVEN, BERLIN) is None
    assert due_at([first], time(6, 30), SEVEN, BERLIN) == datetime(2026, 11, 21, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "minutes, last, due",
    [
        (-1, None, False),
        (0, None, True),
        (0, -1, True),
        (5, 0, False),
        (5, 4, False),
        (719, None, True),
        (720, None, False),
    ],
)
def test_it_is_made_once_and_staffs_own_look_counts_as_well(minutes: int, last: int | None, due: bool) -> None:
    last_at = None if last is None else SEVEN + timedelta(minutes=last)
    assert is_due(SEVEN, last_at, SEVEN + timedelta(minutes=minutes)) is due
    assert not is_due(None, last_at, SEVEN)


# ---- measuring


def before_the_camera(blur: float = 0.0, light: float = 1.0) -> np.ndarray:
    """The printed test card as a camera of 1280x720 sees it."""
    card = cv2.cvtColor(np.asarray(drawn("en")), cv2.COLOR_RGB2BGR)
    small = cv2.resize(card, (440, 620), interpolation=cv2.INTER_AREA)
    frame = np.full((720, 1280, 3), 90, np.uint8)
    frame[50:670, 420:860] = small
    frame = cv2.GaussianBlur(frame, (0, 0), blur) if blur else frame
    return (frame * light).astype(np.uint8)


def seen(frame: np.ndarray | None) -> Sight:
    ticks = iter(range(100))
    return sight_of(
        frame, CameraState.WORKING, decoder=Decoder(), wanted=TEST_CARD.encode(), clock=lambda: next(ticks) / 100
    )  # fmt: skip


def test_the_printed_test_card_is_read_and_its_edges_measured() -> None:
    sight = seen(before_the_camera())
    assert sight.read_ms == pytest.approx(10) and sight.sharpness is not None and sight.sharpness >= checks.SHARP
    assert [finding.verdict for finding in checks.of_sight(sight)] == [F, F, F]


def test_a_blur_is_found_while_the_card_can_still_be_read_and_dim_light_does_not_pass_for_one() -> None:
    sharp, soft = seen(before_the_camera()).sharpness, seen(before_the_camera(blur=3.5)).sharpness
    dim = seen(before_the_camera(light=0.5)).sharpness
    assert sharp is not None and soft is not None and dim is not None
    assert soft < checks.SHARP < sharp and dim == pytest.approx(sharp, rel=0.1)


def test_a_bare_wall_says_nothing_about_focus_and_no_frame_says_nothing_at_all() -> None:
    assert sharpness(np.full((200, 200), 128.0)) is None and sharpness(np.zeros((4, 4))) is None
    wall = seen(np.full((720, 1280, 3), 128, np.uint8))
    assert (wall.read_ms, wall.sharpness, wall.mean) == (None, None, 128.0)
    assert seen(None) == Sight(state=CameraState.WORKING)


def test_a_write_is_waited_for_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ticks = iter([10.0, 10.025])
    assert writing_in(tmp_path, lambda: next(ticks), lambda: 5) == Writing(ms=pytest.approx(25.0), free=5)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
    gone = writing_in(tmp_path / "not there", lambda: 1.0, lambda: None)
    assert gone == Writing(ms=None, free=0)
