"""A camera that stalls, goes black or is unplugged is known within five seconds, and is forgiven when it is back."""

import numpy as np
import pytest

from kiosk.camera.health import NOTICED_AFTER, CameraState, Health, is_black

JUST_BEFORE, JUST = NOTICED_AFTER - 0.01, NOTICED_AFTER


def test_it_is_noticed_within_five_seconds():
    assert NOTICED_AFTER + 1 < 5


def test_nothing_is_said_before_the_first_frame():
    assert Health(0.0).state(JUST_BEFORE) is None
    assert Health(0.0).state(JUST) is CameraState.STALLED


@pytest.mark.parametrize("silence, state", [(JUST_BEFORE, CameraState.WORKING), (JUST, CameraState.STALLED)])
def test_a_camera_that_gives_no_frames_is_stalled(silence, state):
    health = Health(0.0)
    health.frame(10.0, dark=False)
    assert health.state(10.0 + silence) is state


@pytest.mark.parametrize("darkness, state", [(JUST_BEFORE, CameraState.WORKING), (JUST, CameraState.BLACK)])
def test_a_camera_that_gives_black_frames_is_black(darkness, state):
    health = Health(0.0)
    health.frame(10.0, dark=False)
    health.frame(10.0 + darkness, dark=True)
    assert health.state(10.0 + darkness) is state
    health.frame(20.0, dark=False)
    assert health.state(20.0) is CameraState.WORKING


def test_opening_a_stalled_camera_again_is_not_yet_working():
    health = Health(0.0)
    health.frame(0.0, dark=False)
    health.opened()
    assert health.state(5.0) is CameraState.STALLED
    health.frame(6.0, dark=False)
    assert health.state(6.0) is CameraState.WORKING


def test_a_camera_that_is_plugged_in_again_is_no_longer_missing():
    health = Health(0.0)
    health.missing()
    assert health.state(1.0) is CameraState.MISSING
    health.opened()
    health.frame(2.0, dark=False)
    assert health.state(2.0) is CameraState.WORKING


@pytest.mark.parametrize(
    "brightness, noise, black",
    [(0, 0, True), (4, 1, True), (9, 0, True), (11, 0, False), (4, 12, False), (200, 2, False)],
)
def test_a_dark_room_is_not_a_covered_lens(brightness, noise, black):
    grains = np.random.default_rng(3).normal(0, 1, (720, 1280, 3)) * noise
    assert is_black(np.clip(brightness + grains, 0, 255).astype(np.uint8)) is black
