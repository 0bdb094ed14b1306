"""The camera's part of `tessera check`: does it open, and does it see anything."""

import random
import time

import cv2

from kiosk.camera.named import source_named
from kiosk.camera.sources import CameraMissing, CameraSourceInvalid, Timing
from kiosk.settings import DEFAULT_CAMERA, KioskSettings

LOOKS = 40
"""Frames asked for before a camera counts as blind; real ones give none at first."""


def camera_findings(settings: KioskSettings) -> list[tuple[str, str, bool]]:
    """What was looked at, what was found in words, and whether it is well."""
    return [
        ("Camera", *_look(settings)),
        ("Kiosk", f"asks {settings.server}, keeps its journal in {settings.data}", True),
    ]


def _look(settings: KioskSettings) -> tuple[str, bool]:
    if settings.camera == "none":
        return "none, on purpose", True
    if settings.camera == "browser":
        return "the browser's own, as soon as it shows the kiosk's page", True
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what a missing camera is, we say ourselves
    is_meant = settings.camera != DEFAULT_CAMERA
    timing = Timing(clock=time.monotonic, sleep=time.sleep)
    try:
        source = source_named(settings.camera, timing, random=random.Random(), demo_cards=settings.demo_cards)
        source.open()
    except (CameraSourceInvalid, CameraMissing) as trouble:
        return (
            f"{settings.camera}: {trouble} A scanner that types still works; TESSERA_CAMERA=none says it is meant.",
            not is_meant,
        )
    try:
        for _ in range(LOOKS):
            if frame := source.read():
                height, width = frame.image.shape[:2]
                return f"{settings.camera} sees {width} x {height} pixels", True
    except CameraMissing as trouble:
        return f"{settings.camera}: {trouble}", False
    finally:
        source.close()
    return f"{settings.camera} opens, but gives no picture", False
