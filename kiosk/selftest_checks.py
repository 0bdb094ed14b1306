"""From what was measured to what is found: one rule for each check, with both sides of each boundary. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from core.protocol import ClockQuality
from core.selftest import Check, Finding, Verdict
from kiosk.camera.health import CameraState

SHARP, SOFT = 0.15, 0.08
"""Of an edge's whole contrast, how much lies between two neighbouring pixels. A blur of 3 pixels gives 0.13."""
DARK, DIM, GLARE = 25.0, 55.0, 235.0
"""The mean of a picture, of 255."""
SLOW_WRITE = 500.0
LITTLE_DISK, TOO_LITTLE_DISK = 2_000_000_000, 200_000_000
"""Bytes. A busy kiosk writes the smaller one in ten years."""
CLOCK_WISH, CLOCK_FAILED = timedelta(seconds=2), timedelta(seconds=60)
OLD_LIST = timedelta(hours=24)
MANY_UNSENT = 100
OLD_SYNC = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What the camera shows. `read_ms`: how long the test card took to read; None: it was not seen.

    `sharpness` is None where nothing is there to be judged by; `mean` where there is no picture.
    """

    state: CameraState | None
    mean: float | None = None
    sharpness: float | None = None
    read_ms: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """A small file written and waited for: milliseconds, None where that failed; and what is free, in bytes."""

    ms: float | None
    free: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sounding:
    """What became of the sound: the browser's word, and staff's; None: nobody said."""

    was_played: bool | None = None
    was_heard: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Knowing:
    """How well the kiosk knows the world. `clock_ahead` is None where it was not compared."""

    quality: ClockQuality
    clock_ahead: timedelta | None
    members: int
    list_age: timedelta | None
    waiting: int
    silent_for: timedelta | None


def of_sight(sight: Sight) -> tuple[Finding, ...]:
    """Camera, focus and light."""
    if sight.state is CameraState.OFF:
        return tuple(_untried(check, "off") for check in (Check.CAMERA, Check.FOCUS, Check.LIGHT))
    if sight.mean is None or sight.state in (CameraState.MISSING, CameraState.STALLED, None):
        return _failed(Check.CAMERA, "gone"), _untried(Check.FOCUS, "nothing"), _untried(Check.LIGHT, "nothing")
    if sight.state is CameraState.BLACK:
        return _failed(Check.CAMERA, "black"), _untried(Check.FOCUS, "nothing"), _failed(Check.LIGHT, "dark")
    return _camera(sight), _focus(sight), _light(sight.mean)


def _camera(sight: Sight) -> Finding:
    if sight.read_ms is None:
        return _untried(Check.CAMERA, "unread")
    return _fine(Check.CAMERA, "read", round(sight.read_ms))


def _focus(sight: Sight) -> Finding:
    """Without the test card only sharp edges say anything: a bare wall has none and may be in perfect focus."""
    if sight.sharpness is not None and sight.sharpness >= SHARP:
        return _fine(Check.FOCUS, "sharp", round(sight.sharpness * 100))
    if sight.sharpness is None or sight.read_ms is None:
        return _untried(Check.FOCUS, "unread")
    if sight.sharpness >= SOFT:
        return _wish(Check.FOCUS, "soft", round(sight.sharpness * 100))
    return _failed(Check.FOCUS, "blurred", round(sight.sharpness * 100))


def _light(mean: float) -> Finding:
    if mean < DARK:
        return _failed(Check.LIGHT, "dark", round(mean))
    if mean < DIM:
        return _wish(Check.LIGHT, "dim", round(mean))
    return _wish(Check.LIGHT, "glare", round(mean)) if mean >= GLARE else _fine(Check.LIGHT, "good", round(mean))


def of_sound(sound: Sounding) -> Finding:
    """Staff's ears count more than the browser's word."""
    if sound.was_heard is not None:
        return _fine(Check.SOUND, "heard") if sound.was_heard else _failed(Check.SOUND, "unheard")
    if sound.was_played is None:
        return _untried(Check.SOUND, "waiting")
    return _fine(Check.SOUND, "played") if sound.was_played else _failed(Check.SOUND, "silent")


def of_disk(writing: Writing) -> Finding:
    """In whole gigabytes free, or the milliseconds of a write that took too long."""
    if writing.ms is None:
        return _failed(Check.DISK, "failed")
    if writing.free < TOO_LITTLE_DISK:
        return _failed(Check.DISK, "full", writing.free // 1_000_000)
    if writing.ms >= SLOW_WRITE:
        return _wish(Check.DISK, "slow", round(writing.ms))
    gigabytes = writing.free // 1_000_000_000
    return (
        _wish(Check.DISK, "little", gigabytes) if writing.free < LITTLE_DISK else _fine(Check.DISK, "good", gigabytes)
    )


def of_knowledge(known: Knowing) -> tuple[Finding, ...]:
    """Clock, member list, outbox and last sync."""
    return _clock(known), _list(known), _outbox(known.waiting), _sync(known.silent_for)


def _clock(known: Knowing) -> Finding:
    if known.quality is ClockQuality.UNSURE:
        return _failed(Check.CLOCK, "unsure")
    if known.clock_ahead is None:
        return _wish(Check.CLOCK, "alone")
    off = abs(known.clock_ahead)
    ms = off // timedelta(milliseconds=1)
    if off >= CLOCK_FAILED:
        return _failed(Check.CLOCK, "off", ms)
    return _wish(Check.CLOCK, "off", ms) if off >= CLOCK_WISH else _fine(Check.CLOCK, "off", ms)


def _list(known: Knowing) -> Finding:
    if known.list_age is None:
        return _failed(Check.LIST, "none")
    if known.list_age >= OLD_LIST:
        return _wish(Check.LIST, "old", known.members, known.list_age // timedelta(hours=1))
    return _fine(Check.LIST, "good", known.members, max(0, known.list_age // timedelta(minutes=1)))


def _outbox(waiting: int) -> Finding:
    if not waiting:
        return _fine(Check.OUTBOX, "empty")
    return _wish(Check.OUTBOX, "some", waiting) if waiting >= MANY_UNSENT else _fine(Check.OUTBOX, "some", waiting)


def _sync(silent_for: timedelta | None) -> Finding:
    if silent_for is None:
        return _failed(Check.SYNC, "never")
    if silent_for >= OLD_SYNC:
        return _wish(Check.SYNC, "old", silent_for // timedelta(minutes=1))
    return _fine(Check.SYNC, "good", max(0, silent_for // timedelta(seconds=1)))


def of_door(has_worked: bool, failed: int) -> Finding:
    """By how it did when it was last asked: a test that opened the door would let somebody in."""
    if failed:
        return _failed(Check.DOOR, "failing", failed)
    return _fine(Check.DOOR, "works") if has_worked else _untried(Check.DOOR, "unused")


def _fine(check: Check, word: str, *numbers: int) -> Finding:
    return Finding(check=check, verdict=Verdict.FINE, word=word, numbers=numbers)


def _wish(check: Check, word: str, *numbers: int) -> Finding:
    return Finding(check=check, verdict=Verdict.WISH, word=word, numbers=numbers)


def _failed(check: Check, word: str, *numbers: int) -> Finding:
    return Finding(check=check, verdict=Verdict.FAILED, word=word, numbers=numbers)


def _untried(check: Check, word: str) -> Finding:
    return Finding(check=check, verdict=Verdict.UNTRIED, word=word)
