"""Takes the measures of a self-test: of a picture, and of the disk. It refuses to judge them."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from kiosk.camera.decoder import Decoder
from kiosk.camera.health import CameraState
from kiosk.selftest_checks import Sight, Writing

TRIAL = "self-test.trial"
TRIAL_BYTES = 65536
LEAST_CONTRAST = 40.0
"""Of 255, between a picture's dark and its light: with less there is no edge to judge focus by."""
FAR_APART = (2.0, 98.0)
"""Per cent of pixels that count as dark and light: a lamp or a speck is neither."""


def sight_of(
    image: np.ndarray | None, state: CameraState | None, *, decoder: Decoder, wanted: bytes, clock: Callable[[], float]
) -> Sight:
    """What a frame (BGR or grey, 8 bits) shows, and whether the code `wanted` is in it. Takes a tenth of a second.

    Where the code is seen, focus is judged by what lies around it, else by the whole picture.
    """
    if image is None:
        return Sight(state=state)
    grey = image if image.ndim == 2 else image.mean(axis=2)
    begun = clock()
    found = next((code for code in decoder.read(image, thorough=True).codes if code.payload == wanted), None)
    read_ms = (clock() - begun) * 1000
    around = grey
    if found is not None:
        xs, ys = [x for x, _ in found.corners], [y for _, y in found.corners]
        around = grey[max(0, int(min(ys))) : int(max(ys)) + 1, max(0, int(min(xs))) : int(max(xs)) + 1]
    return Sight(
        state=state, mean=float(grey.mean()), sharpness=sharpness(around), read_ms=read_ms if found else None
    )  # fmt: skip


def sharpness(grey: np.ndarray) -> float | None:
    """How much of the contrast its steepest edges cross from one pixel to the next, 0 to 1; None without contrast.

    A share, so that neither light nor how large something is held in the picture counts.
    """
    if grey.shape[0] < 8 or grey.shape[1] < 8:
        return None
    grey = grey.astype(np.float32)
    dark, light = np.percentile(grey, FAR_APART)
    if light - dark < LEAST_CONTRAST:
        return None
    steps = np.concatenate([np.abs(np.diff(grey, axis=0)).ravel(), np.abs(np.diff(grey, axis=1)).ravel()])
    steepest = np.sort(steps)[-max(16, steps.size // 200) :]
    return float(min(1.0, np.median(steepest) / (light - dark)))


def writing_in(folder: Path, clock: Callable[[], float], free: Callable[[], int | None]) -> Writing:
    """Write a small file, wait until it is on the disk, take it away. A disk that fails is a measure as well."""
    trial = folder / TRIAL
    try:
        begun = clock()
        handle = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, bytes(TRIAL_BYTES))
            os.fsync(handle)
        finally:
            os.close(handle)
        ms = (clock() - begun) * 1000
        trial.unlink()
    except OSError:
        return Writing(ms=None, free=free() or 0)
    return Writing(ms=ms, free=free() or 0)
